"""When each instruction takes effect: the day of the act, or the later one its last articles give to some points."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from storage.records import Milestone, MilestoneKind, Provision, Reading
from tracker.reading.europe.speech import speech_of

_COMPLY = re.compile(r"\b(?:comply with|se conformer|nachzukommen|cumplimiento a|conformarsi)\b", re.I)
_STATES_MORE = re.compile(r"\b(?:adopt and publish|adopt, by)\b")  # then a later sentence says from when it applies
_LONGEST = 1500
_KINDS = frozenset({MilestoneKind.IN_FORCE, MilestoneKind.APPLIES})
_UNIT = re.compile(
    r"(?:\b(?:articles?|artikel|artículos?|articol[oi]|artigos?|art\.)|第)\s*(\d+|[一二三四五六七八九十]+)(?:er)?\b(?!\s?\()",
    re.I,
)
_OF_ANOTHER = re.compile(
    r"^[^,;]{0,20}?\b(?:of|du|de la|der|des|del|della)\s+(?:\w+\s+)?"
    r"(?:Regulation|Directive|Decision|règlement|directive|décision|Verordnung|Richtlinie)\s+(?:\(|No|n|\d)",
    re.I,
)
_PATH = re.compile(
    r"\(?(\d{1,3}[a-z]?|[a-z]{1,4})\)((?:\s?\([a-z0-9]{1,4}\))*)|\b(\d{1,3}[a-z]?)\b((?:\s?\([a-z0-9]{1,4}\))*)"
)
_INNER = re.compile(r"\(([a-z0-9]{1,4})\)")
_TO = re.compile(r"\s*(?:to|à|bis|a|tot en met)\s*", re.I)
_STEPS = re.compile(r"__(?:point|para|item)_([^_]+)")
_POINT = re.compile(r"\b(?:points?|Buchstaben?|Nummern?|punto|puntos|punti|lettere?|letras?)\b", re.I)
_ROMAN = frozenset("i ii iii iv v vi vii viii ix x".split())
Path = tuple[str, ...]


class EffectDays:
    """The days of one amending act."""

    def __init__(self, amending: Reading) -> None:
        self.general: date | None = None
        self.special: list[tuple[str, Path, date]] = []
        for milestone in amending.dates:
            if milestone.kind in _KINDS and milestone.on is not None:
                self._note(milestone, _paragraph_of(amending, milestone))
        self.special += list(_to_comply_with(amending))

    def _note(self, milestone: Milestone, words: str) -> None:
        places = list(_places(words)) if milestone.kind is MilestoneKind.APPLIES else []
        if places and milestone.on is not None:
            self.special += [(unit, path, milestone.on) for unit, path in places]
        elif milestone.kind is MilestoneKind.IN_FORCE or self.general is None:
            self.general = milestone.on

    def of(self, basis_eid: str) -> date | None:
        """Return the day the instruction at *basis_eid* takes effect."""
        unit, path = basis_eid.split("__", maxsplit=1)[0], tuple(_STEPS.findall(basis_eid))
        days = [day for entry, start, day in self.special if entry == unit and path[: len(start)] == start]
        return max(days) if days else self.general

    def is_later(self, basis_eid: str, as_of: date | None) -> bool:
        """Return whether an instruction is not in effect *as_of* that day; by default, the day of the act itself."""
        day, limit = self.of(basis_eid), as_of or self.general
        return day is not None and limit is not None and day > limit


def _to_comply_with(amending: Reading) -> Iterator[tuple[str, Path, date]]:
    """Yield what Member States comply with by a day of its own."""
    speech = speech_of(amending.language, amending.title)
    for provision in amending.walk() if speech is not None else ():
        words = provision.text
        hit = _COMPLY.search(words) if len(words) < _LONGEST else None
        day = speech.date_in(words) if hit and speech else None
        if hit is not None and day is not None and not _STATES_MORE.search(words):
            yield from ((unit, path, day[0]) for unit, path in _places(words[hit.end() :]))


def _paragraph_of(amending: Reading, milestone: Milestone) -> str:
    """Return all the words of the paragraph a date stands in: the points it is for may be named a sentence before."""
    if milestone.eid is None:
        return milestone.basis
    above = milestone.eid.rsplit("__subpara", 1)[0]
    hit = next((provision for provision in amending.walk() if provision.eid == above), None)
    return " ".join(_words(hit)) if hit is not None else milestone.basis


def _words(provision: Provision) -> Iterator[str]:
    yield provision.text
    for child in provision.children:
        yield from _words(child)


def _places(words: str) -> Iterator[tuple[str, Path]]:
    """Yield the articles and points of this act that *words* name.

    >>> ["".join(path) for _, path in _places("Article 1, point (3), point (6)(b) and (c), points (11) to (13), apply")]
    ['3', '6b', '6c', '11', '12', '13']
    """
    units = list(_UNIT.finditer(words))
    for place, unit in enumerate(units):
        end = units[place + 1].start() if place + 1 < len(units) else len(words)
        rest = words[unit.end() : end]
        if _OF_ANOTHER.match(rest):
            continue
        point = _POINT.search(rest[:40])
        if point is not None:
            yield from ((f"art_{unit[1]}", path) for path in _paths(rest[point.start() :]))


def _paths(text: str) -> Iterator[Path]:
    last: Path = ()
    end = 0
    for hit in _PATH.finditer(text):
        between = text[end : hit.start()]
        if last and not re.fullmatch(r"[\s,]*(?:and|et|und|or|to|à|bis|,)?\s*(?:points?\s*)?", between, re.I):
            return
        first = hit[1] or hit[3]
        path = _beside_path(last, first, tuple(_INNER.findall(hit[2] or hit[4] or "")))
        if last and _TO.fullmatch(between):
            yield from _between(last, path)
        yield path
        last, end = path, hit.end()


def _beside_path(last: Path, first: str, inner: Path) -> Path:
    """Return the path of a number that may stand beside the last step of the path before: "(6)(b) and (c)"."""
    for depth in range(len(last) - 1, -1, -1):
        if _style(last[depth]) == _style(first):
            return (*last[:depth], first, *inner)
    return (first, *inner)


def _style(number: str) -> str:
    return "digit" if number[:1].isdecimal() else "roman" if number in _ROMAN else "letter"


def _between(first: Path, last: Path) -> Iterator[Path]:
    """Yield the paths between the ends of a range of numbers or letters."""
    start, stop = first[-1], last[-1]
    if start.isdecimal() and stop.isdecimal():
        yield from ((*first[:-1], str(number)) for number in range(int(start) + 1, int(stop)))
    elif len(start) == len(stop) == 1:
        yield from ((*first[:-1], chr(code)) for code in range(ord(start) + 1, ord(stop)))
