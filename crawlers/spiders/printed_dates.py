"""Dates as lists print them."""

from __future__ import annotations

import re
from datetime import date, datetime

_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)")
_DAY_WORD = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?[\s-]+([A-Za-z]{3,9})\.?,?[\s-]+(\d{4})(?!\d)")
_WORD_DAY = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")
_FORMS = ((_YEAR_FIRST, "ymd"), (_DAY_WORD, "dmy"), (_WORD_DAY, "mdy"), (_YEAR_LAST, "aby"))
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def date_in(text: str, form: str = "", *, month_first: bool = False) -> date | None:
    """Return the first date printed in *text*, or None; *form* is a strptime form that says how it is printed.

    >>> date_in("2023年07月13日 15:00"), date_in("13/7/2023"), date_in("Posted On: 11 APR 2026")
    (datetime.date(2023, 7, 13), datetime.date(2023, 7, 13), datetime.date(2026, 4, 11))
    """
    if form:
        return _in_form(text, form)
    for pattern, order in _FORMS:
        if match := pattern.search(text):
            parts = dict(zip(order.replace("ab", "md" if month_first else "dm"), match.groups(), strict=True))
            return _date(parts["y"], _month(parts["m"]), parts["d"])
    return None


def _in_form(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a calendar date has no zone
    except ValueError:
        return None


def _month(word: str) -> str:
    if word.isdigit():
        return word
    start = word[:3].lower()
    return str(_MONTHS.index(start) + 1) if start in _MONTHS else "0"


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
