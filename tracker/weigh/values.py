"""Values in a text, normalised: durations, amounts of money, percentages, plain numbers and calendar dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from storage.records import DAYS_OF_UNIT
from tracker.weigh.reference_edits import LISTED
from tracker.weigh.words import Vocabulary, any_of

_ZH = "〇零一二三四五六七八九十百千万亿两"
_ONES = {
    name: value
    for value, name in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100}
_SCALES = {
    "thousand": 10**3, "million": 10**6, "billion": 10**9, "lakh": 10**5, "lakhs": 10**5, "crore": 10**7,
    "crores": 10**7, "千": 10**3, "万": 10**4, "亿": 10**8, "miljoen": 10**6, "millionen": 10**6, "millions": 10**6,
}  # fmt: skip
_CURRENCIES = {
    "eur": "EUR", "€": "EUR", "euro": "EUR", "euros": "EUR", "usd": "USD", "$": "USD", "dollars": "USD", "gbp": "GBP",
    "£": "GBP", "inr": "INR", "₹": "INR", "rs": "INR", "rs.": "INR", "rupees": "INR", "रुपये": "INR", "cny": "CNY",
    "rmb": "CNY", "¥": "CNY", "元": "CNY", "人民币": "CNY",
}  # fmt: skip
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_INDIAN = r"\d{1,2}(?:,\d{2}){1,6},\d{3}(?:\.\d{1,2})?(?!\d)"  # 5,00,000
_NUMERAL = rf"{_INDIAN}|\d{{1,3}}(?:[ ,.\u00a0\u2009\u202f]\d{{3}}){{1,9}}(?:[.,]\d{{1,2}})?(?!\d)|\d+(?:[.,]\d+)?"
_SPELLED_ONE = (
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-(?:one|two|three|four|five|six|seven|eight|nine))?|"
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    r"eighteen|nineteen|hundred"
)
_SPELLED = rf"(?:{_SPELLED_ONE})(?:\s(?:and\s)?(?:{_SPELLED_ONE})(?!\w)){{0,3}}"  # two hundred and fifty
_NUMBER = rf"(?:{_NUMERAL}|(?<!\w)(?:{_SPELLED})(?!\w)|[{_ZH}]{{1,20}})"
_MONEY = re.compile(
    rf"(?P<before>EUR|USD|GBP|INR|CNY|RMB|Rs\.?|[€$£¥₹]|人民币)\s?(?P<n1>{_NUMBER})\s?(?P<s1>thousand|million|billion|"
    rf"lakhs?|crores?|miljoen|Millionen|millions|[千万亿])?(?:元)?"
    rf"|(?P<n2>{_NUMBER})\s?(?P<s2>thousand|million|billion|lakhs?|crores?|miljoen|Millionen|millions|[千万亿](?=元))?\s?"
    rf"(?P<after>EUR|USD|INR|euros?|dollars|rupees|元|रुपये)(?![A-Za-z])",
    re.IGNORECASE,
)
_PERCENT = re.compile(
    rf"百分之(?P<zh>[{_ZH}\d.]{{1,20}})|(?P<n>{_NUMBER})\s?(?:%|％|per\s?cent|percent|प्रतिशत|procent|Prozent)", re.I
)
_TIMES = re.compile(rf"(?P<n>{_NUMBER})(?:倍|\s+times\b)")
_POWER = re.compile(r"10\s?(?:\^\s?(?P<plain>\d+)|(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]+))")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_ZH_DATE = re.compile(
    rf"(?P<y>\d{{4}}|[〇零一二三四五六七八九]{{4}})年(?P<m>\d{{1,2}}|[{_ZH}]{{1,20}})月(?P<d>\d{{1,2}}|[{_ZH}]{{1,20}})日"
)
_COUNTED = "[人名次件个项家份台]"
_PLAIN = re.compile(
    rf"(?<![\w.])(?:{_NUMERAL})(?![\w.]*\w)|(?:{_NUMERAL})(?={_COUNTED})|(?<![第{_ZH}])[{_ZH}]{{1,20}}(?={_COUNTED})"
)


@dataclass(frozen=True, slots=True)
class Value:
    """One value: its kind, its normal form, the words it came from, and a size to compare by (None: no order)."""

    kind: str
    normal: str
    text: str
    size: float | None
    start: int
    end: int


def values(text: str, words: Vocabulary) -> list[Value]:
    """Return all values in *text*, in order; where two overlap, the more telling kind stands.

    The number of a provision is no value.
    """
    found: list[Value] = []
    taken = bytearray(len(text))
    named = bytearray(len(text))
    for hit in LISTED.finditer(text):
        named[hit.start() : hit.end()] = b"\1" * len(hit[0])
    for value in (*_dates(text, words), *_money(text), *_percents(text), *_durations(text, words), *_numbers(text)):
        place = slice(value.start, value.end)
        if not any(taken[place]) and not (value.kind == "number" and any(named[place])):
            found.append(value)
            taken[place] = b"\1" * (value.end - value.start)
    return sorted(found, key=lambda value: value.start)


def number(text: str) -> float | None:
    """Return the number *text* spells in digits, English or Chinese words."""
    bare = text.strip().lower()
    if bare[:1].isdigit():
        return _in_digits(bare)
    if all(char in _ZH for char in bare) and bare:
        return _chinese(bare)
    parts = [_ONES[part] for part in re.split(r"[-\s]+", bare) if part in _ONES]
    return _spelled(parts) if parts else None


def _spelled(parts: list[int]) -> float:
    total = 0
    for part in parts:
        total = (total or 1) * 100 if part == 100 else total + part
    return float(total)


def _in_digits(text: str) -> float | None:
    bare = re.sub(r"[ \u00a0\u2009\u202f]", "", text)
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3}){1,9}", bare):
        return float(re.sub(r"[.,]", "", bare))
    if re.fullmatch(r"\d{1,3}(?:,\d{2,3}){0,9},\d{3}(?:\.\d+)?", bare):
        return float(bare.replace(",", ""))
    bare = bare.replace(",", ".")
    try:
        return float(bare)
    except ValueError:
        return None


def _chinese(text: str) -> float:
    if all(char in _DIGITS for char in text):
        return float("".join(str(_DIGITS[char]) for char in text))
    total = section = part = 0
    for char in text:
        if char in _DIGITS:
            part = _DIGITS[char]
        elif char in "万亿":
            total = (total + section + part or 1) * _SCALES[char]
            section = part = 0
        else:
            section += (part or 1) * {"十": 10, "百": 100, "千": 1000}[char]
            part = 0
    return float(total + section + part)


def _dates(text: str, words: Vocabulary) -> Iterator[Value]:
    for hit in _ZH_DATE.finditer(text):
        yield from _date(hit, number(hit["y"]), number(hit["m"]), number(hit["d"]))
    if not words.months:
        return
    for hit in _latin_dates(words).finditer(text):
        month = words.months[(hit["m1"] or hit["m2"]).lower()]
        yield from _date(hit, float(hit["y1"] or hit["y2"]), float(month), float(hit["d1"] or hit["d2"]))


@cache
def _latin_pattern(months: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(map(re.escape, months))
    return re.compile(
        rf"(?P<d1>\d{{1,2}})(?:\.|st|nd|rd|th)?\s(?:day\sof\s)?(?P<m1>{names}),?\s(?P<y1>\d{{4}})"
        rf"|(?P<m2>{names})\s(?P<d2>\d{{1,2}}),?\s(?P<y2>\d{{4}})",
        re.IGNORECASE,
    )


def _latin_dates(words: Vocabulary) -> re.Pattern[str]:
    return _latin_pattern(tuple(words.months))


def _date(hit: re.Match[str], year: float | None, month: float | None, day: float | None) -> Iterator[Value]:
    if None in (year, month, day):
        return
    try:
        on = date(int(year or 0), int(month or 0), int(day or 0))
    except ValueError:
        return
    yield Value("date", on.isoformat(), hit[0], float(on.toordinal()), hit.start(), hit.end())


def _money(text: str) -> Iterator[Value]:
    for hit in _MONEY.finditer(text):
        size = number(hit["n1"] or hit["n2"])
        if size is None:
            continue
        size *= _SCALES.get((hit["s1"] or hit["s2"] or "").lower(), 1)
        currency = _CURRENCIES[(hit["before"] or hit["after"]).lower()]
        yield Value("amount", f"{currency} {size:.15g}", hit[0], size, hit.start(), hit.end())


def _percents(text: str) -> Iterator[Value]:
    for hit in _PERCENT.finditer(text):
        size = number(hit["zh"] or hit["n"])
        if size is not None:
            yield Value("amount", f"{size:.15g} %", hit[0], size, hit.start(), hit.end())
    for hit in _POWER.finditer(text):
        power = hit["plain"] or hit["raised"].translate(_RAISED)
        yield Value("amount", f"10^{power}", hit[0], float(power), hit.start(), hit.end())


@cache
def _duration_pattern(units: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?P<n>{_NUMBER})\s*(?P<unit>{any_of(units).pattern})", re.IGNORECASE)


def _durations(text: str, words: Vocabulary) -> Iterator[Value]:
    for hit in _duration_pattern(tuple(words.units)).finditer(text):
        size = number(hit["n"])
        unit = words.units.get(" ".join(hit["unit"].lower().split()))
        if size is None or unit is None or (hit["unit"] == "年" and size > 999):
            continue
        normal = f"PT{size:g}{unit[1]}" if unit.startswith("T") else f"P{size:g}{unit}"
        yield Value("deadline", normal, hit[0], size * DAYS_OF_UNIT[unit], hit.start(), hit.end())


def _numbers(text: str) -> Iterator[Value]:
    for hit in _TIMES.finditer(text):
        size = number(hit["n"])
        if size is not None:
            yield Value("amount", f"{size:g} times", hit[0], size, hit.start(), hit.end())
    for hit in _PLAIN.finditer(text):
        size = number(hit[0])
        if size is not None:
            yield Value("number", f"{size:.15g}", hit[0], size, hit.start(), hit.end())
