"""Numbers of units as steps of a count: 5, 5a and 5-1 in their order."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tracker.reading.structure.numbers import LATIN_SUFFIXES, fold_number, roman_to_int

Ordinal = tuple[int, str]
"""A number and what was put behind it when it was inserted: ``(5, "")``, ``(5, "a")``, ``(5, "0001")``."""

_PLAIN = re.compile(rf"(\d{{1,4}})(?:[ -]?({'|'.join(LATIN_SUFFIXES)})|[-.]?([a-z]{{1,3}})|-(\d{{1,2}}))?", re.I)


def ordinal(number: str) -> Ordinal | None:
    """Return where a printed *number* stands in its count, or None when it counts nothing (6-1-1702, 1003.2).

    >>> [ordinal(n) for n in ("5", "66A", "五十之一", "3 quater", "III", "6-1-1702")]
    [(5, ''), (66, 'a'), (50, '0001'), (3, '0004'), (3, ''), None]
    """
    number_text = fold_number(number)
    match = _PLAIN.fullmatch(number_text)
    if match:
        latin = LATIN_SUFFIXES.index(match[2].lower()) + 2 if match[2] else 0
        step = latin or int(match[4] or 0)
        return int(match[1]), f"{step:04d}" if step else (match[3] or "").lower()
    roman = roman_to_int(number_text) if number_text.isupper() else None
    return (roman, "") if roman is not None else None


def show(ordinals: Iterable[Ordinal]) -> str:
    """Return *ordinals* as a reader would write them, runs drawn together: ``3–7, 12a``."""
    parts: list[list[Ordinal]] = []
    for step in sorted(set(ordinals)):
        if parts and not step[1] and not parts[-1][-1][1] and step[0] == parts[-1][-1][0] + 1:
            parts[-1].append(step)
        else:
            parts.append([step])
    return ", ".join(_one(run[0]) if len(run) == 1 else f"{_one(run[0])}–{_one(run[-1])}" for run in parts)


def _one(step: Ordinal) -> str:
    number, inserted = step
    return f"{number}-{int(inserted)}" if inserted.isdigit() else f"{number}{inserted}"
