"""How each drafting tradition instructs, quotes and settles: the doors of ``instructions/``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from storage.records import Reading
from tracker.amending.instructions import common_law_door, europe_door
from tracker.amending.instructions.china import china_door
from tracker.amending.locate import Spot
from tracker.amending.operations import Instruction
from tracker.amending.tree import LawNode
from tracker.reading import america, china, europe, india
from tracker.reading.structure.eids import Cite


@dataclass(frozen=True, slots=True)
class AmendingTradition:
    """The functions a tradition gives consolidation."""

    instructions: Callable[[Reading, Reading], list[Instruction]]
    text: Callable[[Instruction, tuple[Spot, ...]], LawNode]
    attachment: Callable[[Instruction, Reading], LawNode]
    settle: Callable[[LawNode, list[Instruction], Mapping[int, str], Reading], dict[int, str]]
    cite: Cite
    counts_on: bool = False


def _common_law(cite: Cite) -> AmendingTradition:
    door = common_law_door
    return AmendingTradition(door.instructions, door.text, door.attachment, door.settle, cite)


_TRADITIONS = {
    "eu": AmendingTradition(
        europe_door.instructions, europe_door.text, europe_door.attachment, europe_door.settle, europe.cite
    ),
    "cn": AmendingTradition(
        china_door.instructions, china_door.text, china_door.attachment, china_door.settle, china.cite, counts_on=True
    ),
    "us": _common_law(america.cite),
    "in": _common_law(india.cite),
}


def tradition_of(jurisdiction: str) -> AmendingTradition:
    """Return how *jurisdiction* amends."""
    return _TRADITIONS[jurisdiction]
