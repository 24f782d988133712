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
_QUOTATION = re.compile(r"《([^《》]+)》")
_YEAR = re.compile(r"(\d{4})年")
_YEAR_OF = re.compile(r"(\d{4})年?")
_ARABIC = re.compile(r"[0-9A-Za-z][0-9A-Za-z .\-–/&+]*")
_DASHES = re.compile(r"[—―]{2,}(?![^《]*》)")
_INVITATION = re.compile(r"(《.+》)(?:再次)?(?:公开)?征求意见|(?:再次)?(?:公开)?征求(《.+》)意见")
_LAW = "法"
_IS_METHOD = re.compile("[方办]法$")  # ends in the character for law, and is none
_REPUBLIC = "中华人民共和国"
_SMALL = {"of", "for", "on", "the", "and", "to", "in", "by", "a", "an", "with", "from", "at", "or", "into", "as"}


@dataclass(frozen=True, slots=True)
class TermBase:
    """Chinese terms of the field with their English: kinds of instrument, markers of drafts, places, other words."""

    kinds: dict[str, str]
    markers: dict[str, str]
    places: dict[str, str]
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
    """Return the terms of every file; places are words, too."""
    tables: dict[str, dict[str, str]] = {"kinds": {}, "markers": {}, "places": {}, "words": {}}
    for file in sorted(files("tracker.wording").joinpath("terms").iterdir(), key=lambda file: file.name):
        for name, table in tomllib.loads(file.read_text(encoding="utf-8")).items():
            tables[name if name in tables else "words"].update(table)
    words = tables["words"] | tables["places"]
    return TermBase(tables["kinds"], tables["markers"], tables["places"], words, max(map(len, words)))


@lru_cache(maxsize=20_000)
def working_title(title: str) -> str:
    """Return a working title in English for a Chinese *title*, or nothing when too little of it is known.

    >>> working_title("生成式人工智能服务管理暂行办法（征求意见稿）")
    'Interim Measures for the Administration of Generative AI Services (draft for comment)'
    """
    text = title.translate(_BRACKETS)[:_LONGEST_TITLE].strip()
    letters = len(_CHINESE.findall(text))
    if not letters or letters < len(re.findall(r"[A-Za-z]", text)):
        return ""
    series, _, rest = text.partition(" ")  # 信息安全技术 个人信息安全规范: a series of standards and one of it
    names_series = series in term_base().words and bool(_CHINESE.search(rest))
    parts = [series, rest] if names_series else [text]
    english = ": ".join(_title("".join(part.split())) for part in parts)
    if len(_CHINESE.findall(english)) > letters * (1 - _KNOWN_SHARE):
        return ""
    return english[:1].upper() + english[1:]


def _title(text: str) -> str:
    """Return the English of a whole title: its markers, what it quotes, its kind and what it is about."""
    markers: list[str] = []
    while (marker := _MARKERS.search(text)) and marker.start():
        markers.insert(0, _marker(marker[1]))
        text = text[: marker.start()]
    whole = _QUOTATION.fullmatch(text)
    parts = [part for part in _DASHES.split(whole[1] if whole else text) if part]
    english = ": ".join(_body(part) for part in parts)
    return " ".join([english[:1].upper() + english[1:], *(f"({marker})" for marker in markers)])


def _marker(text: str) -> str:
    """Return what stands in brackets behind a title."""
    base = term_base()
    if text in base.markers:
        return base.markers[text]
    year = _YEAR_OF.match(text)
    if year and (marker := base.markers.get(text[year.end() :])):
        return f"{year[1]} {marker}" if marker.startswith("edition") else f"{marker} {year[1]}"
    return _join(_phrase(text))


def _body(text: str) -> str:
    """Return "Notice on …" for 关于…的通知, "Measures for …" for …办法, and the words in their order for all others."""
    base = term_base()
    if text in base.words:
        return _capitals([base.words[text]])
    if text.startswith(_REPUBLIC) and text != _REPUBLIC:
        return f"{_body(text.removeprefix(_REPUBLIC))} of {base.words[_REPUBLIC]}"
    place = base.at(text, 0) if base.at(text, 0) in base.places and "（" not in text else ""
    size = _kind_size(text)
    if place and size and "关于" not in text and len(place) + size < len(text):
        return f"{base.places[place]} {_of_kind(text[len(place) : -size], base.kinds[text[-size:]])}"
    if size:
        return _of_kind(text[:-size], base.kinds[text[-size:]])
    issuer, about, rest = text.partition("关于")
    if about and rest and issuer:
        return f"{_capitals(_phrase(issuer))}: {_capitals(_phrase(rest))}"
    return _capitals(_phrase(rest if about and rest else text))


def _kind_size(text: str) -> int:
    """Return how long the kind at the end of *text* is: the longest that cuts no term in two; 0 when there is none."""
    base, cuts, place = term_base(), {0}, 0
    while place < len(text):
        place += len(base.at(text, place)) or 1
        cuts.add(place)
    sizes = range(min(16, len(text)), 0, -1)
    sizes_of_kinds = [
        size for size in sizes if text[-size:] in base.kinds and not _IS_METHOD.search(text[: 1 - size or None])
    ]
    return next(
        (size for size in sizes_of_kinds if len(text) - size in cuts), sizes_of_kinds[-1] if sizes_of_kinds else 0
    )


def _of_kind(rest: str, pattern: str) -> str:
    """Return a title of a kind: *pattern* has its name and, behind a bar, what leads to its subject."""
    name, _, lead = pattern.partition("|")
    rest = rest.removesuffix("的")
    issuer, about, subject = rest.partition("关于")
    if about:
        lead = "on"
    else:
        issuer, subject = "", rest
    by = f" of {_capitals(_phrase(issuer))}" if issuer else ""
    if not subject:
        return f"{name}{by}"
    if subject.endswith(_LAW) and _kind_size(subject):
        return f"{name}{by} {lead or 'on'} the {_body(subject)}"
    invitation = _INVITATION.fullmatch(subject)
    if invitation:
        return f"{name}{by} inviting public comments on {_capitals(_phrase(invitation[1] or invitation[2]))}"
    return f"{name}{by} {lead or 'on'} {_capitals(_phrase(subject))}"


def _phrase(text: str) -> list[str]:
    """Return the English words of *text* in its order; what is not known stays as it is."""
    return [word for word in _words(text) if word]


def _words(text: str) -> Iterator[str]:
    base, place = term_base(), 0
    rest = ""
    while place < len(text):
        quotation = _QUOTATION.match(text, place)
        term = "" if quotation else base.at(text, place)
        plain = None if quotation or term else _YEAR.match(text, place) or _ARABIC.match(text, place)
        if (quotation or term or plain) and rest:
            yield rest
            rest = ""
        if quotation:
            yield f"“{_title(quotation[1])}”"
            place = quotation.end()
        elif term:
            yield base.words[term]
            place += len(term)
        elif plain:
            yield (plain[1] if plain.re is _YEAR else plain[0]).strip()
            place = plain.end()
        else:
            rest += text[place]
            place += 1
    yield rest


def _capitals(phrase: list[str]) -> str:
    """Return words as a title has them; a title within them keeps its own."""
    return _join([piece if piece.startswith("“") else _capital_words(piece) for piece in phrase])


def _capital_words(piece: str) -> str:
    words = piece.split(" ")
    return " ".join(word if word in _SMALL or not word[:1].islower() else word[:1].upper() + word[1:] for word in words)


def _join(phrase: list[str]) -> str:
    """Return words with blanks between them but before a comma, none said twice in a row."""
    once = [word for place, word in enumerate(phrase) if not place or word != phrase[place - 1]]
    phrase_text = re.sub(r"\s+([,;:])", r"\1", " ".join(once))
    return re.sub(r"(?<=[“(\[]) | (?=[”)\]])|(?<=\d) (?=–)|(?<=–) (?=\d)", "", phrase_text)
