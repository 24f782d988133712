"""Put letters into rows and rows into reading order: columns left to right, full-width rows between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from tracker.reading.formats.pdf.letters import Glyph

_WORD_GAP = 0.068  # of the size: advance boxes touch inside a word; session laws set words 0.08 apart
_SMALL_GAP = 0.036  # small letters are kerned less than capitals
_PRINTED_SPACE_GAP = 0.03
_WIDE_GAP = 0.3  # Chinese is set without spaces, and spread over the line
_WIDE = re.compile("[\u2e80-\u2fff\u3001-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’]")
_RUN_GAP = 1.3
_MIN_COLUMN_ROWS = 8
_GUTTER = 7
_MIN_BESIDE = 4  # rows of the shorter column: the last page of a text
_CROSSED = 0.1  # of the rows, at most: full-width titles
_MIDDLE = (0.4, 0.6)  # of the width of the text


@dataclass(frozen=True, slots=True)
class GlyphRun:
    """Letters that stand together on one row."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    index: int

    @property
    def middle(self) -> float:
        """Return the height of the middle of the run."""
        return (self.bottom + self.top) / 2


@dataclass(frozen=True, slots=True)
class GlyphRow:
    """One printed line of one column, with the column's edges."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    index: int
    column: tuple[float, float]


def runs_of(letters: Iterable[Glyph]) -> list[GlyphRun]:
    """Return *letters* as runs, words inside a run parted by one space."""
    runs: list[GlyphRun] = []
    letters_of_row: list[Glyph] = []
    for letter in letters:
        if letters_of_row and not _follows(letters_of_row[-1], letter):
            runs.append(_run(letters_of_row))
            letters_of_row = []
        letters_of_row.append(letter)
    if letters_of_row:
        runs.append(_run(letters_of_row))
    return runs


def rows_of(runs: Sequence[GlyphRun], before: float | None = None) -> list[GlyphRow]:
    """Return *runs* as rows in reading order; *before* is the gutter of the page before."""
    gutter = gutter_of(runs, before)
    if gutter is None:
        return _single(runs)
    in_order: list[GlyphRow] = []
    left: list[GlyphRun] = []
    right: list[GlyphRun] = []
    for line in _lines(runs):
        if any(run.left < gutter - 1 and run.right > gutter + 1 for run in line):
            in_order += (rows_of(left) if left else []) + (rows_of(right) if right else [])
            left, right = [], []
            in_order += _single(line)
        else:
            left += [run for run in line if run.right <= gutter + 1]
            right += [run for run in line if run.right > gutter + 1]
    return in_order + (rows_of(left) if left else []) + (rows_of(right) if right else [])


def gutter_of(runs: Sequence[GlyphRun], before: float | None = None) -> float | None:
    """Return where *runs* are parted in two columns: by their look, or as the page *before* was."""
    gutter = _gutter(runs)
    if gutter is not None or before is None:
        return gutter
    crossing = (run for run in runs if run.left < before - 1 and run.right > before + 1)
    is_free = all(run.text.strip().isdecimal() for run in crossing)  # a page number may stand in the middle
    return before if is_free and any(run.left >= before for run in runs) else None


def _follows(last: Glyph, letter: Glyph) -> bool:
    size = max(last.size, letter.size, 1.0)
    overlap = min(last.top, letter.top) - max(last.bottom, letter.bottom)
    if overlap < 0.35 * min(last.size, letter.size):
        return False
    return -0.6 * size <= letter.left - last.right <= _RUN_GAP * size


def _run(letters: Sequence[Glyph]) -> GlyphRun:
    gaps = [b.left - a.right for a, b in pairwise(letters)]
    size = max(median(letter.size for letter in letters), 1.0)
    usual = max(0.0, min(median(gaps), 0.3 * size)) if len(gaps) > 3 else 0.0
    text = letters[0].char
    for gap, letter in zip(gaps, letters[1:], strict=True):
        text += (" " if gap > usual + _least_gap(text[-1], letter) * size else "") + letter.char
    lefts, rights = min(letter.left for letter in letters), max(letter.right for letter in letters)
    bottom, top = median(letter.bottom for letter in letters), median(letter.top for letter in letters)
    return GlyphRun(text, lefts, rights, bottom, top, size, letters[0].index)


def is_wide(letter: str) -> bool:
    """Return whether *letter* is Chinese or its punctuation."""
    return _WIDE.match(letter) is not None


def _least_gap(before: str, letter: Glyph) -> float:
    if letter.space:
        return _PRINTED_SPACE_GAP
    if is_wide(before) and is_wide(letter.char):
        return _WIDE_GAP
    return _SMALL_GAP if before.islower() and letter.char.islower() else _WORD_GAP


def _lines(runs: Sequence[GlyphRun]) -> list[list[GlyphRun]]:
    lines: list[list[GlyphRun]] = []
    for run in sorted(runs, key=lambda r: -r.middle):
        if lines and _beside(lines[-1][0], run):
            lines[-1].append(run)
        else:
            lines.append([run])
    return [sorted(line, key=lambda r: r.left) for line in lines]


def _beside(first: GlyphRun, run: GlyphRun) -> bool:
    overlap = min(first.top, run.top) - max(first.bottom, run.bottom)
    return overlap > 0.45 * min(first.top - first.bottom, run.top - run.bottom)


def _single(runs: Sequence[GlyphRun]) -> list[GlyphRow]:
    column = (min(run.left for run in runs), max(run.right for run in runs)) if runs else (0.0, 0.0)
    rows = []
    for line in _lines(runs):
        text = " ".join(run.text for run in line)
        size = max(line, key=lambda r: len(r.text)).size
        rows.append(
            GlyphRow(
                text,
                line[0].left,
                max(run.right for run in line),
                min(run.bottom for run in line),
                max(run.top for run in line),
                size,
                line[0].index,
                column,
            )
        )
    return rows


def _gutter(runs: Sequence[GlyphRun]) -> float | None:
    """Return where an empty strip parts the text in two, when most rows have text on both sides of it."""
    lines = _lines(runs)
    if len(lines) < _MIN_COLUMN_ROWS:
        return None
    left, right = min(run.left for run in runs), max(run.right for run in runs)
    first, last = int(left + 0.15 * (right - left)), int(left + 0.85 * (right - left))
    crossings = [0] * (last - first + 2)
    for run in runs:
        for x in range(max(first, int(run.left)), min(last, int(run.right)) + 1):
            crossings[x - first] += 1
    fewest = min(crossings[: last - first + 1], default=0)
    if fewest > 0.25 * len(lines):
        return None
    strip = _widest(crossings[: last - first + 1], fewest)
    if strip is None:
        return None
    gutter = first + (strip[0] + strip[1]) / 2
    both = sum(any(run.right <= gutter for run in line) and any(run.left >= gutter for run in line) for line in lines)
    if both >= max(_MIN_COLUMN_ROWS, 0.5 * len(lines)):
        return gutter
    return gutter if fewest <= _CROSSED * len(lines) and _is_halved(runs, gutter, left, right) else None


def _is_halved(runs: Sequence[GlyphRun], gutter: float, left: float, right: float) -> bool:
    """Return whether a strip in the middle parts two blocks of rows that stand beside each other, row by row or not."""
    if not _MIDDLE[0] < (gutter - left) / (right - left) < _MIDDLE[1]:
        return False
    halves = [[r for r in runs if r.right <= gutter], [r for r in runs if r.left >= gutter]]
    if max(map(len, halves)) < _MIN_COLUMN_ROWS:
        return False
    bottom = max(min(run.bottom for run in half) for half in halves)
    top = min(max(run.top for run in half) for half in halves)
    height = max(run.top - run.bottom for run in runs)  # two columns need not begin on one line
    beside = [sum(bottom <= run.middle <= top + height for run in half) for half in halves]
    return min(beside) >= _MIN_BESIDE


def _widest(crossings: Sequence[int], fewest: int) -> tuple[int, int] | None:
    best: tuple[int, int] | None = None
    start: int | None = None
    for x, count in enumerate([*crossings, fewest + 1]):
        if count <= fewest and start is None:
            start = x
        elif count > fewest and start is not None:
            if x - start >= _GUTTER and (best is None or x - start > best[1] - best[0]):
                best = (start, x)
            start = None
    return best
