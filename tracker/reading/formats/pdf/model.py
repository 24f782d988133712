"""What a PDF's text layer holds, in the shape the drafting traditions read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from storage.records import Flaw, Note
from tracker.reading.formats.blocks import Block

HINDI = "Hindi text"
STRUCK_TEXT = "struck text"
BEYOND_LIMITS = frozenset({"pdf too costly", "pdf too large", "scan too long"})

KnownPageFurniture = Callable[[str], str]


def no_furniture(_: str) -> str:
    """Know no furniture by its words."""
    return ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph in reading order; ``page`` counts from 1, ``indent`` is in points from the column's edge."""

    text: str
    page: int
    size: float = 0.0
    bold: bool = False
    centred: bool = False
    indent: float = 0.0


@dataclass(slots=True)
class PdfText:
    """A PDF taken apart. A fatal flaw says why there is no text; ``raw`` is each page in the order it is drawn."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    furniture: list[Note] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    flaws: list[Flaw] = field(default_factory=list)
    pages: int = 0
    raw: list[str] = field(default_factory=list)

    def blocks(self) -> tuple[Block, ...]:
        """Return the paragraphs as blocks, as from any other format."""
        return tuple(
            Block(p.text, p.text if p.bold else "", p.bold, "center" if p.centred else "", "p") for p in self.paragraphs
        )
