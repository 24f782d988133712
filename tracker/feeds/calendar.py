"""The calendar (RFC 5545) of comment deadlines, in-force and application dates; a date that moves stays one event."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote

import icalendar
from sqlite_utils import Database

from storage import events, milestones
from storage.records import Instrument, Milestone, MilestoneKind
from tracker.feeds.date_moves import Course, courses
from tracker.feeds.scopes import Scope
from tracker.render.display_names import jurisdiction_name
from tracker.wording.text_fit import one_line

_LABELS = {
    MilestoneKind.COMMENTS_DUE: "Comments due",
    MilestoneKind.IN_FORCE: "In force",
    MilestoneKind.APPLIES: "Applies",
}
_FIRST = datetime(1970, 1, 1, tzinfo=UTC)


class Calendar:
    """Makes the calendars of one reading of the database."""

    def __init__(self, db: Database, instruments: Mapping[str, Instrument], base_url: str) -> None:
        self._db, self._instruments, self._base = db, instruments, base_url.rstrip("/")
        self._courses = courses(events.moves(db))

    def of(self, scope: Scope, title: str) -> bytes:
        """Return the calendar of *scope*."""
        calendar = icalendar.Calendar()
        calendar.add("prodid", "-//Clausewatch//Legal dates//EN")
        calendar.add("version", "2.0")
        calendar.add("method", "PUBLISH")
        calendar.add("x-wr-calname", title)
        calendar.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
        for instrument in self._within(scope):
            for event in self._events_of(instrument):
                calendar.add_component(event)
        ical: bytes = calendar.to_ical()
        return ical

    def _within(self, scope: Scope) -> list[Instrument]:
        """Return the instruments in *scope*: authorities and topics are known from what happened to each last."""
        instruments = self._instruments.values()
        if scope.kind in {"authorities", "topics"}:
            ids = events.latest_in(self._db, scope.kind, scope.id)
            return [instrument for instrument in instruments if instrument.id in ids]
        return [
            instrument
            for instrument in instruments
            if not scope.kind or scope.id in {instrument.id, instrument.jurisdiction}
        ]

    def _events_of(self, instrument: Instrument) -> Iterator[icalendar.Event]:
        done_dates: set[tuple[MilestoneKind, date | None]] = set()
        for milestone in milestones.of_instrument(self._db, instrument.id):
            if milestone.superseded_by or milestone.kind not in _LABELS or (milestone.kind, milestone.on) in done_dates:
                continue
            done_dates.add((milestone.kind, milestone.on))
            course = self._courses.get((instrument.id, milestone.kind.value, milestone.on))
            if on := milestone.on or (course.last if course else None):
                yield self._event(instrument, milestone, on, course)

    def _event(self, instrument: Instrument, milestone: Milestone, on: date, course: Course | None) -> icalendar.Event:
        title = one_line(instrument.title or instrument.title_native or instrument.id, 200)
        stamp = (course.moved_at if course else None) or instrument.first_seen_at or _FIRST
        entry = icalendar.Event()
        entry.add("uid", _uid(instrument.id, milestone, course))
        entry.add("dtstamp", stamp.replace(microsecond=0))
        entry.add("last-modified", stamp.replace(microsecond=0))
        entry.add("sequence", course.moves if course else 0)
        entry.add("dtstart", on)
        entry.add("dtend", on + timedelta(days=1))
        entry.add("summary", f"{_LABELS[milestone.kind]}: {title} ({jurisdiction_name(instrument.jurisdiction)})")
        entry.add("description", one_line(milestone.basis, 1_000))
        entry.add("url", f"{self._base}/instruments/{quote(instrument.id)}")
        entry.add("status", "CONFIRMED" if milestone.on else "CANCELLED")  # put off to a day not yet set
        entry.add("transp", "TRANSPARENT")
        return entry


def _uid(instrument_id: str, milestone: Milestone, course: Course | None) -> str:
    """Return the id an event keeps when its date moves: by the day it was first set to."""
    origin = course.origin if course else milestone.on.isoformat() if milestone.on else ""
    digest = hashlib.sha256(f"{instrument_id}\n{milestone.kind.value}\n{origin}".encode()).hexdigest()
    return f"{digest[:32]}@clausewatch"
