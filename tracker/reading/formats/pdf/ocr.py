"""Read a scanned page with the ``tesseract`` program, when the system has it, as rows like those of a text layer."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby
from statistics import median

from tracker.reading.formats.limited_program import run_limited
from tracker.reading.formats.pdf.process import NoAnswerError, picture_of
from tracker.reading.formats.pdf.rows import GlyphRow, is_wide

MOST_PAGES = 60
_SECONDS_A_PAGE = 90
_POINTS_A_DOT = 72 / 300
_LANGUAGES = {"cn": ("chi_sim",), "eu": ("eng",), "us": ("eng",), "in": ("eng", "hin")}
_ANY_LANGUAGE = ("eng", "chi_sim")

OcrWords = list[dict[str, str]]


@lru_cache(maxsize=1)
def recognise(body: bytes, pages: int, jurisdiction: str) -> tuple[list[list[GlyphRow]], str]:
    """Return the rows of every page of the scan *body*, and the languages they were read in.

    The latest result is kept: it took seconds a page. Raises NoAnswerError when nothing can read it, saying what to do.
    """
    program = shutil.which("tesseract")
    scan = f"{pages} page(s) without text: a scan, or pictures only"
    if program is None:
        raise NoAnswerError("no text layer", f"{scan}; install tesseract to read scans")
    languages = _languages_for(program, jurisdiction)
    if not languages:
        names = " or ".join(_LANGUAGES.get(jurisdiction, _ANY_LANGUAGE))
        raise NoAnswerError("no text layer", f"{scan}; tesseract lacks the language {names}")
    if pages > MOST_PAGES:
        raise NoAnswerError("scan too long", f"a scan of {pages} pages; at most {MOST_PAGES} are read")
    return [_page(program, picture_of(body, page), languages) for page in range(pages)], languages


def _languages_for(program: str, jurisdiction: str) -> str:
    process = _run([program, "--list-langs"], b"")
    have = set(process.decode("utf-8", "replace").split())
    return "+".join(name for name in _LANGUAGES.get(jurisdiction, _ANY_LANGUAGE) if name in have)


def _page(program: str, picture: bytes, languages: str) -> list[GlyphRow]:
    table = _run([program, "stdin", "stdout", "-l", languages, "--psm", "3", "tsv"], picture).decode("utf-8", "replace")
    return _rows(csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE), picture)


def _run(command: list[str], job: bytes) -> bytes:
    try:
        process = run_limited(command, job, _SECONDS_A_PAGE)
    except OSError as error:
        raise NoAnswerError("ocr failed", f"tesseract gave no answer: {type(error).__name__}") from None
    if process.returncode < 0:
        raise NoAnswerError("ocr failed", f"a page not read within {_SECONDS_A_PAGE} seconds of processor time")
    if process.returncode != 0:
        raise NoAnswerError("ocr failed", f"tesseract failed with status {process.returncode}")
    return process.stdout or process.stderr


def _rows(table: Iterable[dict[str, str]], picture: bytes) -> list[GlyphRow]:
    height = int(picture.split(b" ", 3)[2])
    words = [word for word in table if word.get("level") == "5" and (word.get("text") or "").strip()]
    blocks = [list(block) for _, block in groupby(words, key=lambda word: word["block_num"])]
    return [row for block in blocks for row in _block(block, height)]


def _block(words: OcrWords, height: int) -> list[GlyphRow]:
    left = min(int(word["left"]) for word in words)
    right = max(int(word["left"]) + int(word["width"]) for word in words)
    column = (left * _POINTS_A_DOT, right * _POINTS_A_DOT)
    lines = groupby(words, key=lambda word: (word["par_num"], word["line_num"]))
    return [_row(list(line), height, column) for _, line in lines]


def _row(words: OcrWords, height: int, column: tuple[float, float]) -> GlyphRow:
    lefts = [int(word["left"]) for word in words]
    rights = [int(word["left"]) + int(word["width"]) for word in words]
    tops = [height - int(word["top"]) for word in words]
    bottoms = [height - int(word["top"]) - int(word["height"]) for word in words]
    size = median(top - bottom for top, bottom in zip(tops, bottoms, strict=True))
    dots = (min(lefts), max(rights), min(bottoms), max(tops), size)
    left, right, bottom, top, points = (dot * _POINTS_A_DOT for dot in dots)
    return GlyphRow(_spelt(words), left, right, bottom, top, round(points), 0, column)


def _spelt(words: OcrWords) -> str:
    """Join words by a space, what touches Chinese by none: tesseract takes every character or two for a word."""
    text = ""
    for word in words:
        piece = word["text"].strip()
        close = text != "" and (is_wide(text[-1]) or is_wide(piece[0]))
        text += piece if close or not text else f" {piece}"
    return text
