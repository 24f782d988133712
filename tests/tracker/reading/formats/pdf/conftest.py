"""A minimal PDF writer, so that every fixture is a few lines a reader can check by eye."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

_HEAD = b"%PDF-1.4\n"


@dataclass
class Sheet:
    """One page: what is drawn on it, in order."""

    content: list[bytes] = field(default_factory=list)

    def text(self, x: float, y: float, words: str, size: float = 11, face: str = "F1") -> Sheet:
        escaped_words = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        raw = escaped_words.encode("cp1252") if face != "F3" else words.encode("ascii")
        self.content.append(b"BT /%s %g Tf %g %g Td (%s) Tj ET" % (face.encode(), size, x, y, raw))
        return self

    def lines(self, x: float, y: float, *lines: str, size: float = 11, face: str = "F1") -> Sheet:
        for place, line in enumerate(lines):
            self.text(x, y - place * size * 1.2, line, size, face)
        return self

    def rule(self, x: float, y: float, width: float, height: float = 0.7) -> Sheet:
        self.content.append(b"%g %g %g %g re f" % (x, y, width, height))
        return self


def write(sheets: list[Sheet], devanagari: str = "") -> bytes:
    """Return *sheets* as a PDF; in face F3 the letters A, B, C … mean the letters of *devanagari*."""
    pairs = [f"<{65 + n:02X}> <{ord(c):04X}>" for n, c in enumerate(devanagari or "A")]
    mapping = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def",
        "1 begincodespacerange <00> <FF> endcodespacerange",
        f"{len(pairs)} beginbfchar",
        *pairs,
        "endbfchar endcmap end end",
    ]
    cmap = "\n".join(mapping).encode()
    count = len(sheets)
    kids = " ".join(f"{7 + 2 * n} 0 R" for n in range(count)).encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(cmap), cmap),
    ]
    for place, sheet in enumerate(sheets):
        content = b"\n".join(sheet.content)
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
            b"/Resources<</Font<</F1 3 0 R/F2 4 0 R/F3 5 0 R>>>>>>" % (8 + 2 * place)
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
    return _assemble(objects)


def _assemble(objects: list[bytes]) -> bytes:
    body, offsets = _HEAD, []
    for number, item in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return body + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        size,
        table,
        size,
        len(body),
    )


@pytest.fixture
def sheet() -> Callable[[], Sheet]:
    return Sheet


@pytest.fixture
def pdf() -> Callable[..., bytes]:
    return write
