"""Open a PDF and take it apart; what cannot be read says why."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import pypdfium2

from storage.records import Flaw, Note
from tracker.reading.pdf.furniture import edge_rows
from tracker.reading.pdf.letters import Letter, font_is_bold, letters_of, strikes_of
from tracker.reading.pdf.model import HINDI, STRUCK, Paragraph, PdfText
from tracker.reading.pdf.paragraphs import Set, paragraphs_of
from tracker.reading.pdf.rows import Row, rows_of, runs_of

SIZE_LIMIT = 64_000_000
MOST_PAGES = 2_000
MOST_LETTERS = 3_000_000
_LEAST_LETTERS = 12
_HINDI_SHARE = 0.3
_ONE_AT_A_TIME = threading.Lock()  # PDFium may be called by one thread at a time only


Known = Callable[[str], str]


def no_furniture(_: str) -> str:
    """Know no furniture by its words."""
    return ""


@lru_cache(maxsize=1)
def read_pdf(body: bytes, known: Known = no_furniture) -> PdfText:
    """Return the text layer of *body*. Never raises for a bad PDF: a fatal flaw names the cause.

    *known* names the furniture a publisher is known for, or returns nothing. The latest result is kept, since a
    page is asked for its tradition and then read; treat it as read-only.
    """
    if len(body) > SIZE_LIMIT:
        return _refused("pdf too large", f"{len(body):,} bytes, at most {SIZE_LIMIT:,}")
    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(body)
        except pypdfium2.PdfiumError as error:
            cause = "encrypted pdf" if "assword" in str(error) else "broken pdf"
            return _refused(cause, str(error))
        try:
            return _read(document, known)
        except pypdfium2.PdfiumError as error:
            return _refused("broken pdf", str(error))
        finally:
            document.close()


def _refused(cause: str, text: str) -> PdfText:
    return PdfText(flaws=[Flaw(cause, text, fatal=True)])


def _read(document: Any, known: Known) -> PdfText:
    pages = len(document)
    if pages == 0:
        return _refused("broken pdf", "there is no page in it")
    if pages > MOST_PAGES:
        return _refused("pdf too large", f"{pages:,} pages, at most {MOST_PAGES:,}")
    read = PdfText(pages=pages)
    rows: list[list[Row]] = []
    bold: dict[tuple[int, int], bool] = {}
    left = MOST_LETTERS
    for number in range(pages):
        page_rows, used = _page(document[number], number, read, bold, left)
        left -= used
        rows.append(page_rows)
        if left <= 0:
            return _refused("pdf too large", f"more than {MOST_LETTERS:,} letters")
    if MOST_LETTERS - left < _LEAST_LETTERS:
        return _refused("no text layer", f"{pages} page(s) without text: a scan, or pictures only")
    empty = [str(n + 1) for n, page_rows in enumerate(rows) if not page_rows]
    if empty:
        read.flaws.append(Flaw("page without text", f"page {', '.join(empty[:20])} of {pages} has no text layer"))
    _compose(rows, bold, read, known)
    return read


def _page(page: Any, number: int, read: PdfText, bold: dict[tuple[int, int], bool], left: int) -> tuple[list[Row], int]:
    textpage = page.get_textpage()
    try:
        letters = list(letters_of(textpage, strikes_of(page), left))
        _set_aside(letters, read)
        rows = rows_of(runs_of(letter for letter in letters if not letter.struck and not letter.turned))
        for row in rows:
            bold[number, row.index] = font_is_bold(textpage, row.index)
        return rows, len(letters)
    finally:
        textpage.close()
        page.close()


def _set_aside(letters: Sequence[Letter], read: PdfText) -> None:
    struck = [letter for letter in letters if letter.struck and not letter.turned]
    if struck:
        read.notes += [Note(STRUCK, run.text) for run in runs_of(struck)]
    turned = "".join((" " if letter.space else "") + letter.char for letter in letters if letter.turned).strip()
    if turned:
        read.furniture.append(Note("turned text", turned))


def _compose(rows: Sequence[Sequence[Row]], bold: dict[tuple[int, int], bool], read: PdfText, known: Known) -> None:
    edges = edge_rows(rows)
    kept: list[Set] = []
    for page, page_rows in enumerate(rows):
        for place, row in enumerate(page_rows):
            name = known(row.text) or ("running head" if (page, place) in edges else _ornament(row.text))
            if name:
                read.furniture.append(Note(name, row.text))
            else:
                kept.append(Set(row, page + 1, bold[page, row.index]))
    hindi = [item for item in kept if _hindi_share(item.row.text) > _HINDI_SHARE]
    if hindi and len(hindi) < len(kept):
        read.notes.append(Note(HINDI, "\n".join(item.row.text for item in hindi)))
        read.flaws.append(Flaw("hindi text layer", "the Hindi half is kept but unfit for comparison; English is read"))
        kept = [item for item in kept if item not in hindi]
    read.paragraphs = _without_signature(paragraphs_of(kept), read)


def _ornament(text: str) -> str:
    return "" if any(c.isalnum() for c in text) else "ornament"


def _without_signature(paragraphs: list[Paragraph], read: PdfText) -> list[Paragraph]:
    kept = []
    for paragraph in paragraphs:
        if paragraph.text.startswith("Digitally signed by"):
            read.furniture.append(Note("signature", paragraph.text))
        else:
            kept.append(paragraph)
    return kept


def _hindi_share(text: str) -> float:
    devanagari = sum("\u0900" <= c <= "\u097f" for c in text)
    return devanagari / sum(not c.isspace() for c in text) if devanagari else 0.0
