"""The ways of amending of the US and of India, as consolidation asks for them."""

from __future__ import annotations

from collections.abc import Mapping

from storage.records import ProvisionKind, Reading
from tracker.amending.edits.provisos import proviso_nodes
from tracker.amending.errors import AbstainError
from tracker.amending.instructions import session_law
from tracker.amending.instructions.common_law import read_instructions
from tracker.amending.instructions.common_law_text import quoted_node
from tracker.amending.instructions.federal import federal_register
from tracker.amending.locate import Spot
from tracker.amending.operations import Action, Instruction, Level
from tracker.amending.tree import LawNode, put_below
from tracker.reading.structure.eids import ARTICLES

K = ProvisionKind


def instructions(amending: Reading, base: Reading) -> list[Instruction]:
    """Return the instructions of *amending* to *base*; session laws print the amended text whole."""
    if federal_register.is_rule(amending):
        return federal_register.read_instructions(amending, base)
    return session_law.read_instructions(amending, base) or read_instructions(amending, base)


def text(instruction: Instruction, spots: tuple[Spot, ...]) -> LawNode:
    """Return what *instruction* quotes, read in the position it will take."""
    node = spots[0].node
    if instruction.action is Action.INSERT and (provisos := proviso_nodes(list(instruction.quotation))):
        holder = LawNode(K.BOOK)
        holder.groups[0].owner = holder
        for place, proviso in enumerate(provisos):
            put_below(holder.groups[0], proviso, place)
        return holder
    beside_unit = instruction.level is None and instruction.anchor and instruction.anchor[-1].level is Level.UNIT
    whole = (
        instruction.level is Level.UNIT
        or beside_unit
        or (instruction.action is Action.REPLACE and node.kind in ARTICLES | {K.SECTION})
    )
    unit = _unit_kind(node) if whole else None
    return quoted_node(
        instruction.quotation, _top_kind(instruction, node), unit, with_stop=_ends_in_stop(instruction, node)
    )


def _ends_in_stop(instruction: Instruction, node: LawNode) -> bool:
    """Return whether the numbers there are printed "2.", not "(2)"."""
    likes = [node] if instruction.action is Action.REPLACE else [child for child in node.below() if child.number]
    return bool(likes) and likes[0].label.endswith(".")


def _unit_kind(node: LawNode) -> ProvisionKind:
    root = node
    while root.parent is not None:
        root = root.parent
    return next((inner.kind for inner in root.walk() if inner.kind in ARTICLES), K.SECTION)


def _top_kind(instruction: Instruction, node: LawNode) -> ProvisionKind:
    if instruction.action is Action.REPLACE:
        return node.kind if node.kind is not K.BOOK else K.SUBSECTION
    with_number = [child.kind for child in node.below() if child.number]
    return with_number[0] if with_number else K.SUBSECTION


def attachment(instruction: Instruction, amending: Reading) -> LawNode:
    """Abstain: the text is set out elsewhere."""
    del amending
    raise AbstainError(f"the text is set out elsewhere: {instruction.attachment[:60]}")


def settle(
    root: LawNode, every_instruction: list[Instruction], open_at: Mapping[int, str], amending: Reading
) -> dict[int, str]:
    """Do nothing: numbers and references stay until they are amended themselves."""
    del root, every_instruction, open_at, amending
    return {}
