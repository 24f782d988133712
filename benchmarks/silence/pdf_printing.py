"""Print an invented law as PDF: with room between paragraphs, with even leading, and in two columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.silence.laws import Line

_WIDTH, _HEIGHT, _MARGIN = 595, 842, 56
_SIZE, _LINE_HEIGHT = 10, 14
_INDENT = 20
_GUTTER = 24
_LONGEST_LABEL = 30  # characters; a longer line of a unit holds its words, too
# every character is its own code: a font of two bytes whose map to Unicode is the identity
_MAP = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
1 beginbfrange <0000> <FFFF> <0000> endbfrange
endcmap end end"""
_FONT = (
    b"<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    b"/FontDescriptor<</Type/FontDescriptor/FontName/%s/Flags %d/ItalicAngle 0/Ascent 800/Descent -200/CapHeight 700"
    b"/StemV 80/FontBBox[0 -200 1000 800]>>/DW 500/W[11904 65535 1000]>>"
)
_CENTRED_KINDS = frozenset({"chapter", "chapter heading", "heading"})


@dataclass(frozen=True, slots=True)
class _Set:
    x: float
    words: str
    bold: bool
    gap: bool  # room above it


def spaced_pdf(lines: Sequence[Line], _: str) -> bytes:
    """Print with room between paragraphs."""
    return _document(list(_set_lines(lines, _WIDTH - 2 * _MARGIN, gaps=True)), columns=1)


def even_pdf(lines: Sequence[Line], _: str) -> bytes:
    """Print every line at the same distance: only an indent says where a paragraph begins."""
    return _document(list(_set_lines(lines, _WIDTH - 2 * _MARGIN, gaps=False)), columns=1)


def two_column_pdf(lines: Sequence[Line], _: str) -> bytes:
    """Print in two columns, read down the left one first."""
    return _document(list(_set_lines(lines, (_WIDTH - 2 * _MARGIN - _GUTTER) / 2, gaps=True)), columns=2)


def _set_lines(lines: Sequence[Line], width: float, *, gaps: bool) -> Iterator[_Set]:
    for kind, words in lines:
        is_heading = kind in _CENTRED_KINDS or (
            kind == "unit" and len(words) < _LONGEST_LABEL and "\u3000" not in words
        )
        indent = 0 if gaps or is_heading else _INDENT
        pieces = list(_wrap(words, width, indent))
        for place, piece in enumerate(pieces):
            centre = (width - _width(piece)) / 2 if kind in _CENTRED_KINDS else 0.0
            yield _Set(centre or (indent if not place else 0), piece, is_heading, gaps and not place)


def _wrap(words: str, width: float, indent: float) -> Iterator[str]:
    """Yield the lines of *words*: broken at spaces, and between any two characters of Chinese."""
    line, room = "", width - indent
    for piece in _pieces(words):
        if line and _width(line + piece) > room:
            yield line.rstrip()
            line, room = "", width
        line += piece if line else piece.lstrip()
    if line:
        yield line.rstrip()


def _pieces(words: str) -> Iterator[str]:
    word = ""
    for sign in words:
        word += sign
        if sign == " " or ord(sign) > _WIDE:
            yield word
            word = ""
    if word:
        yield word


_WIDE = 11_904


def _width(words: str) -> float:
    return sum(_SIZE if ord(sign) >= _WIDE else _SIZE / 2 for sign in words)


def _document(lines: Sequence[_Set], *, columns: int) -> bytes:
    sheets: list[list[bytes]] = [[]]
    column, y = 0, float(_HEIGHT - _MARGIN)
    left = (_WIDTH - 2 * _MARGIN + _GUTTER) / columns
    for line in lines:
        y -= _LINE_HEIGHT * (1.6 if line.gap else 1)
        if y < _MARGIN:
            column, y = column + 1, float(_HEIGHT - _MARGIN - _LINE_HEIGHT)
            if column == columns:
                column = 0
                sheets.append([])
        code = line.words.encode("utf-16-be").hex().encode()
        at = _MARGIN + column * left + line.x
        sheets[-1].append(b"BT /%s %d Tf %g %g Td <%s> Tj ET" % (b"B" if line.bold else b"R", _SIZE, at, y, code))
    for number, sheet in enumerate(sheets, 1):
        code = str(number).encode("utf-16-be").hex().encode()
        sheet.append(b"BT /R %d Tf %g %g Td <%s> Tj ET" % (_SIZE, _WIDTH / 2, _MARGIN / 2, code))
    return _file([b"\n".join(sheet) for sheet in sheets])


def _file(sheets: Sequence[bytes]) -> bytes:
    kids = " ".join(f"{8 + 2 * place} 0 R" for place in range(len(sheets))).encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(sheets)),
        b"<</Type/Font/Subtype/Type0/BaseFont/Plain/Encoding/Identity-H/DescendantFonts[5 0 R]/ToUnicode 7 0 R>>",
        b"<</Type/Font/Subtype/Type0/BaseFont/Plain-Bold/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>",
        _FONT % (b"Plain", b"Plain", 4),
        _FONT % (b"Plain-Bold", b"Plain-Bold", 262_148),
        b"<</Length %d>>stream\n%s\nendstream" % (len(_MAP), _MAP),
    ]
    for place, content in enumerate(sheets):
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents %d 0 R/Resources<</Font<</R 3 0 R/B 4 0 R>>>>>>"
            % (_WIDTH, _HEIGHT, 9 + 2 * place)
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
    body, offsets = b"%PDF-1.4\n", []
    for number, item in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\n" % (size, table, size)
    return body + head + b"startxref\n%d\n%%%%EOF" % len(body)
