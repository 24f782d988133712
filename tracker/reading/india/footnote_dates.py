"""The dates that footnotes of a consolidated Act give its provisions: commencement by notification, amendment w.e.f."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from storage.records import Milestone, MilestoneKind, Provision
from tracker.reading.india.dates import DATE, find_day

M = MilestoneKind
_BY_NOTIFICATION = re.compile(rf"(?P<on>{DATE})\s*,?\s*(?:vide|see|by)\b", re.I)
_WITH_EFFECT = re.compile(rf"\bw\.?\s?e\.?\s?f\.?\s*(?P<on>{DATE})", re.I)
_SECTIONS = re.compile(
    r"\b(?:ss?\.|secs?\.|sections?|rules?|regulations?)\s*(?P<list>\d{1,3}[A-Z]{0,3}(?:\s*(?:,|and|to|&|-|–)\s*(?:ss?\.\s*)?\d{1,3}[A-Z]{0,3})*)",
    re.I,
)
_STEP = re.compile(r"(to|-|–)?\s*(?:ss?\.\s*)?(\d{1,3}[A-Z]{0,3})", re.I)
_OF_AMENDER = re.compile(r"\b(?:Ins|Subs?|Added|Rep)\.|\b(?:omitted|inserted|substituted|(?:re)?numbered|ibid)\b", re.I)
_LONGEST = 4_000


def footnote_dates(footnotes: Sequence[tuple[str, str]], units: Sequence[Provision]) -> list[Milestone]:
    """Return the dates footnotes give the Act and its *units*; of several amendments of one unit the newest stays."""
    results: list[Milestone] = []
    amended: dict[str, Milestone] = {}
    eids = {unit.number: unit.eid for unit in units}
    for number, text in footnotes:
        if _OF_AMENDER.search(text):
            for stated in _amendments(text, eids.get(number.lower())):
                before = amended.get(stated.eid or "")
                if before is None or (before.on or date.min) < (stated.on or date.min):
                    amended[stated.eid or ""] = stated
        else:
            at = eids.get(number.lower()) if results or not units else units[0].eid
            results += _commencements(text[:_LONGEST], at, units)
    return [*results, *amended.values()]


def _amendments(text: str, eid: str | None) -> Iterator[Milestone]:
    match = _WITH_EFFECT.search(text)
    if match and eid and (on := find_day(match["on"])):
        yield Milestone(M.APPLIES, on, text, eid)


def _commencements(text: str, eid: str | None, units: Sequence[Provision]) -> Iterator[Milestone]:
    """Yield the commencement of the units a footnote lists, or of the whole Act where it lists none at section 1."""
    for match in _WITH_EFFECT.finditer(text):
        before = text[: match.start()]
        if on := find_day(match["on"]):
            yield from _of(on, text, listed(before, units), eid, units)
    stated = list(_BY_NOTIFICATION.finditer(text))
    for place, match in enumerate(stated):
        end = stated[place + 1].start() if place + 1 < len(stated) else len(text)
        if on := find_day(match["on"]):
            basis = text[match.start() : end].strip(" ;,")
            yield from _of(on, basis, listed(basis[match.end() - match.start() :], units), eid, units)


def _of(on: date, basis: str, eids: Sequence[str], eid: str | None, units: Sequence[Provision]) -> Iterator[Milestone]:
    if eids:
        yield from (Milestone(M.APPLIES, on, basis, named) for named in eids)
    elif eid and units and eid == units[0].eid:
        yield Milestone(M.IN_FORCE, on, basis, eid)
    elif eid:
        yield Milestone(M.APPLIES, on, basis, eid)


def listed(words: str, units: Sequence[Provision]) -> list[str]:
    """Return the ids of the units that *words* list, ranges included: "ss. 2, 18 to 26 and 30"."""
    numbers = [unit.number for unit in units]
    results: list[str] = []
    for match in _SECTIONS.finditer(words):
        last = ""
        for step in _STEP.finditer(match["list"]):
            number = step[2].lower()
            if step[1] and last in numbers and number in numbers:
                span = range(numbers.index(last) + 1, numbers.index(number) + 1)
            else:
                span = range(numbers.index(number), numbers.index(number) + 1) if number in numbers else range(0)
            results += [units[n].eid for n in span]
            last = number
    return list(dict.fromkeys(results))
