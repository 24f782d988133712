"""Open a Word document as the simple HTML it amounts to, so that every tradition reads it as it reads a page.

Style names become classes (the Commission's own pages are made that way), numbering is worked out, tables stay tables;
footnotes, running heads and deleted words are set aside. The archive and its XML are hostile until proven otherwise.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from io import BytesIO

from lxml import etree

from storage.records import Note
from tracker.reading.errors import RefusedError
from tracker.reading.formats.word_numbering import WordNumbers

ZIP = b"PK\x03\x04"
MOST_ENTRIES = 4_000
MOST_EXPANDED = 20_000_000
MOST_TAGS = 600_000
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_HEADS = re.compile(r"word/(?:header|footer)\d{1,3}\.xml")
_UNREADABLE = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError)
_OFF = frozenset({"0", "false", "off"})
_ALIGNMENTS = {"center": "center", "right": "right", "end": "right"}
_SKIP = frozenset({f"{W}{name}" for name in ("instrText", "delInstrText", "pPr", "rPr", "sectPr", "tblPr", "tblGrid")})
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_WRAPPERS = frozenset({f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "customXml")})
_DELETIONS = frozenset({f"{W}del", f"{W}moveFrom"})
_SPACES = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "<br>", f"{W}cr": "<br>", f"{W}noBreakHyphen": "-"}


@dataclass(slots=True)
class Docx:
    """A Word document opened."""

    html: str = ""
    notes: list[Note] = field(default_factory=list)
    furniture: list[Note] = field(default_factory=list)


def read_docx(body: bytes) -> Docx:
    """Return the Word document *body*. Raises RefusedError for any other archive, a damaged one, or a bomb."""
    if body.count(b"PK\x01\x02") > MOST_ENTRIES:
        raise RefusedError(f"a zip archive of more than {MOST_ENTRIES:,} entries; refused")
    try:
        with zipfile.ZipFile(BytesIO(body)) as archive:
            return _open(archive)
    except _UNREADABLE as error:
        raise RefusedError(f"no known format: a damaged zip archive ({type(error).__name__})") from None


def _open(archive: zipfile.ZipFile) -> Docx:
    names = archive.namelist()
    if "word/document.xml" not in names:
        raise RefusedError("no known format: a zip archive that is no Word document (DOCX)")
    numbers = WordNumbers(_part(archive, "word/numbering.xml"), _part(archive, "word/styles.xml"))
    root = _part(archive, "word/document.xml")
    assert root is not None
    writer = _DocxWriter(numbers)
    docx = Docx(f"<html><body>\n{writer.blocks(root)}</body></html>")
    docx.notes += writer.notes
    for name in ("word/footnotes.xml", "word/endnotes.xml"):
        docx.notes += [Note("footnote", line) for line in _lines(_part(archive, name))]
    for name in sorted(filter(_HEADS.fullmatch, names)):
        docx.furniture += [Note("running head", line) for line in _lines(_part(archive, name))]
    return docx


def _part(archive: zipfile.ZipFile, name: str) -> etree._Element | None:
    """Return one part parsed, or None when there is none; expanded no further than the limit, whatever it claims."""
    if name not in archive.NameToInfo:
        return None
    with archive.open(name) as member:
        xml = member.read(MOST_EXPANDED + 1)
    if len(xml) > MOST_EXPANDED or xml.count(b"<") > MOST_TAGS:
        raise RefusedError(f"a zip bomb: {name} expands to more than {MOST_EXPANDED:,} bytes or {MOST_TAGS:,} tags")
    if b"<!ENTITY" in xml or b"<!DOCTYPE" in xml:
        raise RefusedError("the Word document declares entities of its own; refused")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(xml.replace(_STRICT, W[1:-1].encode()), parser)
    except etree.XMLSyntaxError:
        raise RefusedError(f"a damaged Word document: {name} is not well formed") from None


def _lines(root: etree._Element | None) -> list[str]:
    paragraphs = root.iter(f"{W}p") if root is not None else ()
    lines = ("".join(str(node.text or "") for node in paragraph.iter(f"{W}t")) for paragraph in paragraphs)
    return [line.strip() for line in lines if line.strip()]


class _DocxWriter:
    """Writes the HTML of a part, and gathers what is deleted in it."""

    def __init__(self, numbers: WordNumbers) -> None:
        self.numbers = numbers
        self.notes: list[Note] = []

    def blocks(self, node: etree._Element) -> str:
        parts = []
        for child in node:
            if child.tag == f"{W}p":
                parts.append(self.paragraph(child))
            elif child.tag == f"{W}tbl":
                parts.append(self.table(child))
            elif isinstance(child.tag, str) and child.tag not in _SKIP and child.tag != _FALLBACK:
                parts.append(self.blocks(child))
        return "".join(parts)

    def table(self, node: etree._Element) -> str:
        rows = []
        for row in _within(node, f"{W}tr"):
            cells = "".join(f"<td>{self.blocks(cell)}</td>" for cell in _within(row, f"{W}tc"))
            rows.append(f"<tr>{cells}</tr>\n")
        return f"<table>{''.join(rows)}</table>\n"

    def paragraph(self, node: etree._Element) -> str:
        shape = node.find(f"{W}pPr")
        style = _value(shape, "pStyle")
        label = self.numbers.label(shape, style)
        text = self.inline(node)
        boxes = "".join(self.blocks(box) for box in node.iter(f"{W}txbxContent") if _stands_in(box, node))
        if not text.strip():
            return boxes
        number = f'<span class="num">{escape(label)}</span> ' if label else ""
        align = _ALIGNMENTS.get(_value(shape, "jc"), "")
        attributes = (f' class="{escape(style)}"' if style else "") + (f' align="{align}"' if align else "")
        return f"<p{attributes}>{number}{text}</p>\n{boxes}"

    def inline(self, node: etree._Element) -> str:
        parts = []
        for child in node:
            if child.tag in _DELETIONS:
                self.set_aside("deleted text", child)
            elif child.tag == f"{W}r":
                parts.append(self.run(child))
            elif isinstance(child.tag, str) and child.tag not in _SKIP:
                parts.append(self.inline(child))
        return "".join(parts)

    def run(self, node: etree._Element) -> str:
        shape = node.find(f"{W}rPr")
        if _is_on(shape, "vanish"):
            self.set_aside("hidden text", node)
            return ""
        if _is_on(shape, "strike") or _is_on(shape, "dstrike"):
            self.set_aside("struck text", node)
            return ""
        text = "".join(_piece(child) for child in node)
        return f"<b>{text}</b>" if text.strip() and _is_on(shape, "b") else text

    def set_aside(self, name: str, node: etree._Element) -> None:
        text = "".join(str(part.text or "") for part in node.iter(f"{W}t", f"{W}delText")).strip()
        if text:
            self.notes.append(Note(name, text))


def _piece(node: etree._Element) -> str:
    if node.tag == f"{W}t":
        return escape(node.text or "", quote=False)
    if node.tag == f"{W}br" and node.get(f"{W}type") in {"page", "column"}:
        return ""
    return _SPACES.get(str(node.tag), "")


def _within(node: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield the rows of a table or the cells of a row, also those wrapped in a control or an insertion."""
    for child in node:
        if child.tag == name:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _within(child, name)


def _stands_in(box: etree._Element, paragraph: etree._Element) -> bool:
    """Return whether a text box belongs to *paragraph* itself, and is not the copy kept for older programs."""
    above = next(box.iterancestors(f"{W}p", _FALLBACK), None)
    return above is paragraph


def _value(shape: etree._Element | None, name: str) -> str:
    node = shape.find(f"{W}{name}") if shape is not None else None
    return str(node.get(f"{W}val") or "") if node is not None else ""


def _is_on(shape: etree._Element | None, name: str) -> bool:
    docx = shape.find(f"{W}{name}") if shape is not None else None
    return docx is not None and str(docx.get(f"{W}val") or "1") not in _OFF
