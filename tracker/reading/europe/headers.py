"""What the header of a page states about the act: its language, its CELEX number, the day it was published."""

from __future__ import annotations

import re
from datetime import date

_REFERENCE = re.compile(r"\b(0?[1-9]?\d{4}[A-Z]{1,2}\d{4})\s*[—–-]\s*([A-Z]{2})\s*[—–-]\s*(\d{1,2}\.\d{1,2}\.\d{4})")
_CODES = "BG|CS|DA|DE|EL|EN|ES|ET|FI|FR|GA|HR|HU|IT|LT|LV|MT|NL|PL|PT|RO|SK|SL|SV"
_LANGUAGE = re.compile(rf"(?:^|\| )({_CODES})(?= \||$)", re.M)  # in a cell of its own
_DAY = re.compile(r"\b(\d{1,2})[./]\s?(\d{1,2})[./]\s?(\d{4})\b")
_JOURNAL = re.compile(
    r"\b(?:[A-Z]{2,4}[^\S\n]?(?:Nr\.\s)?[LC]\b[^\n]{0,40}?|[LC][^\S\n]?\d{1,4}[^\S\n]?,?[^\n\d]{1,12})"
    r"(\d{1,2}[./]\s?\d{1,2}[./]\s?\d{4})"
)


def language_of(header: str) -> str:
    """Return the language a page header names ("NL" on a line of its own, or in the reference line)."""
    reference = _REFERENCE.search(header)
    if reference:
        return reference[2].lower()
    alone = _LANGUAGE.search(header)
    return alone[1].lower() if alone else ""


def celex_of(header: str) -> str:
    """Return the CELEX number of a consolidated text, as its reference line gives it with the day of the version.

    >>> celex_of("02024R1689 — NL — 12.07.2024 — 000.004")
    '02024R1689-20240712'
    """
    reference = _REFERENCE.search(header)
    if not reference:
        return ""
    day = _date(reference[3])
    number = reference[1] if reference[1].startswith("0") else f"0{reference[1]}"
    return f"{number}-{day:%Y%m%d}" if day else number


def published_of(header: str) -> date | None:
    """Return the day of the Official Journal the act appeared in; of a consolidated text, that of its base act."""
    day = journal_day(header)
    if day:
        return day
    if _REFERENCE.search(header):
        return None
    return _date(header)


def journal_day(header: str) -> date | None:
    """Return the day of the issue of the Journal that a header names ("L 281 , 23/11/1995 P. 0031"), and no other."""
    journal = _JOURNAL.search(header)
    return _date(journal[1]) if journal else None


def _date(text: str) -> date | None:
    match = _DAY.search(text)
    if not match:
        return None
    try:
        return date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return None
