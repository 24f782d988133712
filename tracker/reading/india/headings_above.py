"""Give each unit the heading that stands on the line above its number, as rules and regulations print it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.reading.india.divide import GazetteDivision, GazetteZone, Part
from tracker.reading.india.line import IndianLine

_LONGEST = 120
_LEAST, _SHARE = 3, 0.6
_SENTENCE = (".", ";", ":", "—", "”", "]", ")")
_PROSE = re.compile(r"\b(?:shall|hereby|namely|means|may be|is to)\b|[;:—]$|^[(“\"\[\d]")
_NO_HEADING = re.compile(r"(?:Explanation|Illustration|Exception|Provided|Note|Form|Table)\b", re.I)
_OWN_HEADING = re.compile(r"[A-Z][^.;:—]{2,160}\.\s*(?:—|––|–|--|-)")


def attach_headings_above(division: GazetteDivision) -> None:
    """Move the line above a number to its unit, where most units of *division* have such a line and none else."""
    holders = _holders(division)
    units = [place for place, part in enumerate(division.parts) if part.zone is GazetteZone.UNIT]
    titled = [place for place in units if _has_title(holders[place], division.parts[place])]
    if len(titled) < max(_LEAST, _SHARE * len(units)):
        return
    for place in titled:
        title = holders[place].pop()
        division.parts[place].lines.insert(0, IndianLine(title.text, title.fresh, bold=True))


def _holders(division: GazetteDivision) -> list[list[IndianLine]]:
    """Return for each part the lines of what stands before it."""
    return [division.front, *(part.lines for part in division.parts[:-1])]


def _has_title(before: Sequence[IndianLine], part: Part) -> bool:
    if len(before) < 2 or not part.lines or _OWN_HEADING.match(part.lines[0].text):
        return False
    text, above = before[-1].text, before[-2].text
    is_line = len(text) <= _LONGEST and text[:1].isupper() and not _PROSE.search(text) and not _NO_HEADING.match(text)
    return is_line and (above.endswith(_SENTENCE) or above.isupper())
