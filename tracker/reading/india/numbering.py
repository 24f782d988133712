"""How an instrument numbers its units: by a word (``Section 5 –``, ``Article 5.``) or by bare numbers (``5.``)."""

from __future__ import annotations

import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from storage.records import ProvisionKind
from tracker.reading.india.line import IndianLine
from tracker.reading.structure.broken_references import ends_in_reference
from tracker.reading.structure.numbers import roman_to_int

K = ProvisionKind
UnitHead = tuple[str, str, str]
"""Number, label and rest of a line that begins a unit."""

_NUMBER = r"\d{1,3}(?:[A-Z]{0,3}|\s?-\s?[A-Z]{1,2})"
_BEFORE = r"(?:[\[*†§]\s?)?"  # what a press or a scan leaves before a number
_BARE = re.compile(rf"{_BEFORE}(?P<label>(?P<number>{_NUMBER})\s?\.(?!\d))\s*(?P<rest>.*)", re.S)
_BARE_SURE = re.compile(  # "4 Heading.—" and "4 A. Heading.—": only the heading and its dash say that it is a number
    rf"{_BEFORE}(?P<label>(?P<number>{_NUMBER}|\d{{1,3}}\s[A-Z]{{1,2}})\s?\.?)\s+"
    r"(?P<rest>[A-Z“(\[][^.;:]{2,160}\.\s?(?:—|––|–|--).*)",
    re.S,
)
_ROMAN = re.compile(r"(?P<label>(?P<number>[IVXLC]{1,7})\.)\s+(?P<rest>[A-Z“].*)", re.S)
_APART = re.compile(r"[\s-]+")
_WORD_UNIT = re.compile(
    r"(?P<label>(?P<word>Section|Sec\.|Rule|Regulation|Article|Art\.)\s+"
    rf"(?P<number>\d{{1,3}}\s?-\s?(?-i:[A-Z]{{1,2}})(?=\s*[.:—–-])|{_NUMBER}|\d{{1,3}}[ -](?-i:[A-Z]{{1,2}}))"
    r"\s*(?:[.:—–-]|$))\s*(?P<rest>.*)",
    re.S | re.I,
)
_KINDS = {"sec": K.SECTION, "rul": K.RULE, "reg": K.REGULATION, "art": K.ARTICLE}
_HEADING_DASH = re.compile(r"[A-Z“‘(][^.;:]{2,160}\.\s*(?:—|––|–|--|-(?=\s?[(A-Z]))")
_STARTS_ANEW = re.compile(r"\(1\)|[A-Z][^.;:]{3,160}\.\s*(?:—|––|–|-)")
_HEADING_INSIDE = r"[A-Z“‘][^.;:\d](?:etc\.|[^.;:]){1,160}\.\s?(?:—|––|–(?=\s?[(A-Z])|--)"
_GONE_INSIDE = r"\[(?:[^\[\]]{3,160}\]\s?(?:—\s?)?\[?)?(?:Omitted|Rep)\b"
_INSIDE = re.compile(
    rf"(?<=[^\d\s])\s+(?:\d{{1,3}}\s+)?(?={_NUMBER}\.\s?(?:{_HEADING_INSIDE}|{_GONE_INSIDE}))(?P<number>\d{{1,3}}(?P<letter>[A-Z]{{0,3}}))"
)
_ENACTED = re.compile(r"\benacted\b.{0,200}$|\bnamely\s*:\s*[—–-]+\s*(?:CHAPTER\b.{0,80})?$", re.S)
_CHAPTER_AT_END = re.compile(
    r"(?:^|\s)(?P<label>(?:CHAPTER|PART)\s+[IVXLC]{1,7}[A-Z]?)\s+(?P<title>[A-Z][A-Z ,’'()-]{2,100})$"
)
_SCHEDULE_INSIDE = re.compile(
    r"(?<=[.\])”])\s(?P<label>(?:THE\s)?(?:[A-Z]{4,11}\s)?SCHEDULE)(?=\s[(\[]\s?(?:[Ss]ee|SEE)\b)"
)
_STEP = 3  # of two headings in one line, the numbers between which are left out
_LEAST = 3
_MOST_BOLD = 0.6  # of the headings that bear a word
_LATE = 3  # where units bear a word only here and there, the first of the others is a 2 or 3


def leading_digits(number: str) -> int:
    """Return the digits a number begins with: 66 of ``66A``; of a Roman number its value."""
    match = re.match(r"\d+", number)
    return int(match[0]) if match else roman_to_int(number) or 0


def unit_of(line: IndianLine) -> UnitHead | None:
    """Return number, label and rest of a line that looks like the beginning of a numbered unit."""
    match = _BARE.fullmatch(line.text) or _WORD_UNIT.fullmatch(line.text) or _BARE_SURE.fullmatch(line.text)
    return _head(match) if match else None


def _head(match: re.Match[str]) -> UnitHead:
    """Return number, label and rest; "4-A" and "4 A" are the number 4A."""
    return _APART.sub("", match["number"]), match["label"], match["rest"]


def starts_anew(rest: str) -> bool:
    """Return whether what stands behind a number is (1), or a heading with the dash of the law behind it."""
    return _STARTS_ANEW.match(rest) is not None


@dataclass(slots=True)
class NumberStyle:
    """What begins a unit in one instrument, and where its numbers stand.

    Where units bear a word, as in ``Section 5 –``, bare numbers are lists inside them.
    """

    kind: ProvisionKind | None = None
    roman: bool = False  # as the oldest Acts number: II. And it is hereby enacted …
    is_bold: bool = False  # their headings stand in bold type, as those of Markdown do
    numbers: frozenset[str] = frozenset()  # those that bear a word: the others may have lost it
    places: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    def unit(self, line: IndianLine) -> UnitHead | None:
        """Return number, label and rest of a line that begins a unit in this style."""
        if self.roman:
            match = _ROMAN.fullmatch(line.text)
            return (str(roman_to_int(match["number"])), match["label"], match["rest"]) if match else None
        if self.kind is None:
            return unit_of(line)
        match = _WORD_UNIT.fullmatch(line.text)
        if match:  # "and in / section 6. It …" goes on with a sentence, as does what lacks the type of the others
            return _head(match) if match["word"][0].isupper() and (line.bold or not self.is_bold) else None
        head = unit_of(line)
        return head if head and head[0] not in self.numbers and _HEADING_DASH.match(head[2]) else None

    def is_sure(self, line: IndianLine, head: UnitHead) -> bool:
        """Return whether a line is a unit's heading by its own look: a word in bold type, or a heading and a dash."""
        if self.kind is not None and head[1][:1].isalpha():
            return line.bold
        return _HEADING_DASH.match(head[2]) is not None

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
    in_bold = [pair for pair in named if pair[0].bold]
    is_bold = len(in_bold) > _MOST_BOLD * len(named) or (len(in_bold) >= _LEAST and _headings_are_marked(in_bold))
    named = in_bold if is_bold else named
    kind = _named_kind(named, lines)
    numbers = frozenset(_head(match)[0] for _, match in named)
    style = NumberStyle(kind, kind is None and _counts_in_roman(lines, outside), is_bold, numbers)
    for place, (line, free) in enumerate(zip(lines, outside, strict=True)):
        head = style.unit(line) if free or style.stands_out(line) else None
        if head and (style.is_sure(line, head) or head[0] == "1"):
            style.places[leading_digits(head[0])].append(place)
    return style


def _headings_are_marked(in_bold: Sequence[tuple[IndianLine, re.Match[str]]]) -> bool:
    """Return whether the headings in bold type count by themselves: then what is not bold refers to a section."""
    return len(_rising_run([leading_digits(match["number"]) for _, match in in_bold])) == len(in_bold)


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
    if len(_rising_run(bare, _LATE)) > len(_rising_run(numbers)):
        return None
    first = next(match for _, match in named if leading_digits(match["number"]) == 1)
    return _KINDS[first["word"][:3].lower()]


def _counts_in_roman(lines: Sequence[IndianLine], outside: Sequence[bool]) -> bool:
    """Return whether lines count in Roman numbers from I on, and further than any count in digits."""
    free = [line for line, is_free in zip(lines, outside, strict=True) if is_free]
    roman = [leading_digits(match["number"]) for line in free if (match := _ROMAN.fullmatch(line.text))]
    digits = [leading_digits(match["number"]) for line in free if (match := _BARE.fullmatch(line.text))]
    return len(_rising_run(roman)) >= _LEAST and len(_rising_run(roman)) > len(_rising_run(digits))


def _rising_run(numbers: Sequence[int], latest: int = 1) -> list[int]:
    """Return the numbers that go up by one or few from the first 1, or from one not above *latest*."""
    rising: list[int] = []
    for number in numbers:
        if 1 <= number <= latest if not rising else rising[-1] < number <= rising[-1] + _WIDEST:
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
        before = line.text[start : match.start("number")]
        number, is_inserted = leading_digits(match["number"]), bool(match["letter"])
        begins = last < number <= last + _STEP or (number == last and is_inserted)
        is_reference = ends_in_reference(before) or before.count("“") > before.count("”")
        if begins and (last or _ENACTED.search(before)) and not is_reference:
            yield from (replace(line, text=part) for part in _headings_apart(before.rstrip()))
            start, last = match.start("number"), number
    if start:
        yield from (replace(line, text=part) for part in _schedule_apart(line.text[start:]))
    else:
        yield line


def _headings_apart(text: str) -> list[str]:
    """Return *text* with the heading of a chapter at its end — "… prescribed. CHAPTER II LEVY OF FEES" — on a line."""
    match = _CHAPTER_AT_END.search(text)
    return (
        [part for part in (text[: match.start()].rstrip(), match["label"], match["title"]) if part] if match else [text]
    )


def _schedule_apart(text: str) -> list[str]:
    """Return *text* with each schedule at its end on a line of its own: "… fit. THE SCHEDULE (See section 3) 1. …"."""
    starts = [match.start("label") for match in _SCHEDULE_INSIDE.finditer(text)]
    ends = [match.end("label") for match in _SCHEDULE_INSIDE.finditer(text)]
    cuts = [0, *(cut for pair in zip(starts, ends, strict=True) for cut in pair), len(text)]
    return [part for a, b in pairwise(cuts) if (part := text[a:b].strip())]
