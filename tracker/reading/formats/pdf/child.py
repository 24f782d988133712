"""The half of PDF reading that touches hostile bytes: runs in a process of its own, with little memory and time.

A PDF of a few kilobytes can ask for gigabytes of memory or hours of work, by streams that expand without end or forms
that draw each other; PDFium follows. Nothing inside a process can stop that, so the system does.
"""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import astuple
from typing import Any

import pypdfium2

from tracker.reading.formats.pdf.letters import Glyph, font_is_bold, letters_of, strikes_of
from tracker.reading.formats.pdf.rows import gutter_of, rows_of, runs_of

MOST_PAGES = 2_000
MOST_LETTERS = 3_000_000
MOST_MEMORY = 360_000_000
_DOTS_PER_INCH = 300
_MOST_DOTS = 16_000_000


def main(arguments: Sequence[str]) -> None:
    """Answer on standard output what *arguments* ask about the PDF on standard input."""
    seconds, task, *rest = arguments
    _limit(int(seconds))
    body = sys.stdin.buffer.read()
    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        cause = "encrypted pdf" if "assword" in str(error) else "broken pdf"
        _say({"refused": [cause, str(error)]})
        return
    try:
        _TASKS[task](document, *rest)
    except pypdfium2.PdfiumError as error:
        _say({"refused": ["broken pdf", str(error)]})


def _limit(seconds: int) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # where the system has no limits, the parent's clock is
        import resource  # noqa: PLC0415 - not on every system

        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _say(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer))


def _text(document: Any) -> None:
    pages = len(document)
    if not 0 < pages <= MOST_PAGES:
        cause = "pdf too large" if pages else "broken pdf"
        _say({"refused": [cause, f"{pages:,} pages, at most {MOST_PAGES:,}" if pages else "there is no page in it"]})
        return
    answer: dict[str, Any] = {"rows": [], "struck": [], "turned": [], "raw": [], "letters": 0}
    gutter: float | None = None
    for number in range(pages):
        gutter = _page(document[number], answer, gutter)
        if answer["letters"] >= MOST_LETTERS:
            _say({"refused": ["pdf too large", f"more than {MOST_LETTERS:,} letters"]})
            return
    _say(answer)


def _page(page: Any, answer: dict[str, Any], before: float | None) -> float | None:
    """Add a page to *answer*; return its gutter, as *before* is that of the page before it."""
    textpage = page.get_textpage()
    try:
        letters = list(letters_of(textpage, strikes_of(page), MOST_LETTERS - answer["letters"]))
        runs = runs_of(letter for letter in letters if not letter.is_struck and not letter.is_turned)
        rows = rows_of(runs, before)
        answer["letters"] += len(letters)
        answer["rows"].append([[*astuple(row), font_is_bold(textpage, row.index)] for row in rows])
        answer["raw"].append(textpage.get_text_range(errors="replace"))
        _set_aside(letters, answer)
        return gutter_of(runs, before)
    finally:
        textpage.close()
        page.close()


def _set_aside(letters: Sequence[Glyph], answer: dict[str, Any]) -> None:
    struck_letters = [letter for letter in letters if letter.is_struck and not letter.is_turned]
    answer["struck"] += [run.text for run in runs_of(struck_letters)]
    turned_text = "".join((" " if letter.space else "") + letter.char for letter in letters if letter.is_turned).strip()
    answer["turned"] += [turned_text] if turned_text else []


def _picture(document: Any, number: str) -> None:
    """Write one page as a grey picture (PGM), 300 dots an inch unless that makes it larger than any real page."""
    page = document[int(number)]
    width, height = page.get_size()
    scale = _DOTS_PER_INCH / 72
    scale *= min(1.0, (_MOST_DOTS / max(1.0, width * height * scale * scale)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    lines = bytes(bitmap.buffer)
    rows = (lines[y * bitmap.stride : y * bitmap.stride + bitmap.width] for y in range(bitmap.height))
    sys.stdout.buffer.write(b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + b"".join(rows))


_TASKS: dict[str, Callable[..., None]] = {"text": _text, "picture": _picture}
