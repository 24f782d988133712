"""The words of an Akoma Ntoso element: a line for each block, a table's row in one, footnotes set aside."""

from __future__ import annotations

from lxml import etree

from storage.records import Note
from tracker.reading.akoma.meta import name_of
from tracker.reading.formats.blocks import squeeze

_BLOCKS = frozenset(
    "p block li listIntroduction listWrapUp longTitle formula citation recital heading subheading tr caption blockList "
    "item quotedStructure embeddedStructure content intro wrapUp article section paragraph subsection".split()
)
_NOTES = frozenset({"authorialNote", "note"})
_CELLS = frozenset({"td", "th"})
_SKIP = frozenset({"meta"})


class AkomaWords:
    """Takes the words out of elements, footnotes into *notes*."""

    def __init__(self, notes: list[Note]) -> None:
        self.notes = notes

    def of(self, node: etree._Element) -> str:
        """Return the words of *node* in one line."""
        return " ".join(self.lines(node))

    def lines(self, node: etree._Element) -> list[str]:
        """Return the words of *node*, a line for each block in it."""
        lines = [""]
        self._gather(node, lines)
        return [line for line in map(squeeze, lines) if line]

    def _gather(self, node: etree._Element, lines: list[str]) -> None:
        name = name_of(node)
        breaks = name in _BLOCKS
        if breaks:
            lines.append("")
        lines[-1] += node.text or ""
        for child in node:
            inner = name_of(child)
            if inner in _NOTES and name != "notes":
                marker = str(child.get("marker") or "")
                self.notes.append(Note("footnote", f"{marker} {self.of_note(child)}".strip()))
            elif inner in {"br", "eol"}:
                lines.append("")
            elif inner and inner not in _SKIP:
                lines[-1] += " | " if inner in _CELLS and lines[-1].strip() else " " if inner == "num" else ""
                self._gather(child, lines)
                lines[-1] += " " if inner == "num" else ""
            if inner in _BLOCKS:
                lines.append("")
            lines[-1] += child.tail or ""

    def of_note(self, node: etree._Element) -> str:
        """Return the words of a footnote."""
        return " ".join("".join(str(part) for part in node.itertext()).split())
