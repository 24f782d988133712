"""Recognise what repeats at the edges of pages: running heads, feet and page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from tracker.reading.formats.pdf.rows import GlyphRow

_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"(?:page\s+)?[-–—]?\s*(?:\d{1,4}|[ivxl]{1,6})\s*[-–—]?(?:\s*(?:of|/)\s*\d{1,4})?", re.I)
_LAW = re.compile(
    r"第[一二三四五六七八九十百]{1,7}[编章节条]|(?:\(\w{1,5}\)|\d{1,3}[A-Z]?\.|§|Sec(?:tion)?\b|Article\s+\d).*\w{3}",
    re.I,
)
# Article 5, Artigo 5.º, 5. cikk: the title of a unit, or a page number, if it counts with the pages
_TITLE = re.compile(
    r"[^\W\d_]{2,12}\.?\s(?P<number>\d{1,3})[A-Za-z]?[.º°]{0,2}|(?P<first>\d{1,3})[A-Za-z]?\.?\s[^\W\d_]{2,12}"
)


def edge_rows(pages: Sequence[Sequence[GlyphRow]]) -> set[tuple[int, int]]:
    """Return (page, row) of every row that is furniture.

    The outermost row may alternate from page to page and count pages; the next one must stand word for word on
    several pages, since the first line of a page of law may look like that of another. What begins like a
    provision is never furniture.
    """
    outer = [_outermost(rows) for rows in pages]
    counts = Counter(key for rows, (top, foot) in zip(pages, outer, strict=True) for key in _keys(rows, top, foot))
    enough = max(2.0, 0.3 * len(pages))
    steps = Counter(step for page, rows in enumerate(pages) for step in _steps(page, rows, *outer[page]))
    places: set[tuple[int, int]] = set()
    for page, (top, foot) in enumerate(outer):
        for edge in (top, foot):
            for depth, place in enumerate(edge):
                text = pages[page][place].text
                repeats = counts[_key(text, depth)] >= enough and not _LAW.match(text)
                is_title = _TITLE.fullmatch(text) is not None and steps[_step(page, text)] < enough
                if not _NUMBER.fullmatch(text) and (not repeats or is_title):
                    break
                places.add((page, place))
    return places


def _outermost(rows: Sequence[GlyphRow]) -> tuple[list[int], list[int]]:
    """Return the two topmost and the two lowest rows, outermost first; reading order is not order of height."""
    by_height = sorted(range(len(rows)), key=lambda place: -rows[place].top)
    if len(rows) < 4:
        return by_height[:1], by_height[1:][-1:]
    return by_height[:2], by_height[:-3:-1]


def _steps(page: int, rows: Sequence[GlyphRow], top: Sequence[int], foot: Sequence[int]) -> set[tuple[str, int]]:
    return {_step(page, rows[place].text) for place in (*top, *foot) if _TITLE.fullmatch(rows[place].text)}


def _step(page: int, text: str) -> tuple[str, int]:
    """Return what a title and the number of its page have in common: the words, and how far the numbers are apart."""
    match = _TITLE.fullmatch(text)
    number = int(match["number"] or match["first"]) if match else 0
    return _key(text, 0), number - page


def _keys(rows: Sequence[GlyphRow], top: Sequence[int], foot: Sequence[int]) -> set[str]:
    return {_key(rows[place].text, depth) for edge in (top, foot) for depth, place in enumerate(edge)}


def _key(text: str, depth: int) -> str:
    return f"{depth}:{_DIGITS.sub('#', text) if depth == 0 else text}".casefold()
