"""Corrections: the events that take back what an earlier one told, by an operator's word or because the text did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlite_utils import Database

from storage.database.connection import query
from storage.records import Event, EventKind
from storage.serialise import dumps, from_row

_TEXT_TOLD = {EventKind.NEW_VERSION, EventKind.REVERSED}


def of_set(db: Database, set_id: int) -> list[Event]:
    """Return the events that took back what was told of a change set, oldest first."""
    events = [from_row(Event, row) for row in query(db, _OF_SET, id=set_id)]
    back = of_events(db, events)
    return sorted({event.id: event for some in back.values() for event in some}.values(), key=lambda event: event.id)


def of_instrument(db: Database, instrument_id: str) -> dict[int, list[Event]]:
    """Return by change set of an instrument the events that took back what was told of it, oldest first."""
    rows = query(db, "SELECT * FROM events WHERE instrument_id = :id ORDER BY id", id=instrument_id)
    events = [from_row(Event, row) for row in rows]
    back = of_events(db, events)
    return {
        event.change_set_id: back[event.id] for event in events if event.id in back and event.change_set_id is not None
    }


def of_events(db: Database, events: Collection[Event]) -> dict[int, list[Event]]:
    """Return by id of each event that was taken back the events that did it, oldest first."""
    ids = dumps(sorted({event.instrument_id for event in events}))
    corrections: dict[int, list[Event]] = defaultdict(list)
    event_ids = {event.id for event in events}
    for row in query(db, _TAKING_BACK, ids=ids) if events else ():
        event = from_row(Event, row)
        for wrong in _wrong(db, event) & event_ids:
            corrections[wrong].append(event)
    return dict(corrections)


def undone_events(db: Database, event: Event) -> list[Event]:
    """Return the changes of text that a text which reads again as before undoes: all since it last read so.

    At least the latest one.
    """
    rows = query(db, "SELECT * FROM events WHERE instrument_id = :id ORDER BY at, id", id=event.instrument_id)
    earlier = [from_row(Event, row) for row in rows if row["id"] < event.id]
    texts = [event for event in earlier if event.kind in _TEXT_TOLD]
    before = query(db, _SAID_BEFORE, version_id=event.version_id)
    if not before:
        return texts[-1:]
    since, same = datetime.fromisoformat(before[0]["seen_at"]), before[0]["id"]
    return [event for event in texts if event.at > since and event.version_id != same] or texts[-1:]


def _wrong(db: Database, event: Event) -> set[int]:
    if event.kind is EventKind.REVERSED:
        return {undone_event.id for undone_event in undone_events(db, event)}
    return {int(event.details["retracted"])}


_TAKING_BACK = """
SELECT * FROM events WHERE instrument_id IN (SELECT value FROM json_each(:ids))
  AND (kind = 'reversed' OR kind = 'corrected' AND json_extract(details, '$.retracted') IS NOT NULL)
ORDER BY id
"""
# by the instrument, of whose events there is an index
_OF_SET = """
SELECT events.* FROM change_sets JOIN versions ON versions.row = new_row
JOIN events ON events.instrument_id = versions.instrument_id AND change_set_id = change_sets.id
WHERE change_sets.id = :id ORDER BY events.id
"""
_SAID_BEFORE = """
SELECT same.id, same.seen_at FROM versions AS now JOIN versions AS same USING (instrument_id, text_sha256, language)
WHERE now.id = :version_id AND same.id <> now.id AND same.seen_at < now.seen_at
ORDER BY same.seen_at DESC, same.row DESC LIMIT 1
"""
