"""The contents list of an Indian instrument: ARRANGEMENT OF SECTIONS, and the lines that belong to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.reading.india.line import IndianLine
from tracker.reading.india.numbering import NumberStyle, leading_digits, unit_of

CONTENTS = re.compile(
    r"ARRANGEMENT\s+OF\s+(?:SECTIONS|RULES|REGULATIONS|CLAUSES|ARTICLES|PARAGRAPHS)|(?:TABLE\s+OF\s+)?CONTENTS|INDEX",
    re.I,
)
_LEAST = 3


def split_contents(front: Sequence[IndianLine]) -> tuple[list[IndianLine], list[IndianLine]]:
    """Return the contents list of *front*, and *front* without it."""
    heading = next((place for place, line in enumerate(front) if CONTENTS.fullmatch(line.text)), None)
    start = _bare_list(front) if heading is None else heading
    if start is None:
        return [], list(front)
    after = start + 1
    while after < len(front) and _is_contents_line(front, after):
        after += 1
    return list(front[start:after]), [*front[:start], *front[after:]]


def _bare_list(front: Sequence[IndianLine]) -> int | None:
    """Return where a contents list begins that bears no heading: at a 1 with a 2 and a 3 behind it."""
    start, last = None, 0
    for place, line in enumerate(front):
        head = unit_of(line)
        number = leading_digits(head[0]) if head else 0
        if number == 1:
            start, last = place, 1
        elif number == last + 1:
            last = number
    return start if last >= _LEAST else None


def _is_contents_line(front: Sequence[IndianLine], place: int) -> bool:
    """Say whether a line belongs to a contents list: an entry, a heading, or the rest of a wrapped entry."""
    text = front[place].text
    if re.match(
        r"(?:An\s+Act\s+to|BE\s+it\s+enacted|WHEREAS|G\.?S\.?R|S\.?O\.)\b|(?:ACT\s+)?NO\.\s*\d+\s+OF\b|\[\s*\d|.*\bACT,\s+\d{4}$",
        text,
        re.I,
    ):
        return False
    return unit_of(front[place]) is not None or len(text) < 60 or (text.endswith(".") and not text.endswith("—"))


def is_headed(line: IndianLine, style: NumberStyle) -> bool:
    """Return whether a line begins a section with its heading and dash, which no entry of a contents list has."""
    head = style.unit(line)
    return head is not None and style.is_sure(line, head)


def is_contents(lines: Sequence[IndianLine], style: NumberStyle) -> bool:
    """Return whether *lines* are entries: numbers on most lines, and none with the heading and dash of a section."""
    entries = sum(unit_of(line) is not None for line in lines)
    return len(lines) >= _LEAST and 2 * entries >= len(lines) and not any(is_headed(line, style) for line in lines)
