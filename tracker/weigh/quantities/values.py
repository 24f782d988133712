"""Values in a text, each with its type: money, shares, counts with their noun, durations, ages, dates, times of day.

The number of a provision, of an act, of a standard or an address is no value; 上一年度 and 12月31日 are no durations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from storage.records import DAYS_OF_UNIT
from tracker.weigh.citations import citation_spans
from tracker.weigh.quantities.number_words import NUMBER, NUMERAL, SCALES, ZH, number, with_scale
from tracker.weigh.quantities.shares import shares
from tracker.weigh.quantities.value import Sort, Value
from tracker.weigh.words import Vocabulary, any_of

_CURRENCIES = {
    "eur": "EUR", "€": "EUR", "euro": "EUR", "euros": "EUR", "usd": "USD", "$": "USD", "us$": "USD", "dollars": "USD",
    "gbp": "GBP", "£": "GBP", "inr": "INR", "₹": "INR", "rs": "INR", "rs.": "INR", "rupees": "INR", "रुपये": "INR",
    "cny": "CNY", "rmb": "CNY", "¥": "CNY", "元": "CNY", "人民币": "CNY", "美元": "USD", "欧元": "EUR",
}  # fmt: skip
_SCALE_WORDS = r"thousand|million|billion|lakhs?|crores?|miljoen|Millionen|millions"
_MONEY = re.compile(
    rf"(?<![A-Za-z])(?P<before>EUR|USD|GBP|INR|CNY|RMB|Rs\.?|US\$|[€$£¥₹]|人民币)\s?(?P<n1>{NUMBER})\s?(?P<s1>{_SCALE_WORDS}|"
    rf"[千万亿])?(?:元)?"
    rf"|(?P<n2>{NUMBER})\s?(?P<s2>{_SCALE_WORDS}|[千万亿](?=元|美元|欧元))?\s?(?:d['e’]\s?)?"
    rf"(?P<after>EUR|USD|INR|GBP|euros?|dollars|rupees|美元|欧元|元|रुपये|€)(?![A-Za-z])",
    re.IGNORECASE,
)
_HAS_MONEY = re.compile(r"EUR|USD|GBP|INR|CNY|RMB|Rs|[€$£¥₹元]|人民币|euro|dollar|rupee|रुपये", re.IGNORECASE)
_ZH_DATE = re.compile(
    rf"(?P<y>\d{{4}}|[〇零一二三四五六七八九]{{4}})年(?P<m>\d{{1,2}}|[{ZH}]{{1,20}})月(?P<d>\d{{1,2}}|[{ZH}]{{1,20}})日"
)
_DAY_OF_MONTH = re.compile(rf"(?:每|当|次|同)月(?P<d>\d{{1,2}}|[{ZH}]{{1,3}})日")
_NO_DURATION = re.compile(  # days of a calendar, ordinals and years of account look like durations
    rf"(?:\d{{1,2}}|[{ZH}]{{1,3}})月(?:\d{{1,2}}|[{ZH}]{{1,3}})日|(?:\d{{1,2}}|[{ZH}]{{1,3}})月份?(?:底|末|初|起)?"
    rf"|第(?:\d+|[{ZH}]+)(?:年|月|日|周|天|个)|[上下本每前同当次]一?(?:年度|个?会计年度|季度|年)"
    rf"|(?:一|[{ZH}\d]+)个?(?:会计|财政|预算)?年度|(?:每月|当月|次月|同月)(?:\d{{1,2}}|[{ZH}]{{1,3}})日|[{ZH}\d]+周年"
    rf"|\d{{4}}年(?:度|\d{{1,2}}月)?|[〇零一二三四五六七八九]{{4}}年"
    r"|(?:\d+|one|two|three|four|five)\s(?:financial|fiscal|accounting|calendar)\syears?(?=['’]s?\s)",
    re.IGNORECASE,
)
_COUNTED = "人名次件个项家份台户条辆种例吨题张届"
_ZH_COUNT = re.compile(
    rf"(?<![第{ZH}\d.])(?P<n>{NUMERAL}[千万亿]?|[{ZH}]{{1,20}})(?P<unit>[{_COUNTED}]|(?=以[上下内]))(?!月|工作日|小时|星期)"
)
_PLAIN = re.compile(
    rf"(?<![\w.(–-])(?P<n>(?i:{NUMBER}))(?![\w.]*[\d(/])(?:\s(?P<scale>{_SCALE_WORDS})\b)?(?:\s(?:or|and)\s(?:more|fewer|less|above))?"
    rf"(?:\s(?P<noun>[^\W\d_][\w’'-]*(?:\s[a-zà-ÿ-]{{3,}}){{0,3}}))"
)
_SHARED_NOUN = re.compile(  # not less than five and not more than nine members
    rf"(?<![\w.(–-])(?P<n>{NUMBER})(?=\s(?:and|or|to|but)\s(?:(?:not?\s)?(?:more|less|fewer)\sthan\s|at\s(?:most|least)\s)?"
    rf"(?:{NUMBER})\s(?P<noun>[^\W\d_][\w’'-]*(?:\s[a-zà-ÿ-]{{3,}}){{0,3}}))"
)
_AGE = re.compile(
    rf"\b(?:the age of|aged(?: of)?|age limit of|minimum age of|l['’]âge de|âgée?s? de|Alter von|leeftijd van)\s"
    rf"(?P<n>{NUMERAL})(?=[.,;:)]|\s(?!years?|months?|ans\b|Jahre|jaar)|$)",
    re.IGNORECASE,
)
_ORDINAL_AGE = re.compile(r"\b(?P<n>(?:\w{3,6}zehn|elf|zwölf|\d{1,2}))(?:te[nrs]?|\.)\sLebensjahr", re.IGNORECASE)
_CLOCK = re.compile(
    r"(?<![\d:])(?P<h>[01]?\d|2[0-3])(?:(?P<sep>[:时点])(?P<m>[0-5]\d)?分?)?(?:\s?(?P<half>[ap])\.?m\b\.?)?(?![\d:])",
    re.IGNORECASE,
)
_FURTHER = r"(?:\s(?:further|additional|more|extra|consecutive|successive|full|whole|weiteren?|zusätzlichen?))?"
_RANGE_TO = r"\s?(?:to|–|—|-|~|～|至|到|bis|à|tot|a)\s?|\s(?:and|et|und|en|y|e)\s"
_EVERY = re.compile(
    r"\b(?:every|each)\s(?P<en>year|month|week|day|quarter)\b|每(?P<zh>季度|半年|半个?月|[年月周日])(?![\d零一二三四五六七八九十])|(?<![上下前后])(?P<half>半年|半个月|半个?小时|半天|半日)(?!度)"
)
_EVERY_UNITS = {
    "year": "P1Y", "month": "P1M", "week": "P1W", "day": "P1D", "quarter": "P3M",
    "年": "P1Y", "月": "P1M", "周": "P1W", "日": "P1D", "季度": "P3M",
    "半年": "P6M", "半月": "P15D", "半个月": "P15D",
    "半小时": "PT30M", "半个小时": "PT30M", "半天": "PT12H", "半日": "PT12H",
}  # fmt: skip


def values(text: str, words: Vocabulary) -> list[Value]:
    """Return all values in *text*, in order; where two overlap, the more telling kind stands."""
    items: list[Value] = []
    marks = bytearray(len(text))
    for start, end in citation_spans(text):
        marks[start:end] = b"\1" * (end - start)
    for value in (*_dates(text, words), *_clock(text), *_days_of_year(text, words), *_intervals(text, words)):
        _take(value, marks, items)
    for hit in _NO_DURATION.finditer(text) if words.language == "zh" or not text.isascii() else ():
        marks[hit.start() : hit.end()] = b"\1" * len(hit[0])
    for value in (*_money(text), *shares(text, words), *_durations(text, words), *_counts(text, words)):
        _take(value, marks, items)
    return sorted(items, key=lambda value: value.start)


def _take(value: Value, marks: bytearray, items: list[Value]) -> None:
    place = slice(value.start, value.end)
    if not any(marks[place]):
        items.append(value)
        marks[place] = b"\1" * (value.end - value.start)


def _dates(text: str, words: Vocabulary) -> Iterator[Value]:
    for hit in _ZH_DATE.finditer(text):
        yield from _date(hit, number(hit["y"]), number(hit["m"]), number(hit["d"]))
    if not words.months:
        return
    for hit in _latin_pattern(tuple(words.months)).finditer(text):
        month = words.months[(hit["m1"] or hit["m2"]).lower()]
        yield from _date(hit, float(hit["y1"] or hit["y2"]), float(month), float(hit["d1"] or hit["d2"]))


@cache
def _latin_pattern(months: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(map(re.escape, months))
    return re.compile(
        rf"(?P<d1>\d{{1,2}})(?:\.|st|nd|rd|th|er|º)?\s(?:day\sof\s|de\s)?(?P<m1>{names}),?\s(?:de\s)?(?P<y1>\d{{4}})"
        rf"|(?P<m2>{names})\s(?P<d2>\d{{1,2}}),?\s(?P<y2>\d{{4}})",
        re.IGNORECASE,
    )


def _date(hit: re.Match[str], year: float | None, month: float | None, day: float | None) -> Iterator[Value]:
    if None in (year, month, day):
        return
    try:
        on = date(int(year or 0), int(month or 0), int(day or 0))
    except ValueError:
        return
    yield Value(Sort.DATE, on.isoformat(), hit[0], float(on.toordinal()), hit.start(), hit.end())


def _clock(text: str) -> Iterator[Value]:
    for hit in _CLOCK.finditer(text):
        if not hit["half"] and (not hit["sep"] or (hit["sep"] == ":" and not hit["m"])):
            continue
        hour = int(hit["h"]) % 12 + 12 * (hit["half"].lower() == "p") if hit["half"] else int(hit["h"])
        yield Value(Sort.CLOCK, f"{hour:02d}:{hit['m'] or '00'}", hit[0], None, hit.start(), hit.end())


def _money(text: str) -> Iterator[Value]:
    for hit in _MONEY.finditer(text) if _HAS_MONEY.search(text) else ():
        size = with_scale(hit["n1"] or hit["n2"], hit["s1"] or hit["s2"] or "")
        if size is None:
            continue
        currency = _CURRENCIES[(hit["before"] or hit["after"]).lower()]
        yield Value(Sort.MONEY, f"{currency} {size:.15g}", hit[0], size, hit.start(), hit.end(), currency)


def _days_of_year(text: str, words: Vocabulary) -> Iterator[Value]:
    """Yield days without a year: 30 June of each year, 12月31日."""
    for hit in re.finditer(rf"(?P<m>\d{{1,2}}|[{ZH}]{{1,3}})月(?P<d>\d{{1,2}}|[{ZH}]{{1,3}})日", text):
        month, day = number(hit["m"]), number(hit["d"])
        yield Value(Sort.DATE, f"--{month or 0:02.0f}-{day or 0:02.0f}", hit[0], None, hit.start(), hit.end())
    for hit in _DAY_OF_MONTH.finditer(text):
        day = number(hit["d"])
        yield Value(Sort.DATE, f"---{day or 0:02.0f}", hit[0], None, hit.start(), hit.end())
    if words.months:
        for hit in _day_pattern(tuple(words.months)).finditer(text):
            month = words.months[(hit["m1"] or hit["m2"]).lower()]
            normal = f"--{month:02d}-{int(hit['d1'] or hit['d2']):02d}"
            yield Value(Sort.DATE, normal, hit[0], None, hit.start(), hit.end())


@cache
def _day_pattern(months: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(map(re.escape, months))
    return re.compile(
        rf"\b(?P<d1>\d{{1,2}})(?:\.|st|nd|rd|th|er|º)?\s(?:de\s)?(?P<m1>{names})\b|\b(?P<m2>{names})\s(?P<d2>\d{{1,2}})\b",
        re.IGNORECASE,
    )


def _intervals(text: str, words: Vocabulary) -> Iterator[Value]:
    """Yield every year, each month, 每季度, annually: a time that comes again and again."""
    for meaning, start, end in words.intervals.places(text):
        size = int(meaning[1:-1]) * DAYS_OF_UNIT[meaning[-1]]
        yield Value(Sort.DURATION, meaning, text[start:end], size, start, end, meaning[-1])
    for hit in _EVERY.finditer(text):
        normal = _EVERY_UNITS[(hit["en"] or hit["zh"] or hit["half"]).lower()]
        unit = f"T{normal[-1]}" if "T" in normal else normal[-1]
        size = int("".join(filter(str.isdigit, normal))) * DAYS_OF_UNIT[unit]
        yield Value(Sort.DURATION, normal, hit[0], size, hit.start(), hit.end(), unit)


@cache
def _duration_pattern(units: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of a number with its unit; the first number of a range shares the unit of the second."""
    unit = any_of(units).pattern
    more = rf"(?:(?:{_RANGE_TO})(?:{NUMBER})[\s-]*(?P<shared>{unit}))"
    return re.compile(rf"(?P<n>{NUMBER})(?:{_FURTHER}[\s-]*(?P<unit>{unit})|(?={more}))", re.IGNORECASE)


def _durations(text: str, words: Vocabulary) -> Iterator[Value]:
    for hit in _duration_pattern(tuple(words.units)).finditer(text):
        size = number(hit["n"])
        unit = words.units.get(" ".join((hit["unit"] or hit["shared"]).lower().split()))
        if size is None or unit is None or (unit == "Y" and size > 999):
            continue
        if hit["unit"] == "周" and text[hit.end() : hit.end() + 1] in ("岁", "年"):
            continue
        normal = f"PT{size:g}{unit[1]}" if unit.startswith("T") else f"P{size:g}{unit}"
        yield Value(Sort.DURATION, normal, hit[0], size * DAYS_OF_UNIT[unit], hit.start(), hit.end(), unit)


def _counts(text: str, words: Vocabulary) -> Iterator[Value]:
    """Yield numbers of things; a number without a noun may be anything and is no value."""
    if words.language == "zh":
        for hit in _ZH_COUNT.finditer(text):
            bare, scale = hit["n"], 1
            if bare[:1].isdigit() and bare[-1] in SCALES:
                bare, scale = bare[:-1], SCALES[bare[-1]]
            yield from _count(hit, number(bare), scale, hit["unit"])
        for hit in re.finditer(rf"(?P<n>{NUMERAL}|[{ZH}]{{1,20}})周?岁", text):
            yield from _count(hit, number(hit["n"]), 1, "岁")
        return
    for hit in _ORDINAL_AGE.finditer(text):
        yield from _count(hit, number(hit["n"]), 1, "岁")
    for hit in _AGE.finditer(text):
        yield from _count(hit, number(hit["n"]), 1, "岁")
    for hit in _SHARED_NOUN.finditer(text) if words.is_own else ():
        if noun := _noun(hit["noun"], words):
            yield from _count(hit, number(hit["n"]), 1, noun)
    for hit in _PLAIN.finditer(text) if words.is_own else ():
        noun = _noun(hit["noun"], words)
        size = with_scale(hit["n"], hit["scale"] or "")
        if noun and size != 1:  # "one representative" is an article as often as a number
            yield from _count(hit, size, 1, noun)


def _count(hit: re.Match[str], size: float | None, scale: int, noun: str) -> Iterator[Value]:
    if size is None:
        return
    size *= scale
    group = "scale" if hit.re is _PLAIN and hit["scale"] else "n"
    end = hit.end(group) if hit.re in (_PLAIN, _SHARED_NOUN, _AGE, _ORDINAL_AGE) else hit.end()
    start = hit.start("n") if hit.re is _AGE else hit.start()
    text = hit.string[start:end]
    normal = f"P{size:g}Y" if noun == "岁" else f"{size:.15g}"
    yield Value(Sort.COUNT, normal, text, size, start, end, noun.rpartition(" ")[2], noun)


def _noun(next_words: str, words: Vocabulary) -> str:
    """Return the noun phrase behind a number: its words up to the first that can be none."""
    phrase: list[str] = []
    for word in next_words.split():
        if word.lower() in words.no_nouns or not (word[:1].islower() or (words.language == "de" and not phrase)):
            break
        phrase.append(word)
        if word.endswith("s") and not word.endswith(("ous", "ss", "us", "is")):
            break  # units; what goes on is a verb or another phrase
    return " ".join(phrase)
