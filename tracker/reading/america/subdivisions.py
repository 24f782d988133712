"""Sections that count their first level without brackets, as New York's laws do: "1. …", "2. …", then (a) and (i)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from storage.records import ProvisionKind
from tracker.reading.america.ladders import NEW_YORK
from tracker.reading.america.nesting import below
from tracker.reading.structure.draft import Draft

_COUNTED = re.compile(r"^(?P<label>(?P<number>\d{1,3})(?P<letter>-[a-z])?\.)\s+(?=\S)")


def subdivided(number: str, label: str, heading: str, lines: Sequence[str]) -> Draft | None:
    """Return a section whose lines begin with numbers that count up from 1, or None when they do not."""
    starts = _starts(lines)
    if len(starts) < 2:
        return None
    section = Draft(ProvisionKind.SECTION, number, label, heading, "\n".join(lines[: starts[0]]))
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        found = _COUNTED.match(lines[start])
        assert found is not None
        text, children = below([lines[start][found.end() :], *lines[start + 1 : end]], NEW_YORK)
        counted = f"{found['number']}{found['letter'] or ''}"
        section.children.append(Draft(ProvisionKind.SUBSECTION, counted, found["label"], text=text, children=children))
    return section


def _starts(lines: Sequence[str]) -> list[int]:
    starts: list[int] = []
    last = 0
    for place, line in enumerate(lines):
        found = _COUNTED.match(line)
        step = int(found["number"]) - last if found else 0
        if found and (step == 1 or (found["letter"] and starts and step == 0)):
            starts.append(place)
            last = int(found["number"])
    return starts
