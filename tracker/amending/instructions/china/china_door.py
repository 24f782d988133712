"""China's way of amending, as consolidation asks for it."""

from __future__ import annotations

from collections.abc import Mapping

from storage.records import ProvisionKind, Reading
from tracker.amending.chinese_numbers.settle_articles import settle_articles
from tracker.amending.errors import AbstainError
from tracker.amending.instructions.china.china_text import quoted_node
from tracker.amending.instructions.china.decisions import RENUMBERS, read_instructions
from tracker.amending.locate import Spot
from tracker.amending.operations import Action, Instruction, Level
from tracker.amending.tree import LawNode

K = ProvisionKind


def instructions(amending: Reading, base: Reading) -> list[Instruction]:
    """Return the instructions of *amending* to *base*."""
    return read_instructions(amending, base)


def text(instruction: Instruction, spots: tuple[Spot, ...]) -> LawNode:
    """Return what *instruction* quotes; of a replacement only what stands in the provision, not its number."""
    level = instruction.level or (Level.POINT if spots[0].node.kind is K.ITEM else None)
    if spots[0].node.kind is K.ITEM and spots[0].group is None and instruction.action is Action.REPLACE:
        level = Level.POINT
    node = quoted_node(instruction.quotation, level)
    if instruction.action is not Action.REPLACE:
        return node
    inner = list(node.below())
    if len(inner) == 1 and (inner[0].kind is K.ARTICLE or (level is Level.POINT and inner[0].kind is K.ITEM)):
        return inner[0]
    if node.kind is K.BOOK:
        raise AbstainError("the new text is more than one article")
    return node


def attachment(instruction: Instruction, amending: Reading) -> LawNode:
    """Abstain: a Chinese decision sets its text out in the instruction."""
    del amending
    raise AbstainError(f"the text is set out elsewhere: {instruction.attachment[:60]}")


def settle(
    root: LawNode, every_instruction: list[Instruction], open_at: Mapping[int, str], amending: Reading
) -> dict[int, str]:
    """Count the articles anew where the decision says so, and let references follow."""
    follow = any(RENUMBERS.search(provision.text + provision.heading) for provision in amending.walk()) or any(
        RENUMBERS.search(note.text) for note in amending.front
    )
    return settle_articles(root, every_instruction, open_at, follow=follow)
