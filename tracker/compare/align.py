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
_LAST = 3
_TRUSTED = 0.9
_FEW = 6  # tokens; a text so short may stand anywhere
_SHORT = 120  # characters; a longer text has tokens enough
_AS_SUCCESSOR = 0.35  # less in common under another number and name, and it is a new provision
_GROWN = 0.75  # the likeness of a text that stands whole inside a longer one
_CONTEXT = 0.30  # share of the score that place has
_NEAR = 6  # units; beyond it place says nothing
_WHOLE_BLOCK = 8  # tokens; a shorter common run proves nothing


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
        self.anchors = equal(self.old, self.new, lambda unit: unit.root.masked, self.anchors)
        self._anchor_commencement()
        trust = self._trust()
        near = self._candidates()
        self._anchor_dominant(near)
        self._settle(near, trust)
        self._grown()
        return sorted(self.anchors.items())

    def _likeness_of(self, pair: Pair) -> float:
        if pair not in self._likeness:
            a, b = self.old[pair[0]], self.new[pair[1]]
            likeness = self.scale.dice(a.root, b.root)
            if likeness < _GROWN:  # the old text whole inside a longer new one is the old provision
                small, large = sorted((a, b), key=lambda unit: unit.weight)
                if self.scale.containment(small.root, large.root) >= 0.9 and _stands_in(small, large):
                    likeness = _GROWN
            self._likeness[pair] = likeness
        return self._likeness[pair]

    def _left(self) -> tuple[list[int], list[int]]:
        taken = set(self.anchors.values())
        return (
            [a for a in range(len(self.old)) if a not in self.anchors],
            [b for b in range(len(self.new)) if b not in taken],
        )

    def _anchor_hardly_changed(self) -> None:
        """Take units that are the same but for a few characters, by a name of their own or by a number to be trusted.

        It saves their words from being counted; what follows would find them too.
        """
        self._anchor_by(lambda unit: unit.root.heading)
        if self._trust() >= _TRUSTED:
            self._anchor_by(lambda unit: unit.number)

    def _anchor_by(self, name: Callable[[Unit], str]) -> None:
        left_a, left_b = self._left()
        places: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for side, units, left in ((0, self.old, left_a), (1, self.new, left_b)):
            for place in left:
                places[name(units[place])][side].append(place)
        for called, (of_old, of_new) in places.items():
            if called and len(of_old) == len(of_new) == 1:
                a, b = of_old[0], of_new[0]
                if hardly_changed(self.old[a].root, self.new[b].root):
                    self.anchors[a] = b

    def _anchor_commencement(self) -> None:
        left_a, left_b = self._left()
        last_a = [a for a in left_a if a >= len(self.old) - _LAST and _commences(self.old[a])]
        last_b = [b for b in left_b if b >= len(self.new) - _LAST and _commences(self.new[b])]
        if len(last_a) == len(last_b) == 1 and self._likeness_of((last_a[0], last_b[0])) >= 0.2:
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
        found = candidates([self.old[a].root for a in left_a], [self.new[b].root for b in left_b], self.scale)
        by_number: dict[str, list[int]] = defaultdict(list)
        for b in left_b:
            by_number[self.new[b].number].append(b)
        context = self._context()
        result = {}
        for place, a in enumerate(left_a):
            near = {left_b[other] for other in found[place]} | set(by_number.get(self.old[a].number, [])[:3])
            near |= set(self._beside(a, left_b, context))
            result[a] = sorted(near)
        return result

    def _beside(self, a: int, left_b: list[int], context: Callable[[int, int], float]) -> list[int]:
        inside = [b for b in left_b if context(a, b) >= 0.8]
        return inside if len(inside) <= 4 else []

    def _context(self) -> Callable[[int, int], float]:
        """Return the function that says how well a pair stands between its neighbours' counterparts."""
        pairs = sorted(self.anchors.items())
        kept = in_order([b for _, b in pairs])
        skeleton = [pair for place, pair in enumerate(pairs) if place in kept]
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
            if best[0] < 0.55 or best[0] - second < 0.15:
                continue
            b = best[1]
            rival = max((self._likeness_of((other, b)) for other in back[b] if other != a), default=0.0)
            if best[0] - rival >= 0.15 and (best[0] >= 0.85 or context(a, b) >= 0.5):
                self.anchors[a] = b

    def _settle(self, near: dict[int, list[int]], trust: float) -> None:
        context = self._context()
        by_label = 0.05 + 0.30 * trust**2
        taken = set(self.anchors.values())
        scores = {}
        for a, others in near.items():
            if a in self.anchors:
                continue
            for pair in ((a, b) for b in others if b not in taken):
                likeness = self._likeness_of(pair)
                label = self._same_number(pair) or self._same_name(pair)
                score = likeness * (1 - _CONTEXT - by_label) + _CONTEXT * context(*pair) + by_label * label
                in_place = trust >= _TRUSTED and self._same_number(pair) and likeness >= 0.05
                named = self._same_name(pair) and likeness >= 0.15
                least = 0.18 if label else _AS_SUCCESSOR
                if (likeness >= least and score >= 0.35) or in_place or named:
                    scores[pair] = score + in_place * 0.05
        self.anchors.update(assign(scores))

    def _grown(self) -> None:
        """Pair leftovers where the old text stands whole inside a much longer new one, or the other way round."""
        left_a, left_b = self._left()
        roots_a, roots_b = [self.old[a].root for a in left_a], [self.new[b].root for b in left_b]
        near = {(i, j) for i, found in candidates(roots_a, roots_b, self.scale).items() for j in found}
        near |= {(i, j) for j, found in candidates(roots_b, roots_a, self.scale).items() for i in found}
        scores = {}
        for a, b in sorted((left_a[i], left_b[j]) for i, j in near):
            small, large = sorted((self.old[a], self.new[b]), key=lambda unit: unit.weight)
            if self.scale.containment(small.root, large.root) >= 0.7 and _stands_in(small, large):
                scores[a, b] = self._likeness_of((a, b))
        self.anchors.update(assign(scores))


def equal(old: list[Unit], new: list[Unit], words: Callable[[Unit], Hashable], found: dict[int, int]) -> dict[int, int]:
    """Add pairs of equal *words* to *found*: unique ones wherever they stand, repeated ones in their order."""
    places: dict[Hashable, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, units, taken in ((0, old, set(found)), (1, new, set(found.values()))):
        for place, unit in enumerate(units):
            if place not in taken:
                places[words(unit)][side].append(place)
    result = dict(found)
    for left, right in places.values():
        if len(left) == len(right) and (_tells_itself(old[left[0]]) or _is_in_place(left, right, old, new)):
            result.update(zip(left, right, strict=True))
    return result


def _tells_itself(unit: Unit) -> bool:
    """Say whether the words are enough to know the unit again: "Reserved" is not."""
    return unit.root.size > _SHORT or unit.weight >= _FEW


def _is_in_place(left: list[int], right: list[int], old: list[Unit], new: list[Unit]) -> bool:
    return len(left) == len(right) == 1 and old[left[0]].number == new[right[0]].number


def _two_best(scored: list[tuple[float, int]]) -> tuple[tuple[float, int], float]:
    ranked = sorted(scored, reverse=True)
    return (ranked[0] if ranked else (0.0, -1)), (ranked[1][0] if len(ranked) > 1 else 0.0)


def _commences(unit: Unit) -> bool:
    return unit.weight <= 200 and _COMMENCEMENT.search(unit.root.all_words) is not None


def _stands_in(small: Unit, large: Unit) -> bool:
    if small.weight < _WHOLE_BLOCK or large.weight > 5_000:
        return False
    matcher = SequenceMatcher(None, small.root.masked, large.root.masked, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size >= _WHOLE_BLOCK]
    if not blocks:
        return False
    spread = blocks[-1].b + blocks[-1].size - blocks[0].b  # in one piece: not gathered from here and there
    return sum(block.size for block in blocks) >= 0.8 * small.weight and spread <= 1.5 * small.weight
