"""How an instrument numbers its units: by a word (``Section 5 –``, ``Article 5.``) or by bare numbers (``5.``)."""

from __future__ import annotations

import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from storage.records import ProvisionKind
from tracker.reading.india.line import IndianLine

K = ProvisionKind
UnitHead = tuple[str, str, str]
"""Number, label and rest of a line that begins a unit."""

_NUMBER = r"\d{1,3}[A-Z]{0,3}"
_BARE = re.compile(rf"(?P<label>(?P<number>{_NUMBER})\.(?!\d))\s*(?P<rest>.*)", re.S)
_WORD_UNIT = re.compile(
    rf"(?P<label>(?P<word>Section|Sec\.|Rule|Regulation|Article|Art\.)\s+(?P<number>{_NUMBER}|\d{{1,3}}-[A-Z]{{1,2}})\s*(?:[.:—–-]|$))\s*(?P<rest>.*)",
    re.S | re.I,
)
_KINDS = {"sec": K.SECTION, "rul": K.RULE, "reg": K.REGULATION, "art": K.ARTICLE}
_HEADING_DASH = re.compile(r"[A-Z“‘(][^.;:]{2,160}\.\s*(?:—|––|–|--|-(?=\s?[(A-Z]))")
_STARTS_ANEW = re.compile(r"\(1\)|[A-Z][^.;:]{3,160}\.\s*(?:—|––|–|-)")
_INSIDE = re.compile(
    rf"(?<=[^\d\s])\s+(?={_NUMBER}\.\s?[A-Z“‘][^.;:\d][^.;:]{{1,160}}\.\s?(?:—|––|–(?=\s?[(A-Z])|--))(?P<number>\d{{1,3}})"
)
_LEAST = 3


def leading_digits(number: str) -> int:
    """Return the digits a number begins with: 66 of ``66A``."""
    match = re.match(r"\d+", number)
    return int(match[0]) if match else 0


def unit_of(line: IndianLine) -> UnitHead | None:
    """Return number, label and rest of a line that looks like the beginning of a numbered unit."""
    match = _BARE.fullmatch(line.text) or _WORD_UNIT.fullmatch(line.text)
    return (match["number"], match["label"], match["rest"]) if match else None


def starts_anew(rest: str) -> bool:
    """Return whether what stands behind a number is (1), or a heading with the dash of the law behind it."""
    return _STARTS_ANEW.match(rest) is not None


@dataclass(slots=True)
class NumberStyle:
    """What begins a unit in one instrument, and where its numbers stand.

    Where units bear a word, as in ``Section 5 –``, bare numbers are lists inside them.
    """

    kind: ProvisionKind | None = None
    places: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    def unit(self, line: IndianLine) -> UnitHead | None:
        """Return number, label and rest of a line that begins a unit in this style."""
        if self.kind is None:
            return unit_of(line)
        match = _WORD_UNIT.fullmatch(line.text)
        return (match["number"], match["label"], match["rest"]) if match else None

    def is_sure(self, line: IndianLine, head: UnitHead) -> bool:
        """Return whether a line is a unit's heading by its own look: a word in bold type, or a heading and a dash."""
        return line.bold if self.kind is not None else _HEADING_DASH.match(head[2]) is not None

    def stands_out(self, line: IndianLine) -> bool:
        """Return whether a line is a heading by its type and its word: no quotation mark left open reaches over it."""
        return self.kind is not None and line.bold and _WORD_UNIT.fullmatch(line.text) is not None

    def goes_on(self, place: int, last: int) -> bool:
        """Return whether the count goes on with the number after *last* behind *place*, before it begins anew at 1."""
        behind, anew = self._next(last + 1, place), self._next(1, place)
        return behind is not None and (anew is None or behind < anew)

    def _next(self, number: int, place: int) -> int | None:
        places = self.places.get(number, [])
        at = bisect(places, place)
        return places[at] if at < len(places) else None


def style_of(lines: Sequence[IndianLine], outside: Sequence[bool]) -> NumberStyle:
    """Return how *lines* number their units; those not *outside* stand in a quotation."""
    named = [
        (line, m) for line, free in zip(lines, outside, strict=True) if free and (m := _WORD_UNIT.fullmatch(line.text))
    ]
    style = NumberStyle(_named_kind(named, lines))
    for place, (line, free) in enumerate(zip(lines, outside, strict=True)):
        head = style.unit(line) if free or style.stands_out(line) else None
        if head and (style.is_sure(line, head) or head[0] == "1"):
            style.places[leading_digits(head[0])].append(place)
    return style


def _named_kind(named: Sequence[tuple[IndianLine, re.Match[str]]], lines: Sequence[IndianLine]) -> ProvisionKind | None:
    """Return the kind of the word that units bear, when most headings of the text bear one."""
    numbers = [leading_digits(match["number"]) for _, match in named]
    if 1 not in numbers and named and all(line.bold for line, _ in named):
        return _KINDS[named[0][1]["word"][:3].lower()]  # a further part of an Act: sections 33 to 66
    if 1 not in numbers or len(_rising_run(numbers)) < _LEAST:
        return None
    bare = [
        leading_digits(m["number"]) for line in lines if (m := _BARE.fullmatch(line.text)) and starts_anew(m["rest"])
    ]
    if len(_rising_run(bare)) > len(_rising_run(numbers)):
        return None
    first = next(match for _, match in named if leading_digits(match["number"]) == 1)
    return _KINDS[first["word"][:3].lower()]


def _rising_run(numbers: Sequence[int]) -> list[int]:
    """Return the numbers that go up by one or few from the first 1."""
    rising: list[int] = []
    for number in numbers:
        if number == 1 if not rising else rising[-1] < number <= rising[-1] + _WIDEST:
            rising.append(number)
    return rising


_WIDEST = 10


def split_joined(lines: Sequence[IndianLine]) -> list[IndianLine]:
    """Return *lines* with a heading in the middle of one — "… prescribed. 4. Savings.—Nothing" — on a line of its own.

    Only the next number in the count begins a line, with its heading and dash, outside quotation marks.
    """
    pieces: list[IndianLine] = []
    last = 0
    for line in lines:
        for piece in _pieces(line, last):
            head = unit_of(piece)
            number = leading_digits(head[0]) if head else 0
            last = number if number and (number == 1 or last < number <= last + _WIDEST) else last
            pieces.append(piece)
    return pieces


def _pieces(line: IndianLine, last: int) -> Iterator[IndianLine]:
    head = unit_of(line)
    if head and leading_digits(head[0]) in {1, last + 1}:
        last = leading_digits(head[0])
    start = 0
    for match in _INSIDE.finditer(line.text):
        before = line.text[start : match.start()]
        if last and int(match["number"]) == last + 1 and before.count("“") <= before.count("”"):
            yield replace(line, text=before.rstrip())
            start, last = match.start("number"), last + 1
    yield replace(line, text=line.text[start:]) if start else line
