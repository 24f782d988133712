"""Dates as lists print them."""

from __future__ import annotations

import re
from datetime import date, datetime

_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{4})(?!\d)")
_DAY_WORD = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º)?[.\s-]+(?:de |(?:day )?of )?([^\W\d_]{3,10})\.?,?[\s-]+(?:del? )?"
    r"(\d{4})(?!\d)"
)
_WORD_DAY = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")
_YEAR_WORD = re.compile(r"(?<!\d)(\d{4})[\s-]([A-Za-z]{3,9})[\s-](\d{1,2})(?!\d)")
_SHORT_YEAR = re.compile(r"(?<!\d)(\d{1,2})-([A-Za-z]{3,9})-(\d{2})(?!\d)")
_FORMS = (
    (_YEAR_FIRST, "ymd"), (_DAY_WORD, "dmy"), (_WORD_DAY, "mdy"), (_YEAR_LAST, "aby"), (_YEAR_WORD, "ymd"),
    (_SHORT_YEAR, "dmy"),
)  # fmt: skip
_IN_NUMERALS = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十廿]{1,3})日"
)
_NUMERALS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_COMPACT = re.compile(r"(?:19|20)\d{6}")
_MONTHS = (  # how the names of months begin: English, French, German, Italian, Spanish
    ("jan", "jän", "gen", "ene"), ("feb", "fév", "fev"), ("mar", "mär", "mrz"), ("apr", "avr", "abr"),
    ("may", "mai", "mag"), ("jun", "juin", "giu"), ("jul", "juil", "lug"), ("aug", "aoû", "ago"),
    ("sep", "set"), ("oct", "okt", "ott"), ("nov",), ("dec", "déc", "dez", "dic"),
)  # fmt: skip


def date_in(text: str, form: str = "", *, month_first: bool = False) -> date | None:
    """Return the first date printed in *text*, or None; *form* is a strptime form that says how it is printed.

    >>> date_in("2023年07月13日 15:00"), date_in("13/7/2023"), date_in("Posted On: 11 APR 2026")
    (datetime.date(2023, 7, 13), datetime.date(2023, 7, 13), datetime.date(2026, 4, 11))
    """
    if form:
        return _in_form(text, form)
    if _COMPACT.fullmatch(text.strip()):
        return _in_form(text, "%Y%m%d")
    text = _in_digits(text)
    dates = (
        _of(match, order, month_first=month_first) for pattern, order in _FORMS for match in pattern.finditer(text)
    )
    return next(filter(None, dates), None)  # "No. 5 Gazette 2026" looks like one and is none


def last_date_in(text: str, *, month_first: bool = False) -> date | None:
    """Return the last date printed in *text*, or None: where a span ends.

    >>> last_date_in("2026-09-17至2026-10-17")
    datetime.date(2026, 10, 17)
    """
    text = _in_digits(text)
    dates = [
        (match.start(), _of(match, order, month_first=month_first))
        for pattern, order in _FORMS
        for match in pattern.finditer(text)
    ]
    return max((pair for pair in dates if pair[1] is not None), default=(0, None), key=lambda pair: pair[0])[1]


def _in_digits(text: str) -> str:
    """Return *text* with dates in Chinese numerals, as official letters print them, in digits."""
    return _IN_NUMERALS.sub(
        lambda date: f"{date[1].translate(_NUMERALS)}年{_below_hundred(date[2])}月{_below_hundred(date[3])}日", text
    )


def _below_hundred(numeral: str) -> int:
    """Return the number that a numeral such as 二十三 or 廿三 says."""
    tens, ten, ones = numeral.replace("廿", "二十").rpartition("十")
    value = int(ones.translate(_NUMERALS) or 0)
    return value + 10 * int(tens.translate(_NUMERALS) or 1) if ten else value


def _of(match: re.Match[str], order: str, *, month_first: bool) -> date | None:
    parts = dict(zip(order.replace("ab", "md" if month_first else "dm"), match.groups(), strict=True))
    return _date(parts["y"], _month(parts["m"]), parts["d"])


def _in_form(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a calendar date has no zone
    except ValueError:
        return None


def _month(word: str) -> str:
    if word.isdigit():
        return word
    name = word.lower()
    return next((str(n) for n, starts in enumerate(_MONTHS, 1) if name.startswith(starts)), "0")


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year) if len(year) > 2 else 2000 + int(year), int(month), int(day))
    except ValueError:
        return None
