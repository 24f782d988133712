"""Set aside the STATE AMENDMENTS that a consolidated Act prints behind a section: they are law in one State only."""

from __future__ import annotations

import re
from collections.abc import Sequence

from storage.records import Note
from tracker.reading.india.line import IndianLine, join_lines
from tracker.reading.india.numbering import leading_digits, starts_anew, unit_of
from tracker.reading.structure.broken_references import ends_in_reference

STATE_AMENDMENT = "state amendment"
_HEADING = re.compile(r"STATE\s+AMENDMENTS?\.?", re.I)
_VIDE = re.compile(r"[\[(]\s*Vide\b", re.I)
_NUMBER = re.compile(r"\d{1,4}")
_ENDS = re.compile(
    r"(?:CHAPTER|PART)\s+[IVXLC\d]|(?:THE\s+)?(?:[A-Z]{4,12}\s+)?SCHEDULE\b|Foot\s?notes?\b|\d{1,3}\.\s*(?:Subs|Ins|Rep)\."
)
_FARTHEST = 400  # lines; what ends nowhere is left where it is
_STEP = 3


def without_state_amendments(lines: Sequence[IndianLine]) -> tuple[list[IndianLine], list[Note]]:
    """Return *lines* without the amendments of States, and those as notes."""
    rest: list[IndianLine] = []
    notes: list[Note] = []
    place = last = 0
    while place < len(lines):
        last = _counted(lines, place, last)
        end = _end(lines, place, last) if _HEADING.fullmatch(lines[place].text) else None
        if end is None:
            rest.append(lines[place])
            place += 1
        else:
            notes.append(Note(STATE_AMENDMENT, join_lines(lines[place:end])))
            place = end
    return rest, notes


def _counted(lines: Sequence[IndianLine], place: int, last: int) -> int:
    """Return the number that the count of sections has come to; the contents list before the law counts as well."""
    number = _number(lines[place])
    if not number or (place and ends_in_reference(lines[place - 1].text)):
        return last
    is_next = number == last + 1 or (last < number <= last + _STEP and _is_heading(lines[place]))
    return number if is_next or (number == 1 and _is_heading(lines[place])) else last


def _number(line: IndianLine) -> int:
    head = unit_of(line)
    return leading_digits(head[0]) if head else 0


def _is_heading(line: IndianLine) -> bool:
    head = unit_of(line)
    return head is not None and (starts_anew(head[2]) or head[1][:1].isalpha())


def _end(lines: Sequence[IndianLine], start: int, last: int) -> int | None:
    """Return where the law goes on: at its next heading behind "[Vide …]", or at the next number of its count."""
    cites_act = False
    for place in range(start + 1, min(len(lines), start + _FARTHEST)):
        line = lines[place]
        number = _number(line)
        goes_on = last < number <= last + _STEP and (cites_act or _is_heading(line))
        if goes_on or _ENDS.match(line.text) or (cites_act and number == last > 0):
            return place
        if not _NUMBER.fullmatch(line.text):
            cites_act = _VIDE.search(line.text) is not None or (cites_act and not lines[place - 1].text.endswith("]"))
    return len(lines) if cites_act else None
