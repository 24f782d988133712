"""Open a PDF and take it apart; what cannot be read says why."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from storage.records import Flaw, Note
from tracker.reading.formats.pdf.model import (
    HINDI,
    STRUCK_TEXT,
    KnownPageFurniture,
    Paragraph,
    PdfText,
    no_furniture,
)
from tracker.reading.formats.pdf.ocr import recognise
from tracker.reading.formats.pdf.page_furniture import edge_rows
from tracker.reading.formats.pdf.paragraphs import Set, paragraphs_of
from tracker.reading.formats.pdf.process import NoAnswerError, text_of
from tracker.reading.formats.pdf.rows import GlyphRow

SIZE_LIMIT = 64_000_000
_LEAST_LETTERS = 12
_HINDI_SHARE = 0.3


@lru_cache(maxsize=4)
def read_pdf(body: bytes, is_furniture: KnownPageFurniture = no_furniture, jurisdiction: str = "") -> PdfText:
    """Return the text of *body*. Never raises for a bad PDF: a fatal flaw names the cause.

    *is_furniture* names the furniture a publisher is known for, or nothing; *jurisdiction* tells the languages of a
    scan, which is read by OCR where the system has it. The latest results are kept, since a page is asked for its
    tradition and then read; treat them as read-only.
    """
    if len(body) > SIZE_LIMIT:
        return _refusal("pdf too large", f"{len(body):,} bytes, at most {SIZE_LIMIT:,}")
    try:
        answer = text_of(body)
        if answer["letters"] < _LEAST_LETTERS:
            return _scan(body, len(answer["rows"]), is_furniture, jurisdiction)
    except NoAnswerError as error:
        return _refusal(error.cause, str(error))
    return _read(answer, is_furniture)


def _refusal(cause: str, text: str) -> PdfText:
    return PdfText(flaws=[Flaw(cause, text, fatal=True)])


def _read(answer: dict[str, Any], is_furniture: KnownPageFurniture) -> PdfText:
    rows = [[_row(row) for row in page] for page in answer["rows"]]
    bold = {(page, row[6]): bool(row[8]) for page, page_rows in enumerate(answer["rows"]) for row in page_rows}
    read = PdfText(pages=len(rows), raw=list(answer["raw"]))
    read.notes += [Note(STRUCK_TEXT, text) for text in answer["struck"]]
    read.furniture += [Note("turned text", text) for text in answer["turned"]]
    empty = [str(n + 1) for n, page_rows in enumerate(rows) if not page_rows]
    if empty:
        read.flaws.append(Flaw("page without text", f"page {', '.join(empty[:20])} of {len(rows)} has no text layer"))
    _compose(rows, bold, read, is_furniture)
    return read


def _row(values: Sequence[Any]) -> GlyphRow:
    text, left, right, bottom, top, size, index, column, _ = values
    return GlyphRow(text, left, right, bottom, top, size, index, (column[0], column[1]))


def _scan(body: bytes, pages: int, is_furniture: KnownPageFurniture, jurisdiction: str) -> PdfText:
    rows, languages = recognise(body, pages, jurisdiction)
    flaw = Flaw("read by OCR", f"a scan of {pages} page(s), read by tesseract ({languages}): letters may be wrong")
    read = PdfText(pages=pages, flaws=[flaw], raw=["\n".join(row.text for row in page) for page in rows])
    _compose(rows, {}, read, is_furniture)
    return read


def _compose(
    rows: Sequence[Sequence[GlyphRow]],
    bold: dict[tuple[int, int], bool],
    read: PdfText,
    is_furniture: KnownPageFurniture,
) -> None:
    edges = edge_rows(rows)
    paragraphs: list[Set] = []
    for page, page_rows in enumerate(rows):
        for place, row in enumerate(page_rows):
            name = is_furniture(row.text) or ("running head" if (page, place) in edges else _ornament(row.text))
            if name:
                read.furniture.append(Note(name, row.text))
            else:
                paragraphs.append(Set(row, page + 1, bold.get((page, row.index), False)))
    hindi = [item for item in paragraphs if _hindi_share(item.row.text) > _HINDI_SHARE]
    if hindi and len(hindi) < len(paragraphs):
        read.notes.append(Note(HINDI, "\n".join(item.row.text for item in hindi)))
        read.flaws.append(Flaw("hindi text layer", "the Hindi half is kept but unfit for comparison; English is read"))
        paragraphs = [item for item in paragraphs if item not in hindi]
    read.paragraphs = _without_signature(paragraphs_of(paragraphs), read)


def _ornament(text: str) -> str:
    return "" if any(c.isalnum() for c in text) else "ornament"


def _without_signature(paragraphs: list[Paragraph], read: PdfText) -> list[Paragraph]:
    remaining_rows = []
    for paragraph in paragraphs:
        if paragraph.text.startswith("Digitally signed by"):
            read.furniture.append(Note("signature", paragraph.text))
        else:
            remaining_rows.append(paragraph)
    return remaining_rows


def _hindi_share(text: str) -> float:
    devanagari = sum("\u0900" <= c <= "\u097f" for c in text)
    return devanagari / sum(not c.isspace() for c in text) if devanagari else 0.0
