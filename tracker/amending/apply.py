"""Carry out one resolved instruction on the tree, or abstain with the reason."""

from __future__ import annotations

from collections.abc import Callable

from storage.records import ProvisionKind
from tracker.amending.edit import ReadyEdit, mark_parent
from tracker.amending.edits.insertions import insert
from tracker.amending.edits.replacements import delete, replace_heading, replace_text
from tracker.amending.edits.word_edits import substitute
from tracker.amending.errors import AbstainError
from tracker.amending.locate import Spot
from tracker.amending.operations import Action, Level
from tracker.amending.tree import LawNode
from tracker.amending.words import pattern_of

K = ProvisionKind
_COUNTED_LEVELS = {Level.UNIT, Level.POINT, Level.SUBPARAGRAPH}


def carry_out(edit: ReadyEdit) -> None:
    """Do what *resolved* says; raises AbstainError, before anything is changed, when it is not sure."""
    for spot in edit.spots:
        if not _is_attached(spot):
            raise AbstainError("another instruction took the place away")
    _ACTIONS[edit.instruction.action](edit)
    for spot in edit.spots:
        spot.node.is_amended = True


def _is_attached(spot: Spot) -> bool:
    node: LawNode | None = spot.node
    if spot.group is not None and spot.group not in spot.node.groups:
        return False
    while node is not None and node.group is not None:
        node = node.group.owner
    return node is not None and node.kind is K.BOOK


def _renumber(edit: ReadyEdit) -> None:
    instruction = edit.instruction
    if edit.counts_on and instruction.level in _COUNTED_LEVELS:
        return  # all numbers are settled together, and held against what is said
    if len(edit.spots) != 1 or not instruction.number or edit.spots[0].group is not None:
        raise AbstainError("which number becomes which is not sure")
    node = edit.spots[0].node
    node.label = pattern_of(node.number).sub(lambda _: instruction.number, node.label, count=1)
    node.number = instruction.number
    mark_parent(node)


def _move(_: ReadyEdit) -> None:
    raise AbstainError("moving text is not carried out")


_ACTIONS: dict[Action, Callable[[ReadyEdit], None]] = {
    Action.REPLACE: replace_text,
    Action.INSERT: insert,
    Action.DELETE: delete,
    Action.SUBSTITUTE_WORDS: substitute,
    Action.STRIKE_WORDS: substitute,
    Action.RENUMBER: _renumber,
    Action.MOVE: _move,
    Action.REPLACE_HEADING: replace_heading,
}
