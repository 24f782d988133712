"""Shares in a text: percentages, fractions (two thirds, 三分之二, 万分之五), multiples and powers of ten."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tracker.weigh.quantities.number_words import NUMBER, ZH, number
from tracker.weigh.quantities.value import Sort, Value
from tracker.weigh.words import Vocabulary, any_of

_PERCENT = re.compile(
    rf"百分之(?P<zh>[{ZH}\d.]{{1,20}})|(?P<n>{NUMBER})\s?"
    rf"(?:%|％|per\s?cent|percent|pour\s?cent|प्रतिशत|procent|Prozent)",
    re.I,
)
_HAS_SHARE = re.compile(r"[%％]|百分之|cent|प्रतिशत|prozent", re.IGNORECASE)
_HAS_TIMES = re.compile(r"倍|times|fois|maal|mal", re.IGNORECASE)
_TIMES = re.compile(rf"(?P<n>{NUMBER})(?:倍|\s(?:times|fois|maal|mal)\b(?!\s(?:a|per|par|per)\b))")
_POWER = re.compile(r"10\s?(?:\(?\^\s?\(?(?P<plain>\d+)\)?|(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]+))")
_RAISED_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_ZH_FRACTION = re.compile(rf"(?P<d>[{ZH}]{{1,4}})分之(?P<n>[{ZH}\d.]{{1,12}})")
_ZH_HALF = re.compile(r"过?半数(?:以上)?")
_PARTS = {"千": 1000, "万": 10000}  # as percentages


def shares(text: str, words: Vocabulary) -> Iterator[Value]:
    """Yield the shares, multiples and powers of *text*."""
    yield from _percentages(text)
    yield from _fractions(text, words)
    for hit in _POWER.finditer(text):
        power = hit["plain"] or hit["raised"].translate(_RAISED_DIGITS)
        yield Value(Sort.POWER, f"10^{power}", hit[0], float(power), hit.start(), hit.end(), "10^")
    for hit in _TIMES.finditer(text) if _HAS_TIMES.search(text) else ():
        size = number(hit["n"])
        if size is not None:
            yield Value(Sort.TIMES, f"{size:g} times", hit[0], size, hit.start(), hit.end(), "times")


def _percentages(text: str) -> Iterator[Value]:
    for hit in _PERCENT.finditer(text) if _HAS_SHARE.search(text) else ():
        size = number(hit["zh"] or hit["n"])
        if size is not None:
            yield Value(Sort.SHARE, f"{size:.15g} %", hit[0], size, hit.start(), hit.end(), "%")


def _fractions(text: str, words: Vocabulary) -> Iterator[Value]:
    for hit in _ZH_FRACTION.finditer(text) if "分之" in text else ():
        if hit["d"] in _PARTS and (size := number(hit["n"])) is not None:
            share = 100 * size / _PARTS[hit["d"]]
            yield Value(Sort.SHARE, f"{share:.6g} %", hit[0], share, hit.start(), hit.end(), "%")
        elif hit["d"] != "百":
            yield from _fraction(hit, number(hit["n"]), number(hit["d"]))
    for hit in _ZH_HALF.finditer(text):
        yield from _fraction(hit, 1, 2)
    if words.denominators:
        for hit in _fraction_pattern(tuple(words.denominators)).finditer(text):
            yield from _fraction(hit, number(hit["n"]), words.denominators[hit["d"].lower()])


def _fraction(hit: re.Match[str], size: float | None, parts: float | None) -> Iterator[Value]:
    if size and parts and size < parts:
        normal = f"{size:g}/{parts:g}"
        yield Value(Sort.SHARE, normal, hit[0], 100 * size / parts, hit.start(), hit.end(), "%")


@cache
def _fraction_pattern(denominators: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?P<n>{NUMBER})[\s-](?P<d>{any_of(denominators).pattern})", re.IGNORECASE)
