"""Working titles: a gloss in English of a title that is only Chinese, made from a term base of the field.

It is no translation: it tells a reader what sort of instrument it is and what it is about, and is marked wherever it is
shown. A title of which too little is known has none.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_KNOWN_SHARE = 0.75  # of the Chinese characters; below, a gloss would mislead
_LONGEST_TITLE = 200
_BRACKETS = str.maketrans({"(": "（", ")": "）", "〈": "《", "〉": "》", "<": "《", ">": "》", "﹝": "（", "﹞": "）"})
_MARKERS = re.compile(r"（([^（）]{1,40})）\s*$")
_QUOTED = re.compile(r"《([^《》]+)》")
_YEAR = re.compile(r"(\d{4})年")
_ARABIC = re.compile(r"[0-9A-Za-z][0-9A-Za-z .\-–/&+]*")
_SMALL = {"of", "for", "on", "the", "and", "to", "in", "by", "a", "an", "with", "from", "at", "or", "into", "as"}


@dataclass(frozen=True, slots=True)
class TermBase:
    """Chinese terms of the field with their English: kinds of instrument, markers of drafts, and all other words."""

    kinds: dict[str, str]
    markers: dict[str, str]
    words: dict[str, str]
    longest: int

    def at(self, text: str, place: int) -> str:
        """Return the longest term that stands in *text* at *place*; nothing when there is none."""
        for size in range(min(self.longest, len(text) - place), 0, -1):
            if text[place : place + size] in self.words:
                return text[place : place + size]
        return ""


@cache
def term_base() -> TermBase:
    """Return the terms of every file beside the table of kinds."""
    tables: dict[str, dict[str, str]] = {"kinds": {}, "markers": {}, "words": {}}
    for file in sorted(files("tracker.wording").joinpath("terms").iterdir(), key=lambda file: file.name):
        for name, table in tomllib.loads(file.read_text(encoding="utf-8")).items():
            tables[name if name in tables else "words"].update(table)
    return TermBase(tables["kinds"], tables["markers"], tables["words"], max(map(len, tables["words"])))


@lru_cache(maxsize=20_000)
def working_title(title: str) -> str:
    """Return a working title in English for a Chinese *title*, or nothing when too little of it is known.

    >>> working_title("生成式人工智能服务管理暂行办法")
    'Interim Measures for the Administration of Generative AI Services'
    """
    text = "".join(title.split()).translate(_BRACKETS)[:_LONGEST_TITLE]
    letters = len(_CHINESE.findall(text))
    if not letters or letters < len(re.findall(r"[A-Za-z]", text)):
        return ""
    english = _title(text)
    if len(_CHINESE.findall(english)) > letters * (1 - _KNOWN_SHARE):
        return ""
    return english[:1].upper() + english[1:]


def _title(text: str) -> str:
    """Return the English of a whole title: its markers, what it quotes, its kind and what it is about."""
    markers: list[str] = []
    while (marker := _MARKERS.search(text)) and marker.start():
        markers.insert(0, _marker(marker[1]))
        text = text[: marker.start()]
    whole = _QUOTED.fullmatch(text)
    english = _body(whole[1] if whole else text)
    return " ".join([english, *(f"({marker})" for marker in markers)])


def _marker(text: str) -> str:
    """Return what stands in brackets behind a title."""
    base = term_base()
    if text in base.markers:
        return base.markers[text]
    year = _YEAR.match(text)
    if year and text[year.end() :] in base.markers:
        return f"{base.markers[text[year.end() :]]} {year[1]}"
    return " ".join(_phrase(text))


def _body(text: str) -> str:
    """Return "Notice on …" for 关于…的通知, "Measures for …" for …办法, and the words in their order for all others."""
    base = term_base()
    for size in range(min(16, len(text)), 0, -1):
        kind = text[-size:]
        if kind in base.kinds:
            return _of_kind(text[:-size], base.kinds[kind])
    issuer, about, rest = text.partition("关于")
    if about and rest:
        return f"{_capitals(_phrase(issuer))}: {_capitals(_phrase(rest))}" if issuer else _capitals(_phrase(rest))
    return _capitals(_phrase(text))


def _of_kind(rest: str, pattern: str) -> str:
    """Return a title of a kind: *pattern* has its name and, behind a bar, what leads to its subject."""
    name, _, lead = pattern.partition("|")
    rest = rest.removesuffix("的")
    issuer, about, subject = rest.partition("关于")
    if not about:
        issuer, subject = "", rest
    else:
        lead = "on"
    by = f" of {_the(_capitals(_phrase(issuer)))}" if issuer else ""
    if not subject:
        return f"{name}{by}"
    return f"{name}{by} {lead or 'on'} {_capitals(_phrase(subject))}"


def _the(name: str) -> str:
    return name if name.startswith(("the ", "The ")) or not name else f"the {name}"


def _phrase(text: str) -> list[str]:
    """Return the English words of *text* in its order; what is not known stays as it is."""
    return [word for word in _words(text) if word]


def _words(text: str) -> Iterator[str]:
    base, place = term_base(), 0
    unknown = ""
    while place < len(text):
        quoted = _QUOTED.match(text, place)
        term = "" if quoted else base.at(text, place)
        plain = None if quoted or term else _ARABIC.match(text, place) or _YEAR.match(text, place)
        if (quoted or term or plain) and unknown:
            yield unknown
            unknown = ""
        if quoted:
            yield f"“{_title(quoted[1])}”"
            place = quoted.end()
        elif term:
            yield base.words[term]
            place += len(term)
        elif plain:
            yield plain[0].strip()
            place = plain.end()
        else:
            unknown += text[place]
            place += 1
    yield unknown


def _capitals(phrase: list[str]) -> str:
    """Return words as a title has them."""
    joined = re.sub(r"\s+([,;:])", r"\1", " ".join(phrase))
    joined = re.sub(r"\b(\w+) (?:of )?\1\b", r"\1", joined) if phrase else joined
    return " ".join(_capital(word, place) for place, word in enumerate(joined.split(" ")))


def _capital(word: str, place: int) -> str:
    if (place and word in _SMALL) or not word[:1].islower():
        return word
    return word[:1].upper() + word[1:]
