"""Divide the lines of an instrument: front matter, numbered units under chapters, schedules, signature and notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from tracker.reading.india.line import Line
from tracker.reading.india.quotes import HIDDEN, mask
from tracker.reading.india.text import ends_in_reference

_UNIT = re.compile(r"(\d{1,3}[A-Z]{0,2})\.(?!\d)\s*(.*)", re.S)
_BARE_UNIT = re.compile(r"(\d{1,3}[A-Z]{0,2})\.")
_ORDINAL = (
    "FIRST|SECOND|THIRD|FOURTH|FIFTH|SIXTH|SEVENTH|EIGHTH|NINTH|TENTH|ELEVENTH|TWELFTH|THIRTEENTH|FOURTEENTH|FIFTEENTH"
)
_SCHEDULE = re.compile(
    rf"(?:THE\s+)?(?:(?P<word>{_ORDINAL})\s+SCHEDULE|SCHEDULE(?:\s*[-–—]?\s*(?P<number>[IVX]{{1,6}}|\d{{1,2}}|[A-Z]))?)\.?",
    re.IGNORECASE,
)
_ANNEX = re.compile(r"(?:ANNEX(?:URE)?|APPENDIX)(?:\s*[-–—]?\s*(?P<number>[IVX]{1,6}|\d{1,2}|[A-Z]))?\.?")
_CHAPTER = re.compile(r"(CHAPTER|PART)\s*[-–—]?\s*([IVXLC]{1,7}[A-Z]?|\d{1,2}|[A-Z])\.?")
_FILE = re.compile(r"\[?\s*\[\s*(?:F\.?|File)\s*(?:No|Number)\b.{0,80}", re.I)
_SIGNED = re.compile(
    r".{3,80},\s*(?:(?:Jt|Joint|Addl|Additional|Dy|Deputy|Under)\.?\s+)?(?:Secy|Secretary|Director|Scientist)\b.{0,60}"
)
_HISTORY = re.compile(r"(?:Foot\s?note|Note)\s*[.:—–-]+\s*(?:The\s+)?principal\b", re.I)
_CONTENTS = re.compile(r"ARRANGEMENT\s+OF\s+(?:SECTIONS|RULES|REGULATIONS|CLAUSES)|CONTENTS", re.I)


class Zone(StrEnum):
    """What a stretch of lines is."""

    UNIT = "unit"
    CHAPTER = "chapter"
    SCHEDULE = "schedule"
    ANNEX = "annex"


@dataclass(slots=True)
class Part:
    """One stretch of lines under its number and label."""

    zone: Zone
    number: str
    label: str
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Divided:
    """An instrument's lines, divided."""

    front: list[Line] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    signature: list[Line] = field(default_factory=list)
    history: list[Line] = field(default_factory=list)
    contents: list[Line] = field(default_factory=list)


def divide(lines: Sequence[Line]) -> Divided:
    """Return *lines* divided. Numbers inside quotation marks begin nothing; a contents list is kept apart."""
    outside = _outside_quotes(lines)
    divided = Divided()
    body, closing = _closing(lines, outside)
    start = _first_unit(lines[:body], outside)
    divided.contents, front = _contents(lines[:start])
    divided.front = front
    _close(lines[body:], closing, divided)
    current: list[Line] = divided.front
    last = 0
    attached = False
    for place in range(start, body):
        line = lines[place]
        goes_on = not line.fresh and place > start and ends_in_reference(lines[place - 1].text)
        part = _begin(line, last, attached=attached) if outside[place] and not goes_on else None
        if part is None:
            current.append(line)
            continue
        attached = attached or part.zone in {Zone.SCHEDULE, Zone.ANNEX}
        if part.zone is Zone.UNIT:
            last = leading(part.number)
        divided.parts.append(part)
        current = part.lines
    return divided


def leading(number: str) -> int:
    """Return the digits a number begins with: 66 of ``66A``."""
    match = re.match(r"\d+", number)
    return int(match[0]) if match else 0


def unit_of(line: Line) -> tuple[str, str, str] | None:
    """Return number, label and rest of a line that looks like the beginning of a numbered unit."""
    match = _UNIT.fullmatch(line.text)
    return (match[1], f"{match[1]}.", match[2]) if match else None


def _begin(line: Line, last: int, *, attached: bool) -> Part | None:
    part = _attachment(line)
    return part if part is not None or attached else _chapter(line) or _unit(line, last)


def _attachment(line: Line) -> Part | None:
    schedule = _SCHEDULE.fullmatch(line.text)
    if schedule and (line.text.isupper() or line.centred or schedule["word"] is None):
        return Part(Zone.SCHEDULE, schedule["word"] or schedule["number"] or "", line.text)
    annex = _ANNEX.fullmatch(line.text)
    return Part(Zone.ANNEX, annex["number"] or "", line.text) if annex else None


def _chapter(line: Line) -> Part | None:
    chapter = _CHAPTER.fullmatch(line.text)
    return Part(Zone.CHAPTER, chapter[2], line.text) if chapter else None


def _unit(line: Line, last: int) -> Part | None:
    """Begin a unit where its number goes on from the *last* one; a gap of a few is an omitted unit."""
    number, label, rest = unit_of(line) or ("", "", "")
    step = leading(number) - last
    if not number or not 0 <= step <= 5 or (step == 0 and number.isdigit()) or (step > 1 and not rest):
        return None
    return Part(Zone.UNIT, number, label, [Line(rest, line.fresh, line.bold, line.centred)] if rest else [])


def _outside_quotes(lines: Sequence[Line]) -> list[bool]:
    masked = mask("\n".join(line.text for line in lines))
    outside, place = [], 0
    for line in lines:
        outside.append(masked[place : place + 1] != HIDDEN)
        place += len(line.text) + 1
    return outside


def _first_unit(lines: Sequence[Line], outside: Sequence[bool]) -> int:
    """Return where the law begins: at its number 1 , after a contents list, with its chapter heading."""
    ones = [
        place
        for place, line in enumerate(lines)
        if outside[place] and (unit := unit_of(line)) is not None and unit[0] == "1"
    ]
    schedules = [place for place, line in enumerate(lines) if outside[place] and _SCHEDULE.fullmatch(line.text)]
    ones = [place for place in ones if not schedules or place < schedules[0] or len(ones) == 1] or ones[:1]
    if not ones:
        numbered = [place for place, line in enumerate(lines) if outside[place] and unit_of(line)]
        return numbered[0] if len(numbered) >= 2 else len(lines)
    start = ones[-1] if len(ones) > 1 and _is_contents(lines[ones[0] : ones[1]]) else ones[0]
    for back in (1, 2, 3):
        if start - back >= 0 and _CHAPTER.fullmatch(lines[start - back].text):
            return start - back
    return start


def _is_contents(lines: Sequence[Line]) -> bool:
    return sum(unit_of(line) is not None for line in lines) >= 0.5 * len(lines) and len(lines) >= 3


def _contents(front: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    for place, line in enumerate(front):
        if _CONTENTS.fullmatch(line.text):
            after = place + 1
            while after < len(front) and (unit_of(front[after]) or len(front[after].text) < 60):
                after += 1
            return list(front[place:after]), [*front[:place], *front[after:]]
    return [], list(front)


def _closing(lines: Sequence[Line], outside: Sequence[bool]) -> tuple[int, str]:
    """Return where the law ends: at the file number, the signature or the history note after it."""
    for place in range(len(lines)):
        if not outside[place] or place < len(lines) - 40:
            continue
        text = lines[place].text
        if _FILE.fullmatch(text) or _HISTORY.match(text) or (place >= len(lines) - 6 and _SIGNED.fullmatch(text)):
            return place, text
    return len(lines), ""


def _close(lines: Sequence[Line], _: str, divided: Divided) -> None:
    current = divided.signature
    for line in lines:
        if _HISTORY.match(line.text):
            current = divided.history
        current.append(line)
