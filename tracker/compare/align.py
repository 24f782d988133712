"""Which unit of the old version is which unit of the new one: by words, place and number, all at once."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable
from difflib import SequenceMatcher

from tracker.compare.assignment import Pair, assign, in_order
from tracker.compare.outline import Unit
from tracker.compare.similar import Scale, candidates, hardly_changed

_COMMENCEMENT = re.compile(
    r"施行|生效|enters? into force|comes? into force|effective|inwerkingtreding|treedt in werking|"
    r"tritt .{0,40}in Kraft|entre en vigueur"
)
_LAST = 3  # units; a law says at its very end when it begins
_COMMENCEMENT_TOKENS = 200  # a longer unit is more than a commencement clause
_TRUST = 0.9  # share of anchors of the same number; from there on a number names its unit
_FEW = 6  # tokens; a text so short may stand anywhere
_SHORT = 120  # characters; a longer text has tokens enough
_SUCCESSOR_LIKENESS = 0.35  # less in common under another number and name, and it is a new provision
_NAMESAKE_LIKENESS = 0.18  # the same number or name: so little in common is enough
_RENAMED_LIKENESS = 0.28  # the same number under another heading
_HEADING_LIKENESS = 0.15  # a heading of its own says more than a number: the words may all be new
_IN_PLACE_LIKENESS = 0.05  # where numbers are trusted, hardly anything need be left of the words
_COMMENCEMENT_LIKENESS = 0.2  # two commencement clauses are each other's unless nothing else is common
_LEAST_SCORE = 0.35  # words, place and label together; below it a pair is chance
_IN_PLACE_BONUS = 0.05  # of two equal pairs the one with the trusted number wins
_DOMINANT_LIKENESS = 0.55  # a best pair this alike needs no others to be asked
_DOMINANT_LEAD = 0.15  # so far ahead of every rival, on both sides
_DOMINANT_ANYWHERE = 0.85  # this alike it is taken wherever it stands
_DOMINANT_CONTEXT = 0.5  # else its neighbours must belong together, too
_LABEL_SHARE, _LABEL_SHARE_OF_TRUST = (
    0.05,
    0.30,
)  # of the score for number or name: at least, and as numbers are trusted
_CONTAINED_LIKENESS = 0.75  # the likeness of a text that stands whole inside a longer one
_CONTAINED_SHARE = 0.9  # of the shorter text's weight; so much of it stands in the longer one
_LEFTOVER_SHARE = 0.7  # the same among leftovers, which have no other counterpart to lose
_CONTEXT = 0.30  # share of the score that place has
_NEAR = 6  # units; beyond it place says nothing
_BESIDE = 0.8  # context of a pair that stands just between its neighbours' counterparts
_MOST_BESIDE = 4  # units; between more of them place tells nobody apart
_SAME_NUMBER = 3  # candidates taken for a number that stands more than once
_WHOLE_BLOCK = 8  # tokens; a shorter common run proves nothing
_LONGEST_MATCH = 5_000  # tokens; block matching of longer texts takes seconds
_BLOCKS_SHARE = 0.8  # of the shorter text stands in whole blocks of the longer one
_SPREAD = 1.5  # times the shorter text's length: in one piece, not gathered from here and there


def align(old: list[Unit], new: list[Unit], scale: Scale) -> list[Pair]:
    """Return pairs of places in *old* and *new*; every unit at most once."""
    return _Alignment(old, new, scale).pairs()


class _Alignment:
    def __init__(self, old: list[Unit], new: list[Unit], scale: Scale) -> None:
        self.old, self.new, self.scale = old, new, scale
        self.anchors = equal(old, new, lambda unit: unit.root.sign, {})
        self._likeness: dict[Pair, float] = {}

    def pairs(self) -> list[Pair]:
        self._anchor_hardly_changed()
        self.anchors = equal(self.old, self.new, lambda unit: unit.root.mask, self.anchors)
        self._anchor_commencement()
        trust = self._trust()
        near = self._candidates()
        self._anchor_dominant(near)
        self._assign_best(near, trust)
        self._pair_contained()
        self._pair_left_out()
        return sorted(self.anchors.items())

    def _likeness_of(self, pair: Pair) -> float:
        if pair not in self._likeness:
            a, b = self.old[pair[0]], self.new[pair[1]]
            likeness = self.scale.dice(a.root, b.root)
            if likeness < _CONTAINED_LIKENESS:  # the old text whole inside a longer new one is the old provision
                small, large = sorted((a, b), key=lambda unit: unit.weight)
                if self.scale.containment(small.root, large.root) >= _CONTAINED_SHARE and _stands_in(small, large):
                    likeness = _CONTAINED_LIKENESS
            self._likeness[pair] = likeness
        return self._likeness[pair]

    def _left(self) -> tuple[list[int], list[int]]:
        partners = set(self.anchors.values())
        return (
            [a for a in range(len(self.old)) if a not in self.anchors],
            [b for b in range(len(self.new)) if b not in partners],
        )

    def _anchor_hardly_changed(self) -> None:
        """Take units that are the same but for a few characters, by a name of their own or by a number to be trusted.

        It saves their words from being counted; what follows would find them too.
        """
        self._anchor_by(lambda unit: unit.root.heading)
        if self._trust() >= _TRUST:
            self._anchor_by(lambda unit: unit.number)

    def _anchor_by(self, name: Callable[[Unit], str]) -> None:
        left_a, left_b = self._left()
        places: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for side, units, left in ((0, self.old, left_a), (1, self.new, left_b)):
            for place in left:
                places[name(units[place])][side].append(place)
        for common_name, (of_old, of_new) in places.items():
            if common_name and len(of_old) == len(of_new) == 1:
                a, b = of_old[0], of_new[0]
                if hardly_changed(self.old[a].root, self.new[b].root):
                    self.anchors[a] = b

    def _anchor_commencement(self) -> None:
        left_a, left_b = self._left()
        last_a = [a for a in left_a if a >= len(self.old) - _LAST and _commences(self.old[a])]
        last_b = [b for b in left_b if b >= len(self.new) - _LAST and _commences(self.new[b])]
        if len(last_a) == len(last_b) == 1 and self._likeness_of((last_a[0], last_b[0])) >= _COMMENCEMENT_LIKENESS:
            self.anchors[last_a[0]] = last_b[0]

    def _trust(self) -> float:
        """Say how far a number tells who is who in this pair of versions."""
        same = sum(self._same_number((a, b)) for a, b in self.anchors.items())
        return (same + 1) / (len(self.anchors) + 2)

    def _same_number(self, pair: Pair) -> bool:
        number = self.old[pair[0]].number
        return bool(number) and number == self.new[pair[1]].number

    def _same_name(self, pair: Pair) -> bool:
        heading = self.old[pair[0]].root.heading_keys
        return bool(heading) and heading == self.new[pair[1]].root.heading_keys

    def _candidates(self) -> dict[int, list[int]]:
        left_a, left_b = self._left()
        near_by_words = candidates([self.old[a].root for a in left_a], [self.new[b].root for b in left_b], self.scale)
        by_number: dict[str, list[int]] = defaultdict(list)
        for b in left_b:
            by_number[self.new[b].number].append(b)
        context = self._context()
        result = {}
        for place, a in enumerate(left_a):
            near = {left_b[other] for other in near_by_words[place]} | set(
                by_number.get(self.old[a].number, [])[:_SAME_NUMBER]
            )
            near |= set(self._beside(a, left_b, context))
            result[a] = sorted(near)
        return result

    def _beside(self, a: int, left_b: list[int], context: Callable[[int, int], float]) -> list[int]:
        inside = [b for b in left_b if context(a, b) >= _BESIDE]
        return inside if len(inside) <= _MOST_BESIDE else []

    def _context(self) -> Callable[[int, int], float]:
        """Return the function that says how well a pair stands between its neighbours' counterparts."""
        pairs = sorted(self.anchors.items())
        in_sequence = in_order([b for _, b in pairs])
        skeleton = [pair for place, pair in enumerate(pairs) if place in in_sequence]
        skeleton = [(-1, -1), *skeleton, (len(self.old), len(self.new))]
        starts = [a for a, _ in skeleton]

        def context(a: int, b: int) -> float:
            at = bisect_left(starts, a)
            (a0, b0), (a1, b1) = skeleton[at - 1], skeleton[min(at, len(skeleton) - 1)]
            if not b0 < b < b1:
                return 0.0
            left = max(0.0, 1 - abs((a - a0) - (b - b0)) / _NEAR)
            right = max(0.0, 1 - abs((a1 - a) - (b1 - b)) / _NEAR)
            return (left + right) / 2

        return context

    def _anchor_dominant(self, near: dict[int, list[int]]) -> None:
        """Take pairs that are each other's best by far before place is asked."""
        context = self._context()
        back: dict[int, list[int]] = defaultdict(list)
        for a, others in near.items():
            for b in others:
                back[b].append(a)
        for a, others in near.items():
            best, second = _two_best([(self._likeness_of((a, b)), b) for b in others])
            if best[0] < _DOMINANT_LIKENESS or best[0] - second < _DOMINANT_LEAD:
                continue
            b = best[1]
            rival = max((self._likeness_of((other, b)) for other in back[b] if other != a), default=0.0)
            if best[0] - rival >= _DOMINANT_LEAD and (
                best[0] >= _DOMINANT_ANYWHERE or context(a, b) >= _DOMINANT_CONTEXT
            ):
                self.anchors[a] = b

    def _assign_best(self, near: dict[int, list[int]], trust: float) -> None:
        context = self._context()
        by_label = _LABEL_SHARE + _LABEL_SHARE_OF_TRUST * trust**2
        partners = set(self.anchors.values())
        scores = {}
        for a, others in near.items():
            if a in self.anchors:
                continue
            for pair in ((a, b) for b in others if b not in partners):
                likeness = self._likeness_of(pair)
                label = self._same_number(pair) or self._same_name(pair)
                score = likeness * (1 - _CONTEXT - by_label) + _CONTEXT * context(*pair) + by_label * label
                in_place = trust >= _TRUST and self._same_number(pair) and likeness >= _IN_PLACE_LIKENESS
                same_name = self._same_name(pair) and likeness >= _HEADING_LIKENESS
                least = self._least_likeness(pair, label=label)
                if (likeness >= least and score >= _LEAST_SCORE) or in_place or same_name:
                    scores[pair] = score + in_place * _IN_PLACE_BONUS
        self.anchors.update(assign(scores))

    def _least_likeness(self, pair: Pair, *, label: bool) -> float:
        """Return how much must be common: a heading that is another says more than a number that is the same."""
        if not label:
            return _SUCCESSOR_LIKENESS
        headings = [self.old[pair[0]].root.heading_keys, self.new[pair[1]].root.heading_keys]
        return _RENAMED_LIKENESS if all(headings) and headings[0] != headings[1] else _NAMESAKE_LIKENESS

    def _pair_contained(self) -> None:
        """Pair leftovers where the old text stands whole inside a much longer new one, or the other way round."""
        left_a, left_b = self._left()
        roots_a, roots_b = [self.old[a].root for a in left_a], [self.new[b].root for b in left_b]
        near = {(i, j) for i, others in candidates(roots_a, roots_b, self.scale).items() for j in others}
        near |= {(i, j) for j, others in candidates(roots_b, roots_a, self.scale).items() for i in others}
        scores = {}
        for a, b in sorted((left_a[i], left_b[j]) for i, j in near):
            small, large = sorted((self.old[a], self.new[b]), key=lambda unit: unit.weight)
            if self.scale.containment(small.root, large.root) >= _LEFTOVER_SHARE and _stands_in(small, large):
                scores[a, b] = self._likeness_of((a, b))
        self.anchors.update(assign(scores))

    def _pair_left_out(self) -> None:
        """Pair a unit with the mark that holds its number open: Article 5, now "[Repealed]"; it is no new unit."""
        left_a, left_b = self._left()
        by_eid = {self.new[b].eid: b for b in left_b}
        for a in left_a:
            b = by_eid.get(self.old[a].eid)
            if b is not None and self.old[a].root.is_placeholder != self.new[b].root.is_placeholder:
                self.anchors[a] = b


def equal(old: list[Unit], new: list[Unit], words: Callable[[Unit], Hashable], pairs: dict[int, int]) -> dict[int, int]:
    """Add pairs of equal *words* to *pairs*: unique ones wherever they stand, repeated ones in their order."""
    places: dict[Hashable, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, units, partners in ((0, old, set(pairs)), (1, new, set(pairs.values()))):
        for place, unit in enumerate(units):
            if place not in partners:
                places[words(unit)][side].append(place)
    result = dict(pairs)
    for left, right in places.values():
        if len(left) == len(right) and (_tells_itself(old[left[0]]) or _is_in_place(left, right, old, new)):
            result.update(zip(left, right, strict=True))
    return result


def _tells_itself(unit: Unit) -> bool:
    """Return whether the words are enough to know the unit again: "Reserved" is not."""
    return unit.root.size > _SHORT or unit.weight >= _FEW


def _is_in_place(left: list[int], right: list[int], old: list[Unit], new: list[Unit]) -> bool:
    return len(left) == len(right) == 1 and old[left[0]].number == new[right[0]].number


def _two_best(candidates_scored: list[tuple[float, int]]) -> tuple[tuple[float, int], float]:
    best_first = sorted(candidates_scored, reverse=True)
    return (best_first[0] if best_first else (0.0, -1)), (best_first[1][0] if len(best_first) > 1 else 0.0)


def _commences(unit: Unit) -> bool:
    return unit.weight <= _COMMENCEMENT_TOKENS and _COMMENCEMENT.search(unit.root.all_words) is not None


def _stands_in(small: Unit, large: Unit) -> bool:
    if small.weight < _WHOLE_BLOCK or large.weight > _LONGEST_MATCH:
        return False
    matcher = SequenceMatcher(None, small.root.mask, large.root.mask, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size >= _WHOLE_BLOCK]
    if not blocks:
        return False
    spread = blocks[-1].b + blocks[-1].size - blocks[0].b  # in one piece: not gathered from here and there
    return sum(block.size for block in blocks) >= _BLOCKS_SHARE * small.weight and spread <= _SPREAD * small.weight
