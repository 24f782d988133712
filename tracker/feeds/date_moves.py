"""How legal dates moved: which calendar event a date is, however often it was put off; pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from storage.records import Event, EventKind
from tracker.wording.phrases import day_of


@dataclass(frozen=True, slots=True)
class Course:
    """What became of one date: where it began, the last day it was set to, how often it moved and when last."""

    origin: str
    last: date | None
    moves: int = 0
    moved_at: datetime | None = None


def courses(events: Iterable[Event]) -> dict[tuple[str, str, date | None], Course]:
    """Return by instrument, kind and present day the dates that moved; *events* are oldest first."""
    by_day: dict[tuple[str, str, date | None], Course] = {}
    for event in events:
        if event.kind is not EventKind.DATE_MOVED:
            continue
        kind = str(event.details.get("kind", ""))
        old, new = day_of(event.details.get("old")), day_of(event.details.get("new"))
        before = by_day.pop((event.instrument_id, kind, old), None) or Course(old.isoformat() if old else "", old)
        course = Course(before.origin, new or before.last, before.moves + 1, event.at)
        by_day[event.instrument_id, kind, new] = course
    return by_day
