"""Work out when an instrument, and each of its provisions, comes into force, by the words that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from storage.records import Milestone, MilestoneKind, Provision
from tracker.reading.india.dates import after, find_date, find_period
from tracker.reading.india.footnote_dates import listed

M = MilestoneKind
_LONGEST = 20_000
_KINDS = frozenset({"rule", "section", "regulation", "article", "paragraph"})
_FORCE = re.compile(
    r"(?P<who>[^.;]{0,400}?)\b(?:shall\s+(?:be\s+deemed\s+to\s+have\s+)?(?:come|came)\s+into\s+(?:force|effect|operation)|"
    r"comes?\s+into\s+(?:force|effect)|shall\s+be\s+effective)\b(?P<when>[^;]{0,300}?)(?=[;.](?:\s|$)|$)",
    re.IGNORECASE,
)
_PUBLICATION = re.compile(r"\bpublication\b", re.I)
_AFTER = re.compile(r"\b(?:after|from)\b", re.I)
_BY_APPOINTMENT = re.compile(r"\bsuch\s+dates?\s+as\b.{0,120}?\b(?:appoint|notif)", re.I | re.S)
_AT_ONCE = re.compile(r"\b(?:with\s+immediate\s+effect|at\s+once|immediately|forthwith)\b", re.I)
_BLANK = re.compile(r"_{3,}|\.{5,}")
_EXCEPT = re.compile(r"\bexcept\b|\bother\s+than\b|\bprovisions\s+of\b.{0,60}\bAct\b", re.I)
_WHOLE = re.compile(r"^\W*(?:\(\d\)\s*)?(?:they|it|these|this|the)\b", re.I)


@dataclass(frozen=True, slots=True)
class CommencementFacts:
    """The dates commencement is counted from."""

    published_on: date | None
    issued_on: date | None
    adopted_on: date | None


def commencement(provisions: tuple[Provision, ...], stated_dates: CommencementFacts) -> list[Milestone]:
    """Return when the instrument comes into force, and when each provision named apart does."""
    units = units_of(provisions)
    own: list[Milestone] = []
    apart: list[Milestone] = []
    for place in _first(units):
        for match in _FORCE.finditer(place.text[:_LONGEST]):
            on, formula = _when(match["when"], stated_dates)
            basis = match[0].strip()
            eids = [] if _EXCEPT.search(match["who"]) else listed(match["who"], units)
            if eids:
                apart += [Milestone(M.APPLIES, on, basis, eid, formula) for eid in eids]
            elif _WHOLE.match(match["who"]) or not match["who"].strip():
                own.append(Milestone(M.IN_FORCE, on, basis, place.eid, formula))
    if apart and not own:
        own.append(_earliest(apart))
    return [*own[:1], *apart]


def units_of(provisions: tuple[Provision, ...]) -> list[Provision]:
    """Return the numbered units of an instrument, in their order."""
    return [unit for unit in _units(provisions) if unit.kind.value in _KINDS]


def _units(provisions: tuple[Provision, ...]) -> Iterator[Provision]:
    for provision in provisions:
        if provision.kind.value in {"chapter", "part"}:
            yield from _units(provision.children)
        else:
            yield provision


def _first(units: list[Provision]) -> Iterator[Provision]:
    """Yield what may speak of commencement: all below the first unit, and short later units that say nothing else."""
    for number, unit in enumerate(units):
        for place in unit.walk():
            if number == 0 or (unit.kind.value == "paragraph" and len(place.text) < 300):
                yield place


def _earliest(apart: list[Milestone]) -> Milestone:
    with_date = [m for m in apart if m.on is not None]
    first = min(with_date, key=lambda m: m.on or date.max) if with_date else apart[0]
    return Milestone(M.IN_FORCE, first.on, first.basis, None, first.formula)


def _when(words: str, stated_dates: CommencementFacts) -> tuple[date | None, str | None]:
    """Return the date *words* give or let us compute, and the formula it was computed by."""
    if _BLANK.search(words):
        return None, None
    if _BY_APPOINTMENT.search(words):
        return None, "appointed by notification"
    if _PUBLICATION.search(words):
        period = find_period(words) if _AFTER.search(words) else None
        on = (
            after(stated_dates.published_on, period)
            if stated_dates.published_on and period
            else stated_dates.published_on
        )
        return on, f"published + {period}" if period else "published"
    day = find_date(words)
    if day is None and _AT_ONCE.search(words):
        return stated_dates.issued_on, "issued"
    return day, None
