"""Put new provisions, subparagraphs and sentences where the order of their numbers or their anchor says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from storage.records import ProvisionKind
from tracker.amending.chinese_numbers.insert_counted import insert_counted
from tracker.amending.edit import ReadyEdit
from tracker.amending.edits.list_marks import punctuate
from tracker.amending.edits.provisos import KINDS, insert_provisos
from tracker.amending.edits.table_rows import insert_rows
from tracker.amending.edits.word_edits import lead_group
from tracker.amending.errors import AbstainError
from tracker.amending.locate import Spot
from tracker.amending.numbering import number_key, place_for
from tracker.amending.operations import Instruction, Level, Place
from tracker.amending.tree import LawNode, TextGroup, put_below
from tracker.reading.structure.eids import ARTICLES, ATTACHMENTS, CONTAINERS

K = ProvisionKind
_DEFINES = re.compile(r"[“\"]?[A-Z][^.:;]{0,80}?\s(?:means|has the (?:same )?meaning|includes)\b")
_WHOLE = ARTICLES | ATTACHMENTS | {K.SECTION}


def insert(edit: ReadyEdit) -> None:
    """Put in what the instruction quotes."""
    text, spot = edit.text, edit.spots[0]
    if text is None or len(edit.spots) != 1:
        raise AbstainError("where the new text goes is not sure")
    level = edit.instruction.level
    inner = list(text.below())
    if inner and all(node.kind in KINDS for node in inner):
        insert_provisos(edit, inner)
    elif edit.counts_on:
        insert_counted(spot, edit.anchor, text, edit.instruction)
    elif level is Level.ROW:
        insert_rows(edit, text)
    elif level is Level.TERM and edit.anchor is None and not any(node.number for node in inner):
        _insert_definition(edit, text)
    elif level is Level.SENTENCE:
        _insert_sentence(edit, text)
    elif not any(node.number for node in text.below()) or any(g.text for g in text.groups):
        _insert_groups(edit, text)
    else:
        _insert_nodes(spot, edit.anchor, list(text.below()), edit.instruction)


def _insert_definition(edit: ReadyEdit, text: LawNode) -> None:
    """Put a definition where the alphabet says among those that stand there in its order, or abstain."""
    node, new = edit.spots[0].node, text.shown_groups
    groups = [group for group in node.groups if _DEFINES.match(group.text)]
    names = [group.text.casefold() for group in groups]
    if len(new) != 1 or not groups or names != sorted(names) or any(group.below for group in groups):
        raise AbstainError("the definitions there do not stand in the order of the alphabet")
    behind = next((group for group in groups if group.text.casefold() > new[0].text.casefold()), None)
    at = node.groups.index(behind) if behind is not None else node.groups.index(groups[-1]) + 1
    new[0].kind = groups[0].kind
    node.adopt(new[0], at)
    node.is_amended = True


def _insert_sentence(edit: ReadyEdit, text: LawNode) -> None:
    spot = edit.spots[0]
    group = lead_group(Spot(spot.node, spot.group, None))
    if group.below or (len(spot.node.shown_groups) > 1 and spot.group is None) or edit.anchor is not None:
        raise AbstainError("where the sentence goes is not sure")
    group.text = f"{group.text} {text.shown_groups[0].text}"


def _insert_groups(edit: ReadyEdit, text: LawNode) -> None:
    spot, anchor, place = edit.spots[0], edit.anchor, edit.instruction.place
    node = anchor.node if anchor is not None else spot.node
    if spot.group is not None and anchor is None:
        raise AbstainError("where the subparagraph goes is not sure")
    if anchor is None and place is not Place.AT_END:
        raise AbstainError("where the subparagraph goes is not sure")
    if anchor is not None and anchor.group is None:
        raise AbstainError("the anchor is no subparagraph")
    new = text.shown_groups
    at = len(node.groups)
    if anchor is not None and anchor.group is not None:
        at = node.groups.index(anchor.group) + (place is not Place.BEFORE)
    elif any(child.kind is K.PARAGRAPH and child.number for child in node.below()):
        raise AbstainError("a subparagraph cannot follow numbered paragraphs")
    entry = {group.kind for group in node.shown_groups} - {None, K.WRAPUP}
    kind = next(iter(entry), K.PARAGRAPH if node.kind in ARTICLES | ATTACHMENTS else K.SUBPARAGRAPH)
    for offset, group in enumerate(new):
        group.kind = kind
        node.adopt(group, at + offset)
        punctuate(group)
    node.is_amended = True


def _insert_nodes(spot: Spot, anchor: Spot | None, nodes: list[LawNode], instruction: Instruction) -> None:
    group = (
        anchor.node.group
        if anchor is not None and anchor.group is None
        else _group_for(spot, nodes[0], instruction.level)
    )
    if group is None:
        raise AbstainError("where the new text goes is not sure")
    if nodes[0].kind in CONTAINERS and anchor is not None and anchor.node.kind not in CONTAINERS:
        raise AbstainError("the new division would part another")
    siblings = [node for node in group.below if node.number and _alike(node, nodes[0])]
    if siblings and siblings[0].kind is not nodes[0].kind and nodes[0].kind not in _WHOLE:
        for node in nodes:
            node.kind = siblings[0].kind
    numbers = [node.number for node in siblings]
    if anchor is not None and anchor.group is None:
        at = group.below.index(anchor.node) + (instruction.place is not Place.BEFORE)
        if nodes[0].number and number_key(nodes[0].number) in {number_key(number) for number in numbers}:
            raise AbstainError(f"there is a {nodes[0].number} already")
    else:
        place = place_for(nodes[0].number, numbers)
        if instruction.place is Place.AT_END and place != len(siblings):
            raise AbstainError("what is added at the end would not be the last")
        at = group.below.index(siblings[place - 1]) + 1 if place else _first_place(group, siblings)
    for offset, node in enumerate(nodes):
        put_below(group, node, at + offset)
    if group.owner is not None:
        group.owner.is_amended = True
    punctuate(group)


def _first_place(group: TextGroup, siblings: Sequence[LawNode]) -> int:
    return group.below.index(siblings[0]) if siblings else len(group.below)


_LEVELS = {
    Level.PARAGRAPH: frozenset({K.PARAGRAPH, K.SUBSECTION}),
    Level.POINT: frozenset({K.POINT, K.ITEM, K.CLAUSE, K.SUBCLAUSE}),
}


def _alike(node: LawNode, other: LawNode, level: Level | None = None) -> bool:
    """Return whether *node* may be a sibling of *other*, which the instruction calls by *level*."""
    if other.kind in _WHOLE:
        return node.kind is other.kind
    kinds = _LEVELS.get(level) if level is not None else None
    return node.kind not in _WHOLE and (kinds is None or node.kind in kinds)


def _group_for(spot: Spot, node: LawNode, level: Level | None) -> TextGroup | None:
    """Return the group the new provision goes below: the one that holds its like."""
    groups = [spot.group] if spot.group is not None else [*_all_groups(spot.node, node)]
    holders = [group for group in groups if any(child.number and _alike(child, node, level) for child in group.below)]
    if not holders and spot.node.kind not in ARTICLES:
        holders = [group for group in groups if any(child.number and _alike(child, node) for child in group.below)]
    if holders and node.kind in _WHOLE:
        return _nearest(holders, node)
    if len(holders) == 1:
        return holders[0]
    if not holders and len(groups) == 1 and groups[0].text.rstrip().endswith((":", "：", "—")) and not groups[0].below:
        return groups[0]
    return _group_before(spot, node, level) if not holders else None


def _group_before(spot: Spot, node: LawNode, level: Level | None) -> TextGroup | None:
    """Return the only group deeper down whose last provision the new one follows directly: 36 behind 35."""
    hit = [
        group
        for group in spot.texts()
        if group.below
        and _alike(group.below[-1], node, level)
        and number_key(group.below[-1].number).isdecimal()
        and number_key(node.number).isdecimal()
        and int(number_key(node.number)) - int(number_key(group.below[-1].number)) == 1
    ]
    return hit[0] if len(hit) == 1 else None


def _all_groups(owner: LawNode, node: LawNode) -> list[TextGroup]:
    groups = list(owner.groups)
    if node.kind not in _WHOLE:
        return groups
    for child in owner.below():
        if child.kind not in _WHOLE:
            groups += _all_groups(child, node)
    return groups


def _nearest(groups: Sequence[TextGroup], node: LawNode) -> TextGroup | None:
    """Return the group whose articles the new one follows directly: 4a behind 4."""
    every = [child for group in groups for child in group.below if child.kind is node.kind]
    place = place_for(node.number, [child.number for child in every])
    return every[place - 1].group if place else every[0].group
