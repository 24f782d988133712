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

_SAID = {
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
        made = icalendar.Calendar()
        made.add("prodid", "-//Clausewatch//Legal dates//EN")
        made.add("version", "2.0")
        made.add("method", "PUBLISH")
        made.add("x-wr-calname", title)
        made.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
        for instrument in self._within(scope):
            for event in self._events_of(instrument):
                made.add_component(event)
        written: bytes = made.to_ical()
        return written

    def _within(self, scope: Scope) -> list[Instrument]:
        """Return the instruments in *scope*: authorities and topics are known from what happened to each last."""
        known = self._instruments.values()
        if scope.kind in {"authorities", "topics"}:
            meant = events.latest_in(self._db, scope.kind, scope.id)
            return [each for each in known if each.id in meant]
        return [each for each in known if not scope.kind or scope.id in {each.id, each.jurisdiction}]

    def _events_of(self, instrument: Instrument) -> Iterator[icalendar.Event]:
        seen: set[tuple[MilestoneKind, date | None]] = set()
        for each in milestones.of_instrument(self._db, instrument.id):
            if each.superseded_by or each.kind not in _SAID or (each.kind, each.on) in seen:
                continue
            seen.add((each.kind, each.on))
            course = self._courses.get((instrument.id, each.kind.value, each.on))
            if on := each.on or (course.last if course else None):
                yield self._event(instrument, each, on, course)

    def _event(self, instrument: Instrument, each: Milestone, on: date, course: Course | None) -> icalendar.Event:
        title = one_line(instrument.title or instrument.title_native or instrument.id, 200)
        stamp = (course.moved_at if course else None) or instrument.first_seen_at or _FIRST
        made = icalendar.Event()
        made.add("uid", _uid(instrument.id, each, course))
        made.add("dtstamp", stamp.replace(microsecond=0))
        made.add("last-modified", stamp.replace(microsecond=0))
        made.add("sequence", course.moves if course else 0)
        made.add("dtstart", on)
        made.add("dtend", on + timedelta(days=1))
        made.add("summary", f"{_SAID[each.kind]}: {title} ({jurisdiction_name(instrument.jurisdiction)})")
        made.add("description", one_line(each.basis, 1_000))
        made.add("url", f"{self._base}/instruments/{quote(instrument.id)}")
        made.add("status", "CONFIRMED" if each.on else "CANCELLED")  # put off to a day not yet set
        made.add("transp", "TRANSPARENT")
        return made


def _uid(instrument_id: str, each: Milestone, course: Course | None) -> str:
    """Return the id an event keeps when its date moves: by the day it was first set to."""
    origin = course.origin if course else each.on.isoformat() if each.on else ""
    digest = hashlib.sha256(f"{instrument_id}\n{each.kind.value}\n{origin}".encode()).hexdigest()
    return f"{digest[:32]}@clausewatch"
