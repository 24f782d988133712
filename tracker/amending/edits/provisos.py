"""Put provisos and Explanations behind what they qualify: the last of their kind, or the only place there is."""

from __future__ import annotations

import re

from storage.records import ProvisionKind
from tracker.amending.edit import ReadyEdit
from tracker.amending.errors import AbstainError
from tracker.amending.locate import Spot
from tracker.amending.operations import Place
from tracker.amending.tree import LawNode, TextGroup, put_below

K = ProvisionKind
KINDS = frozenset({K.PROVISO, K.EXPLANATION})
_PROVISO = re.compile(r"^Provided\b")
_FURTHER = re.compile(r"^Provided (?:further|also)\b")
_EXPLANATION = re.compile(r"^(Explanations?(?:\s+(?:[IVX]{1,4}|\d{1,2}))?)\s*[.:—–-]+\s*")


def proviso_nodes(lines: list[str]) -> list[LawNode]:
    """Return *lines* as provisos and Explanations, or nothing where a line is neither."""
    nodes = [_node(line) for line in lines]
    return [node for node in nodes if node is not None] if all(nodes) else []


def _node(line: str) -> LawNode | None:
    explains = _EXPLANATION.match(line)
    if explains is None and _PROVISO.match(line) is None:
        return None
    node = LawNode(K.EXPLANATION if explains else K.PROVISO, label=explains[1] if explains else "")
    node.groups = [TextGroup(line[explains.end() :] if explains else line, owner=node)]
    return node


def insert_provisos(edit: ReadyEdit, nodes: list[LawNode]) -> None:
    """Put *nodes* behind the place they qualify; a first proviso is put where there is none yet."""
    group, at = _place(edit, nodes[0])
    for offset, node in enumerate(nodes):
        put_below(group, node, at + offset)
    if group.owner is not None:
        group.owner.is_amended = True


def _place(edit: ReadyEdit, first: LawNode) -> tuple[TextGroup, int]:
    if edit.anchor is not None:
        beside = edit.anchor.node.group
        if beside is None or edit.anchor.group is not None:
            raise AbstainError("the anchor is no provision")
        return beside, beside.below.index(edit.anchor.node) + (edit.instruction.place is not Place.BEFORE)
    spot = edit.spots[0]
    if first.kind is K.PROVISO and any(child.number for child in spot.node.below()):
        raise AbstainError("what the proviso qualifies is not sure")
    likes = [child for group in spot.groups for child in group.below if child.kind is first.kind]
    if likes and not _follows(first, likes[-1]):
        raise AbstainError(f"there is a {first.kind.value} there already")
    group = _last_group(spot)
    return group, len(group.below)


def _follows(first: LawNode, last: LawNode) -> bool:
    """Return whether a proviso says that it is a further one, or an Explanation bears a number."""
    if first.kind is K.PROVISO:
        return _FURTHER.match(first.groups[0].text) is not None
    number = first.label.partition(" ")[2]
    return bool(number) and first.label != last.label


def _last_group(spot: Spot) -> TextGroup:
    groups = [group for group in spot.groups if not group.is_empty()]
    if not groups:
        raise AbstainError("there is nothing to qualify there")
    return groups[-1]
