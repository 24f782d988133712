"""Reversals: the events that take back what an earlier one told, by an operator's word or because the text did."""

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
    told = [from_row(Event, row) for row in query(db, _OF_SET, id=set_id)]
    back = of_events(db, told)
    return sorted({each.id: each for some in back.values() for each in some}.values(), key=lambda each: each.id)


def of_instrument(db: Database, instrument_id: str) -> dict[int, list[Event]]:
    """Return by change set of an instrument the events that took back what was told of it, oldest first."""
    found = query(db, "SELECT * FROM events WHERE instrument_id = :id ORDER BY id", id=instrument_id)
    told = [from_row(Event, row) for row in found]
    back = of_events(db, told)
    return {each.change_set_id: back[each.id] for each in told if each.id in back and each.change_set_id is not None}


def of_events(db: Database, told: Collection[Event]) -> dict[int, list[Event]]:
    """Return by id of each event that was taken back the events that did it, oldest first."""
    ids = dumps(sorted({each.instrument_id for each in told}))
    found: dict[int, list[Event]] = defaultdict(list)
    wanted = {each.id for each in told}
    for row in query(db, _TAKING_BACK, ids=ids) if told else ():
        event = from_row(Event, row)
        for wrong in _wrong(db, event) & wanted:
            found[wrong].append(event)
    return dict(found)


def undone(db: Database, event: Event) -> list[Event]:
    """Return the changes of text that a text which reads again as before undoes: all since it last read so.

    At least the latest one.
    """
    found = query(db, "SELECT * FROM events WHERE instrument_id = :id ORDER BY at, id", id=event.instrument_id)
    earlier = [from_row(Event, row) for row in found if row["id"] < event.id]
    told = [each for each in earlier if each.kind in _TEXT_TOLD]
    before = query(db, _SAID_BEFORE, version_id=event.version_id)
    if not before:
        return told[-1:]
    since, same = datetime.fromisoformat(before[0]["seen_at"]), before[0]["id"]
    return [each for each in told if each.at > since and each.version_id != same] or told[-1:]


def _wrong(db: Database, event: Event) -> set[int]:
    if event.kind is EventKind.REVERSED:
        return {each.id for each in undone(db, event)}
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
