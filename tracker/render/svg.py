"""Pictures as SVG made on the server: a line of time, bars by week, a heat map, squares of coverage.

Every picture can be read without colour: numbers, shapes and hatching say what its shades say, and the page has the
same facts as a table. Only presentation attributes and class names are used, so that no style is ours inline.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from markupsafe import Markup

_WIDTH = 720
_CELL, _GAP = 30, 4
_PATTERN = (
    '<pattern id="{id}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<line x1="0" y1="0" x2="0" y2="6" class="hatch"/></pattern>'
)


@dataclass(frozen=True, slots=True)
class TimelinePoint:
    """One numbered mark on a line of time: ``shape`` is circle, square, triangle or tick."""

    number: int
    on: date
    shape: str
    label: str


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One square with its name, its number and how dark it is, from 0 to 4."""

    name: str
    number: int
    shade: int
    address: str = ""


@dataclass(frozen=True, slots=True)
class BarRow:
    """One row of bars with its name; a number for each column."""

    name: str
    numbers: tuple[int, ...]


def timeline_svg(points: Sequence[TimelinePoint], today: date, title: str, today_label: str) -> Markup:
    """Return the marks on a line from the first day to the last, years under it, today as a dashed line."""
    if not points:
        return Markup("")
    first, last = min(p.on for p in points), max([*(p.on for p in points), today])
    span = max((last - first).days, 1)
    places = [16 + (_WIDTH - 32) * (p.on - first).days / span for p in points]
    levels = _levels(places)
    base = 34 + 22 * max(levels)
    parts = [f'<line x1="8" y1="{base}" x2="{_WIDTH - 8}" y2="{base}" class="axis"/>', *_years(first, last, span, base)]
    x_today = 16 + (_WIDTH - 32) * (today - first).days / span
    if first <= today:
        parts.append(f'<line x1="{x_today:.1f}" y1="12" x2="{x_today:.1f}" y2="{base + 8}" class="now"/>')
        anchor = "end" if x_today > _WIDTH - 60 else "start"
        x_text = x_today + (-4 if anchor == "end" else 4)
        parts.append(_text(x_text, 10, today_label, "small", anchor))
    for point, x, level in zip(points, places, levels, strict=True):
        y = base - 16 - 22 * level
        parts.append(f'<line x1="{x:.1f}" y1="{base}" x2="{x:.1f}" y2="{y + 9}" class="stem"/>')
        later = " ahead" if point.on > today else ""
        inside = _shape(point.shape, x, y) + _text(x, y + 4, str(point.number))
        parts.append(_group(f"mark {point.shape}{later}", point.label, inside))
    return _svg(_WIDTH, base + 26, title, "".join(parts))


def bars_svg(rows: Sequence[BarRow], columns: Sequence[str], title: str) -> Markup:
    """Return small bars, a row for each name and a column for each week, each with its number."""
    most = max((n for row in rows for n in row.numbers), default=0)
    if not most:
        return Markup("")
    left, height = 130, 40
    step = (_WIDTH - left) / len(columns)
    parts = []
    for place, row in enumerate(rows):
        base = (place + 1) * (height + 14)
        parts.append(_text(0, base - 4, row.name, "name", "start"))
        parts.append(f'<line x1="{left}" y1="{base}" x2="{_WIDTH}" y2="{base}" class="axis"/>')
        for column, number in enumerate(row.numbers):
            if number:
                tall = max(height * number / most * 0.75, 2)
                x = left + column * step
                parts.append(_box(x + 1, base - tall, step - 2, tall, "bar"))
                parts.append(_text(x + step / 2, base - tall - 2, str(number), "small"))
    bottom = len(rows) * (height + 14) + 14
    every = max(len(columns) // 6, 1)
    parts += [
        _text(left + n * step, bottom, name, "small", "start")
        for n, name in enumerate(columns)
        if n % every == 0 and n + every // 2 < len(columns)
    ]
    return _svg(_WIDTH, bottom + 6, title, "".join(parts))


def heat_svg(cells: Sequence[HeatCell], title: str) -> Markup:
    """Return a square for each cell, darker the higher its number, which stands in it under its name."""
    if not cells:
        return Markup("")
    wide = 56
    columns = max((_WIDTH + _GAP) // (wide + _GAP), 1)
    parts = []
    for place, cell in enumerate(cells):
        x, y = place % columns * (wide + _GAP), place // columns * (_CELL + 8 + _GAP)
        number = str(cell.number) if cell.number else "·"
        inside = _box(x, y, wide, _CELL + 8) + _text(x + wide / 2, y + 14, cell.name, "small")
        inside += _text(x + wide / 2, y + 31, number)
        parts.append(_group(f"cell s{cell.shade}", f"{cell.name}: {cell.number}", inside))
    rows = (len(cells) - 1) // columns + 1
    return _svg(_WIDTH, rows * (_CELL + 8 + _GAP), title, "".join(parts))


def squares_svg(rows: Sequence[tuple[str, Sequence[HeatCell]]], title: str) -> Markup:
    """Return rows of squares with a name each; shade 0 is hollow, 1 hatched, 2 full."""
    left, parts, y = 130, [_PATTERN.format(id="stale")], 0
    columns = (_WIDTH - left) // (_CELL + _GAP)
    for name, cells in rows:
        parts.append(_text(0, y + 19, name, "name", "start"))
        for place, cell in enumerate(cells):
            x, down = left + place % columns * (_CELL + _GAP), y + place // columns * (_CELL + _GAP)
            inside = _box(x, down, _CELL, _CELL) + _text(x + _CELL / 2, down + 19, str(cell.number), "small")
            parts.append(_group(f"square q{cell.shade}", f"{cell.name}: {cell.number}", inside))
        y += (max(len(cells) - 1, 0) // columns + 1) * (_CELL + _GAP) + 8
    return _svg(_WIDTH, y, title, "".join(parts)) if rows else Markup("")


def _svg(width: int, height: float, title: str, inside: str) -> Markup:
    name = escape(title)
    return Markup(  # noqa: S704 - every text of it was escaped
        f'<svg class="picture" role="img" viewBox="0 0 {width} {height:.0f}" xmlns="http://www.w3.org/2000/svg" '
        f'aria-label="{name}"><title>{name}</title>{inside}</svg>'
    )


def _text(x: float, y: float, text: str, name: str = "", anchor: str = "middle") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" class="{name}">{escape(text)}</text>'


def _box(x: float, y: float, width: float, height: float, name: str = "") -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" class="{name}"/>'


def _group(name: str, title: str, inside: str) -> str:
    return f'<g class="{name}"><title>{escape(title)}</title>{inside}</g>'


def _levels(places: Sequence[float], apart: float = 24) -> list[int]:
    """Return how high above the line each mark stands, so that none covers another."""
    ends: list[float] = []
    levels = []
    for x in places:
        level = next((n for n, end in enumerate(ends) if x - end >= apart), len(ends))
        if level == len(ends):
            ends.append(x)
        ends[level] = x
        levels.append(level)
    return levels


def _years(first: date, last: date, span: int, base: float) -> list[str]:
    every = max((last.year - first.year) // 8, 1)
    ticks: list[str] = []
    label_end = -100.0
    for year in range(first.year, last.year + 1, every):
        on = max(date(year, 1, 1), first)
        x = 16 + (_WIDTH - 32) * (on - first).days / span
        if x - label_end < 0:
            continue
        label_end = x + 34
        ticks.append(f'<line x1="{x:.1f}" y1="{base}" x2="{x:.1f}" y2="{base + 5}" class="axis"/>'
                     f'<text x="{x:.1f}" y="{base + 18}" class="small">{year}</text>')  # fmt: skip
    return ticks


def _shape(shape: str, x: float, y: float) -> str:
    if shape == "square":
        return f'<rect x="{x - 9:.1f}" y="{y - 9}" width="18" height="18"/>'
    if shape == "triangle":
        return f'<path d="M{x:.1f} {y - 12}L{x + 12:.1f} {y + 9}L{x - 12:.1f} {y + 9}Z"/>'
    return f'<circle cx="{x:.1f}" cy="{y}" r="10"/>'
