"""Sections that count their first level without brackets, as New York's laws do: "1. …", "2. …", then (a) and (i)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from storage.records import ProvisionKind
from tracker.reading.america.ladders import NEW_YORK
from tracker.reading.america.nesting import below
from tracker.reading.structure.draft import Draft

_SUBDIVISION = re.compile(r"^(?P<label>(?P<number>\d{1,3})(?P<letter>-[a-z])?\.)\s+(?=\S)")


def subdivide(number: str, label: str, heading: str, lines: Sequence[str]) -> Draft | None:
    """Return a section whose lines begin with numbers that count up from 1, or None when they do not."""
    starts = _starts(lines)
    if len(starts) < 2:
        return None
    section = Draft(ProvisionKind.SECTION, number, label, heading, "\n".join(lines[: starts[0]]))
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        match = _SUBDIVISION.match(lines[start])
        assert match is not None
        text, children = below([lines[start][match.end() :], *lines[start + 1 : end]], NEW_YORK)
        own_number = f"{match['number']}{match['letter'] or ''}"
        section.children.append(
            Draft(ProvisionKind.SUBSECTION, own_number, match["label"], text=text, children=children)
        )
    return section


def _starts(lines: Sequence[str]) -> list[int]:
    starts: list[int] = []
    last = 0
    for place, line in enumerate(lines):
        match = _SUBDIVISION.match(line)
        step = int(match["number"]) - last if match else 0
        if match and (step == 1 or (match["letter"] and starts and step == 0)):
            starts.append(place)
            last = int(match["number"])
    return starts
