"""An instruction whose places are known, and what every way of carrying one out shares."""

from __future__ import annotations

from dataclasses import dataclass

from storage.records import ProvisionKind
from tracker.amending.locate import Spot
from tracker.amending.operations import Instruction
from tracker.amending.tree import LawNode
from tracker.reading.structure.eids import ARTICLES, ATTACHMENTS

K = ProvisionKind


@dataclass(frozen=True, slots=True)
class ReadyEdit:
    """An instruction whose places in the base are known, and the text it quotes as provisions."""

    instruction: Instruction
    spots: tuple[Spot, ...]
    anchor: Spot | None = None
    text: LawNode | None = None
    counts_on: bool = False


def mark_parent(node: LawNode) -> None:
    """Note that what stands around *node* was amended."""
    if node.parent is not None:
        node.parent.is_amended = True


def group_kind(owner: LawNode) -> ProvisionKind:
    """Return the kind of an unnumbered paragraph of *owner*."""
    return K.PARAGRAPH if owner.kind in ARTICLES | ATTACHMENTS else K.SUBPARAGRAPH
