"""Events: what a subscriber may be told, each once."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from storage.database.connection import execute, insert, one_or_raise, query
from storage.records import Event
from storage.serialise import dumps, from_row, to_row, utc_iso


def add(db: Database, event: Event) -> int | None:
    """Store *event* (its ``id`` is ours to give) and return its id; None when its key is known."""
    row = to_row(event)
    del row["id"]
    return insert(db, "events", {**row, "matched": 0})


def get(db: Database, event_id: int) -> Event:
    """Return the event with this id."""
    return from_row(
        Event, one_or_raise(query(db, "SELECT * FROM events WHERE id = :id", id=event_id), f"event {event_id}")
    )


def has_id(db: Database, event_id: int) -> bool:
    """Return whether there is an event with this id."""
    return bool(query(db, "SELECT 1 FROM events WHERE id = :id", id=event_id))


def is_known(db: Database, key: str) -> bool:
    """Return whether there is an event with this key."""
    return bool(query(db, "SELECT 1 FROM events WHERE key = :key", key=key))


def unmatched_events(db: Database) -> list[Event]:
    """Return the events no subscription has been asked about, oldest first."""
    return [from_row(Event, row) for row in query(db, "SELECT * FROM events WHERE matched = 0 ORDER BY id")]


def mark_matched(db: Database, event_id: int) -> None:
    """Mark that every subscription has been asked about an event."""
    execute(db, "UPDATE events SET matched = 1 WHERE id = :id", id=event_id)


def hold_unmatched(db: Database) -> int:
    """Hold back every event that no subscription was asked about, until an operator decides; return how many."""
    return execute(db, "UPDATE events SET matched = 2 WHERE matched = 0")


def held_events(db: Database) -> list[Event]:
    """Return the events that are held back and wait for an operator, oldest first."""
    return [from_row(Event, row) for row in query(db, "SELECT * FROM events WHERE matched = 2 ORDER BY id")]


def release_held(db: Database) -> None:
    """Let what was held back be told like any other event."""
    execute(db, "UPDATE events SET matched = 0 WHERE matched = 2")


def discard_held(db: Database) -> None:
    """Let what was held back be told to nobody, and shown nowhere."""
    execute(db, "UPDATE events SET matched = 3 WHERE matched = 2")


def of_empty_versions(db: Database) -> list[str]:
    """Return the versions without any provision of which an event is about to be told."""
    sql = """
        SELECT DISTINCT versions.id FROM events JOIN versions ON versions.id = version_id WHERE matched = 0
          AND NOT EXISTS (SELECT 1 FROM provisions WHERE version_row = versions.row)
          AND NOT EXISTS (SELECT 1 FROM past_provisions WHERE version_row = versions.row)
          AND NOT EXISTS (SELECT 1 FROM pack_refs WHERE version_row = versions.row) ORDER BY 1
    """
    return [row["id"] for row in query(db, sql)]


def count_of_sources(db: Database, kind: str, since: datetime) -> dict[str, int]:
    """Return how many events of a kind were told of each source from *since* on."""
    sql = """
        SELECT source_id, count(*) AS told_count FROM events WHERE kind = :kind AND matched = 1 AND at >= :since
        GROUP BY source_id
    """
    return {row["source_id"]: row["told_count"] for row in query(db, sql, kind=kind, since=utc_iso(since))}


def recent(db: Database, limit: int = 50) -> list[Event]:
    """Return the latest events, newest first."""
    rows = query(db, "SELECT * FROM events WHERE matched < 2 ORDER BY at DESC, id DESC LIMIT :limit", limit=limit)
    return [from_row(Event, row) for row in rows]


def of_instrument(db: Database, instrument_id: str) -> list[Event]:
    """Return every event of an instrument, oldest first."""
    rows = query(db, "SELECT * FROM events WHERE instrument_id = :id AND matched < 2 ORDER BY at, id", id=instrument_id)
    return [from_row(Event, row) for row in rows]


def of_scope(db: Database, kind: str = "", name: str = "", limit: int = 50) -> list[Event]:
    """Return the latest events of everything, or of one of "instruments", "jurisdictions", "authorities", "topics".

    Newest first. Raises KeyError for another kind.
    """
    sql = f"SELECT * FROM events WHERE matched < 2 AND {_SCOPES[kind]} ORDER BY at DESC, id DESC LIMIT :limit"  # noqa: S608 - constants
    return [from_row(Event, row) for row in query(db, sql, name=name, limit=limit)]


def count_by_day(db: Database, since: date) -> list[tuple[str, date, int]]:
    """Return how many events there were in each jurisdiction on each day from *since* on."""
    sql = """SELECT jurisdiction, substr(at, 1, 10) AS "on", count(*) AS held FROM events
             WHERE at >= :since AND matched < 2 GROUP BY 1, 2 ORDER BY 2, 1"""
    rows = query(db, sql, since=since.isoformat())
    return [(row["jurisdiction"], date.fromisoformat(row["on"]), row["held"]) for row in rows]


def moves(db: Database) -> list[Event]:
    """Return every event of a date that moved, oldest first."""
    rows = query(db, "SELECT * FROM events WHERE kind = 'date_moved' AND matched < 2 ORDER BY at, id")
    return [from_row(Event, row) for row in rows]


def subjects(db: Database) -> dict[str, tuple[str, ...]]:
    """Return the authorities and topics that events name, sorted."""
    return {
        kind: tuple(row["value"] for row in query(db, _SUBJECTS.format(kind))) for kind in ("authorities", "topics")
    }


def latest_in(db: Database, kind: str, name: str) -> set[str]:
    """Return the instruments whose latest event names this authority or topic; *kind* is one of subjects()."""
    return {row["instrument_id"] for row in query(db, f"{_LATEST} AND {_SCOPES[kind]}", name=name)}


_SCOPES = {
    "": "1 = 1",
    "instruments": "instrument_id = :name",
    "jurisdictions": "jurisdiction = :name",
    "authorities": "EXISTS (SELECT 1 FROM json_each(authorities) WHERE value = :name)",
    "topics": "EXISTS (SELECT 1 FROM json_each(topics) WHERE value = :name)",
}
_SUBJECTS = "SELECT DISTINCT value FROM events, json_each({}) WHERE value <> '' AND matched < 2 ORDER BY value"
_LATEST = """
SELECT instrument_id FROM events AS latest
WHERE matched < 2 AND NOT EXISTS (
  SELECT 1 FROM events AS later
  WHERE later.matched < 2 AND later.instrument_id = latest.instrument_id
    AND (later.at, later.id) > (latest.at, latest.id))
"""


@dataclass(frozen=True, slots=True)
class EventSummary:
    """An event as a list shows it; of a change set, how many units differ and where its words are kept."""

    event: Event
    title: str
    title_native: str
    language: str
    summary: dict[str, int | str]
    words_id: int | None


def list_events(  # noqa: PLR0913 - each is a filter of its own
    db: Database,
    *,
    jurisdiction: str = "",
    weights: Collection[str] = (),
    kinds: Collection[str] = (),
    instrument: str = "",
    topic: str = "",
    before_id: int | None = None,
    limit: int = 50,
    offset: int = 0,
) -> list[EventSummary]:
    """Return what somebody may have been told, newest first; a filter that is empty lets everything through.

    *before_id* is an event behind which to go on, so that what is new meanwhile moves nothing.
    """
    rows = query(
        db,
        _SUMMARIES,
        jurisdiction=jurisdiction,
        weights=dumps(sorted(weights)),
        kinds=dumps(sorted(kinds)),
        instrument=instrument,
        topic=topic,
        before=before_id,
        limit=limit,
        offset=offset,
    )
    return [_summary(row) for row in rows]


def _summary(row: Mapping[str, Any]) -> EventSummary:
    columns = {name: row[name] for name in ("title", "title_native", "language", "words_id")}
    return EventSummary(event=from_row(Event, row), summary=json.loads(row["summary"]), **columns)


# what is shown is chosen first, from the newest on; only then is anything joined to it
_SUMMARIES = """
SELECT latest.*, title, title_native, words_id, ifnull(versions.language, '') AS language,
  ifnull(summary, '{}') AS summary
FROM (
  SELECT * FROM events WHERE matched < 2 AND (:jurisdiction = '' OR jurisdiction = :jurisdiction)
    AND (:weights = '[]' OR weight IN (SELECT value FROM json_each(:weights)))
    AND (:kinds = '[]' OR kind IN (SELECT value FROM json_each(:kinds)))
    AND (:instrument = '' OR instrument_id = :instrument)
    AND (:topic = '' OR EXISTS (SELECT 1 FROM json_each(topics) WHERE value = :topic))
    AND (:before IS NULL OR (at, id) < (SELECT at, id FROM events WHERE id = :before))
  ORDER BY at DESC, id DESC LIMIT :limit OFFSET :offset) AS latest
JOIN instruments ON instruments.id = latest.instrument_id
LEFT JOIN versions ON versions.id = latest.version_id
LEFT JOIN change_sets ON change_sets.id = latest.change_set_id
ORDER BY latest.at DESC, latest.id DESC
"""
