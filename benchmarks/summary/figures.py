"""The figures of a page of results: read from its tables and sentences, never typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.summary.promises import FigurePlace

_NUMBER = re.compile(r"[-+−]?\d[\d,]*(?:\.\d+)?|[-+−]?\.\d+")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it stands in a page; where so many of so many are meant, ``good`` and ``count`` of them."""

    text: str
    value: float
    good: int | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class MarkdownTable:
    """A table of a page: its headings, and the cells of each row."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def figures_at(page: str, place: FigurePlace) -> list[Figure]:
    """Return every figure that stands at *place*, none when the page has nothing there."""
    return list(_by_pattern(page, place.find) if place.find else _in_tables(page, place))


def _by_pattern(page: str, pattern: str) -> Iterator[Figure]:
    for match in re.finditer(pattern, page, re.MULTILINE):
        if "all" in match.re.groupindex:
            good, count = (int(match[name].replace(",", "")) for name in ("good", "all"))
            yield Figure(f"{good:,} of {count:,}", good / count if count else 0.0, good, count)
        else:
            yield from _figure(match[1])


def _in_tables(page: str, place: FigurePlace) -> Iterator[Figure]:
    for table in tables_of(page):
        if place.column in table.headings:
            at = table.headings.index(place.column)
            for cells in table.rows:
                if set(place.row) <= set(cells) and at < len(cells):
                    yield from _figure(cells[at])


def _figure(text: str) -> Iterator[Figure]:
    number = _NUMBER.search(text)
    if number:
        yield Figure(number[0], float(number[0].replace(",", "").replace("−", "-")))


def tables_of(page: str) -> list[MarkdownTable]:
    """Return the tables of a page in Markdown; marks of bold type are no part of a cell."""
    tables, lines = [], []
    for line in [*page.splitlines(), ""]:
        if line.startswith("|"):
            lines.append(tuple(cell.strip().replace("**", "") for cell in line.strip().strip("|").split("|")))
        elif lines:
            tables.append(MarkdownTable(lines[0], tuple(lines[2:])))
            lines = []
    return tables
