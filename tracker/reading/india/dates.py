"""Dates and periods as Indian instruments print them."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = (
    r"(?P<month{0}>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:t(?:ember)?)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_DATE = re.compile(
    r"\b(?P<day1>\d{1,2})\s?(?:st|nd|rd|th)?\s+(?:day\s+of\s+)?"
    + _MONTH.replace("{0}", "1")
    + r"(?:\.?,\s*|\.?\s+)(?P<year1>\d{4})\b|\b"
    + _MONTH.replace("{0}", "2")
    + r"\.?\s+(?P<day2>\d{1,2})\s?(?:st|nd|rd|th)?,?\s+(?P<year2>\d{4})\b",
    re.IGNORECASE,
)
_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
PERIOD = re.compile(
    r"\b(?P<amount>\d{1,3}|(?:one\s+hundred\s+(?:and\s+)?)?[a-z]{3,9}(?:[-\s](?:one|two|three|four|five|six|seven|eight|nine))?)"
    r"\s+(?P<unit>days?|weeks?|months?|years?)\b",
    re.IGNORECASE,
)
_LETTER = {"d": "D", "w": "W", "m": "M", "y": "Y"}


def find_date(text: str) -> date | None:
    """Return the first date printed in *text*.

    >>> find_date("on the 20 th day of February, 2026"), find_date("Thursday, December 11, 2025/Agrahayana")
    (datetime.date(2026, 2, 20), datetime.date(2025, 12, 11))
    """
    match = _DATE.search(text)
    if match is None:
        return None
    which = "1" if match["day1"] else "2"
    month = next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(match[f"month{which}"][:3].lower()))
    try:
        return date(int(match[f"year{which}"]), month, int(match[f"day{which}"]))
    except ValueError:
        return None


DATE = (
    r"(?:\d{1,2}\s?(?:st|nd|rd|th)?\s+(?:day\s+of\s+)?[A-Z][a-z]{2,8}\.?,?\s+\d{4}"
    r"|\d{1,2}\s?[-./]\s?\d{1,2}\s?[-./]\s?\d{4})"
)
"""A date in words or in figures, as footnotes print it."""
_FIGURES = re.compile(r"(\d{1,2})\s?[-./]\s?(\d{1,2})\s?[-./]\s?(\d{4})")


def find_day(text: str) -> date | None:
    """Return the first date of *text*, in words or in figures, the day first.

    >>> find_day("18-5-2023"), find_day("31st March, 2003")
    (datetime.date(2023, 5, 18), datetime.date(2003, 3, 31))
    """
    figures = _FIGURES.search(text)
    if figures is None:
        return find_date(text)
    try:
        return date(int(figures[3]), int(figures[2]), int(figures[1]))
    except ValueError:
        return None


def find_period(text: str) -> str | None:
    """Return the first period in *text* as ISO 8601.

    >>> [find_period(t) for t in ("eighteen months after", "a period of forty-five days", "in due course")]
    ['P18M', 'P45D', None]
    """
    for match in PERIOD.finditer(text):
        amount = _number(match["amount"])
        if amount is not None:
            return f"P{amount}{_LETTER[match['unit'][0].lower()]}"
    return None


def after(start: date, period: str) -> date:
    """Return the date *period* after *start*; a month without that day ends on its last."""
    amount, unit = int(period[1:-1]), period[-1]
    if unit in "DW":
        return start + timedelta(days=amount * (7 if unit == "W" else 1))
    months = start.year * 12 + start.month - 1 + amount * (12 if unit == "Y" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def _number(digits: str) -> int | None:
    if digits.isdigit():
        return int(digits)
    total = 0
    for word in re.split(r"[\s-]+", digits.lower()):
        if word in _UNITS:
            total += _UNITS.index(word)
        elif word in _TENS:
            total += _TENS[word]
        elif word == "hundred":
            total *= 100
        elif word != "and":
            return None
    return total
