"""The contents list of an Indian instrument: ARRANGEMENT OF SECTIONS, and the lines that belong to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.reading.india.line import IndianLine
from tracker.reading.india.numbering import unit_of

CONTENTS = re.compile(r"ARRANGEMENT\s+OF\s+(?:SECTIONS|RULES|REGULATIONS|CLAUSES)|CONTENTS", re.I)


def split_contents(front: Sequence[IndianLine]) -> tuple[list[IndianLine], list[IndianLine]]:
    """Return the contents list of *front*, and *front* without it."""
    for place, line in enumerate(front):
        if CONTENTS.fullmatch(line.text):
            after = place + 1
            while after < len(front) and _is_contents_line(front, after):
                after += 1
            return list(front[place:after]), [*front[:place], *front[after:]]
    return [], list(front)


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
