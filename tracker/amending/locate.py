"""Resolve a target, step by step, against the base text: exactly one place, or abstain with the reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from storage.records import ProvisionKind
from tracker.amending.errors import AbstainError
from tracker.amending.numbering import keys_of, number_key
from tracker.amending.operations import Level, Target, TargetStep
from tracker.amending.tree import LawNode, TextGroup
from tracker.amending.words import pattern_of
from tracker.reading.structure.eids import ARTICLES, ATTACHMENTS, CONTAINERS
from tracker.reading.structure.numbers import roman_to_int

K = ProvisionKind
_KINDS: dict[Level, frozenset[ProvisionKind]] = {
    Level.UNIT: ARTICLES | {K.SECTION},
    Level.ANNEX: ATTACHMENTS,
    Level.CONTAINER: CONTAINERS | {K.SECTION},
    Level.PARAGRAPH: frozenset({K.PARAGRAPH, K.SUBSECTION}),
    Level.POINT: frozenset({K.POINT, K.ITEM, K.CLAUSE, K.SUBCLAUSE}),
}
_LONE = {
    "proviso": K.PROVISO, "provisos": K.PROVISO, "explanation": K.EXPLANATION, "explanations": K.EXPLANATION,
}  # fmt: skip
_MARKS = "“”„‟\"«»‘’‚'"
ROW_MARK = " | "
_WITHIN = frozenset({Level.SENTENCE, Level.LEAD, Level.HEADING, Level.WORDS})
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the tree: a provision, or one group of it, or a part of either (heading, lead, sentence)."""

    node: LawNode
    group: TextGroup | None = None
    part: TargetStep | None = None

    @property
    def groups(self) -> list[TextGroup]:
        """Return the groups that belong to the place."""
        return [self.group] if self.group is not None else self.node.groups

    def texts(self) -> Iterator[TextGroup]:
        """Yield every group of the place that may hold words, in reading order."""
        for group in self.groups:
            yield group
            for child in group.below:
                yield from Spot(child).texts()


def locate(root: LawNode, target: Target) -> list[Spot]:
    """Return the places *target* names, in order; raises AbstainError unless each is there exactly once."""
    spots = [Spot(root)]
    for step in target:
        spots = [hit for spot in spots for hit in _step(root, spot, step)]
    return spots


def locate_one(root: LawNode, target: Target) -> Spot:
    """Return the one place *target* names."""
    spots = locate(root, target)
    if len(spots) != 1:
        raise AbstainError("more than one place is named")
    return spots[0]


def can_locate(root: LawNode, target: Target) -> bool:
    """Return whether *target* names places of the tree."""
    try:
        return bool(locate(root, target))
    except AbstainError:
        return False


def _step(root: LawNode, spot: Spot, step: TargetStep) -> Iterable[Spot]:
    if step.level is Level.ACT:
        return [Spot(root)]
    if spot.part is not None:  # "the heading and paragraph 1": passing over the heading would lose it
        raise AbstainError("more than one place is named")
    if step.level in _WITHIN:
        return [Spot(spot.node, spot.group, step)]
    if step.word in _LONE:
        return [Spot(node) for node in _by_place(spot, step)]
    if step.level not in _FINDERS and (step.level is Level.SUBPARAGRAPH or (step.places and not step.numbers)):
        return _count_places(spot, step)
    if step.level in {Level.UNIT, Level.ANNEX, Level.CONTAINER} and not _is_inside_unit(spot.node):
        return _units(spot.node, step)
    return _FINDERS.get(step.level, _find_numbered)(spot, step)


def _by_term(spot: Spot, step: TargetStep) -> list[Spot]:
    """Return where the term is defined that a step names: ‘lamp’ means …, The term "lamp" means …."""
    hits = []
    for term, _ in step.numbers:
        name = pattern_of(term).pattern
        in_marks = rf"[^{_MARKS}]{{0,60}}[{_MARKS}]\s*{name}\s*[{_MARKS}]"
        defines = re.compile(rf"{in_marks}|{name}\s+(?:means|has the (?:same )?meaning|includes)\b", re.I)
        groups = [group for group in spot.texts() if defines.match(group.text) and group.owner is not None]
        if len(groups) != 1:
            raise AbstainError(f"“{term}” is {'defined more than once' if groups else 'not defined'} there")
        group = groups[0]
        owner = group.owner
        assert owner is not None
        hits.append(Spot(owner) if group is owner.groups[0] and group.kind is None else Spot(owner, group))
    return hits


def rows_at(spot: Spot) -> list[LawNode]:
    """Return the rows of the one table at a place, in order."""
    groups = [group for group in spot.texts() if any(is_row(node) for node in group.below)]
    if len(groups) != 1:
        raise AbstainError("there is more than one table there" if groups else "there is no table there")
    rows = [node for node in groups[0].below if is_row(node)]
    start = groups[0].below.index(rows[0])
    if groups[0].below[start : start + len(rows)] != rows:
        raise AbstainError("there is more than one table there")
    return rows


def is_row(node: LawNode) -> bool:
    """Return whether *node* is a row of a table: cells parted by bars, and no number of its own."""
    return not node.number and ROW_MARK in node.groups[0].text


def _by_first_cell(spot: Spot, step: TargetStep) -> list[Spot]:
    """Return the rows a step names by what stands in their first cell."""
    if not step.numbers:
        raise AbstainError("which row is meant is not said")
    rows = rows_at(spot)
    names = [step_name for step_name, _ in step.numbers]
    hits = [[row for row in rows if pattern_of(name).fullmatch(first_cell(row))] for name in names]
    return [Spot(_only(hit, step)) for hit in hits]


def first_cell(row: LawNode) -> str:
    """Return the words of the first cell of a row."""
    return row.groups[0].text.split(ROW_MARK, maxsplit=1)[0].strip()


def _by_place(spot: Spot, step: TargetStep) -> list[LawNode]:
    """Return the provisos or explanations a step names: the only one, the second, or by number."""
    choices = [node for group in spot.groups for node in group.below if node.kind is _LONE[step.word]]
    if step.numbers:
        return _pick(choices, step)
    if not step.places:
        return [_only(choices, step)]
    if any(not -len(choices) <= place - (place > 0) < len(choices) for place in step.places):
        raise AbstainError(f"there is no {_say(step)} there")
    return [choices[place - (place > 0)] for place in step.places]


def _is_inside_unit(node: LawNode) -> bool:
    return node.kind in ATTACHMENTS | ARTICLES


def _units(node: LawNode, step: TargetStep) -> list[Spot]:
    kinds = _KINDS[step.level]
    if not step.numbers:
        hit = [child for child in node.walk() if child is not node and child.kind in kinds]
        return [Spot(_only(hit, step))]
    if step.level is Level.CONTAINER and step.word:
        kinds = frozenset({K(step.word)})
    inside = [child for child in _units_below(node) if child.kind in kinds]
    if step.level is Level.UNIT and any(child.kind in ARTICLES for child in inside):
        inside = [child for child in inside if child.kind in ARTICLES]  # where there are articles, sections divide
    return [Spot(hit) for hit in _pick(inside, step)]


def _units_below(node: LawNode) -> Iterator[LawNode]:
    for child in node.below():
        yield child
        if child.kind not in ATTACHMENTS | ARTICLES:
            yield from _units_below(child)


def _find_numbered(spot: Spot, step: TargetStep) -> list[Spot]:
    """Look among what stands directly below first, then deeper through what bears no number, then anywhere near."""
    kinds = _KINDS.get(step.level)
    layers = list(_layers(spot))
    if spot.node.kind is K.BOOK:  # "paragraph (2)" of no unit is never a unit itself
        layers = [[node for node in layer if node.kind not in _KINDS[Level.UNIT] | ATTACHMENTS] for layer in layers]
    for strict in (True, False):
        for layer in layers if (kinds is not None if strict else _may_be_loose(spot, step)) else ():
            choices = [node for node in layer if not strict or (kinds and node.kind in kinds)]
            if any(node.key == number_key(step.numbers[0][0]) for node in choices):
                return [Spot(hit) for hit in _pick(choices, step)]
    if step.level is Level.CONTAINER:
        return [Spot(hit) for hit in _pick([child for g in spot.groups for child in g.below], step)]
    raise AbstainError(f"there is no {_say(step)} there")


def _may_be_loose(spot: Spot, step: TargetStep) -> bool:
    """Return whether a provision may be called by another level than its own: in annexes, and where one word does."""
    node: LawNode | None = spot.node
    while node is not None and node.kind not in ATTACHMENTS:
        node = node.parent
    return node is not None or step.level is Level.ANY


def _layers(spot: Spot) -> Iterator[list[LawNode]]:
    layer = [child for group in spot.groups for child in group.below]
    for _ in range(_DEEPEST):
        if not layer:
            return
        yield [node for node in layer if node.number and node.kind not in CONTAINERS]
        layer = [child for node in layer if not node.number for child in node.below()]


def _pick(nodes: Sequence[LawNode], step: TargetStep) -> list[LawNode]:
    picks: list[LawNode] = []
    for first, last in step.numbers:
        start = _by_number(nodes, first, step)
        if first == last:
            picks.append(start)
            continue
        end = _by_number(nodes, last, step)
        run = list(nodes[nodes.index(start) : nodes.index(end) + 1])
        keys_of([node.number for node in run])
        picks += run
    if not picks:
        raise AbstainError(f"there is no {_say(step)} there")
    return picks


def _by_number(nodes: Sequence[LawNode], number: str, step: TargetStep) -> LawNode:
    hit = [node for node in nodes if node.key == number_key(number)]
    if not hit and step.level is Level.ANNEX:
        hit = [node for node in nodes if _value(node.number) == _value(number) is not None]
    if not hit and step.level is Level.CONTAINER:
        hit = [node for node in nodes if _is_headed(node, number)]
    return _only(hit, step)


def _value(number: str) -> int | None:
    """Return what a number counts, in Arabic or Roman figures: a schedule is printed with either."""
    key = number_key(number)
    return int(key) if key.isdecimal() else roman_to_int(key)


def _is_headed(node: LawNode, number: str) -> bool:
    """Return whether a division bears its number in its heading only: "Section A. Lamps"."""
    words = f"{node.label} {node.heading}".split(maxsplit=2)
    return node.kind in _KINDS[Level.CONTAINER] and len(words) > 1 and number_key(words[1]) == number_key(number)


def _only(hit: Sequence[LawNode], step: TargetStep) -> LawNode:
    if len(hit) != 1:
        raise AbstainError(f"there is {'more than one' if hit else 'no'} {_say(step)} there")
    return hit[0]


def _count_places(spot: Spot, step: TargetStep) -> list[Spot]:
    if spot.group is not None:
        raise AbstainError(f"a {_say(step)} within a subparagraph is not counted")
    if not step.places:
        step = TargetStep(step.level, places=(1,), word=step.word)
    groups = [group for group in spot.node.shown_groups if group.text or _is_list(group)]
    places_found = []
    for place in step.places:
        index = place - 1 if place > 0 else len(groups) + place
        if not 0 <= index < len(groups):
            raise AbstainError(f"there is no {_say(step)} there")
        places_found.append(Spot(spot.node, groups[index]))
    return places_found


def _is_list(group: TextGroup) -> bool:
    return any(child.kind not in _KINDS[Level.PARAGRAPH] for child in group.below)


def _say(step: TargetStep) -> str:
    numbers = ", ".join(first if first == last else f"{first} to {last}" for first, last in step.numbers)
    places = ", ".join(str(place) for place in step.places)
    return " ".join(filter(None, (step.word or step.level.value, numbers, f"number {places}" if places else "")))


_FINDERS: dict[Level, Callable[[Spot, TargetStep], list[Spot]]] = {Level.TERM: _by_term, Level.ROW: _by_first_cell}
