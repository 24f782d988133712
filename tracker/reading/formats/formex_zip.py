"""The zip that Cellar sends for an act in Formex: publication, act and annexes, made one document in that order."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from tracker.reading.errors import RefusedError

MOST_ENTRIES = 4_000
MOST_EXPANDED = 20_000_000
_PROLOG = re.compile(rb"^\xef\xbb\xbf|<\?xml[^>]{0,200}\?>|<!DOCTYPE[^>\[]{0,400}>")
_FORMEX = re.compile(rb"<(?:BIB\.INSTANCE|INFO\.CONSLEG|BIB\.DOC|TI\.ART|ENACTING\.TERMS)\b")
_ACT = re.compile(rb"<(?:ACT|CONS\.ACT|DECISION|AGR|GENERAL|CORR)\b")


def holds_formex(body: bytes) -> bool:
    """Return whether the archive *body* may hold Formex: XML beside one another, and no Word document."""
    if body.count(b"PK\x01\x02") > MOST_ENTRIES:
        return False
    try:
        with zipfile.ZipFile(BytesIO(body)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return False
    is_office = any(name.startswith(("word/", "xl/", "ppt/")) or name == "[Content_Types].xml" for name in names)
    return not is_office and any(name.lower().endswith(".xml") for name in names)


def read_formex_zip(body: bytes) -> bytes:
    """Return the parts of a Formex zip as one document. Raises RefusedError for other archives and for a bomb."""
    try:
        parts = list(_parts(body))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError) as error:
        raise RefusedError(f"no known format: a damaged zip archive ({type(error).__name__})") from None
    if not any(rank == 1 for rank, _, __ in parts):
        raise RefusedError("no known format: a zip archive that is neither a Word document nor an act in Formex")
    return b"<COMBINED.FMX>" + b"\n".join(xml for _, __, xml in sorted(parts)) + b"</COMBINED.FMX>"


def _parts(body: bytes) -> Iterator[tuple[int, str, bytes]]:
    left = MOST_EXPANDED
    with zipfile.ZipFile(BytesIO(body)) as archive:
        for name in filter(lambda name: name.lower().endswith(".xml"), archive.namelist()):
            with archive.open(name) as member:
                xml = member.read(left + 1)
            left -= len(xml)
            if left < 0:
                raise RefusedError(f"a zip bomb: it expands to more than {MOST_EXPANDED:,} bytes")
            if _FORMEX.search(xml) or _ACT.search(xml):
                yield _rank(name, xml), name, _PROLOG.sub(b"", xml).strip()


def _rank(name: str, xml: bytes) -> int:
    """Return the place of a part: what is published (.doc.xml) first, then acts, then what is annexed to them."""
    if ".doc." in name.lower():
        return 0
    return 1 if _ACT.search(xml[:20_000]) else 2
