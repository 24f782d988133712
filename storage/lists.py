"""Lists: what pages page through, filtered and in order, without any text of the law."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from storage import provisions
from storage.database.connection import query
from storage.records import Authority, Event, MilestoneKind
from storage.serialise import from_json, from_row


@dataclass(frozen=True, slots=True)
class ListedSet:
    """A change set as a list shows it."""

    id: int
    instrument_id: str
    jurisdiction: str
    title: str
    title_native: str
    old: str
    new: str
    at: datetime
    summary: dict[str, int | str]


@dataclass(frozen=True, slots=True)
class ListedEvent:
    """An event as a list shows it; of a change set, how many units differ and where its words are kept."""

    event: Event
    title: str
    title_native: str
    language: str
    summary: dict[str, int | str]
    words_id: int | None


@dataclass(frozen=True, slots=True)
class ListedDate:
    """A legal date as a calendar shows it."""

    instrument_id: str
    jurisdiction: str
    title: str
    title_native: str
    kind: MilestoneKind
    on: date
    basis: str
    eid: str | None


@dataclass(frozen=True, slots=True)
class ListedInstrument:
    """An instrument as a list shows it, with what its latest confirmed version says of it."""

    id: str
    jurisdiction: str
    title: str
    title_native: str
    versions: int
    newest: str
    newest_at: datetime
    language: str
    type: str
    number: str
    draft: bool
    topics: tuple[str, ...]
    authorities: tuple[Authority, ...]


def sets(
    db: Database,
    *,
    jurisdiction: str = "",
    weights: Collection[str] = (),
    instrument_id: str = "",
    limit: int = 50,
    offset: int = 0,
) -> list[ListedSet]:
    """Return change sets, newest first; a filter that is empty lets everything through."""
    rows = query(
        db,
        _SETS_OF_ONE if instrument_id else _SETS,
        jurisdiction=jurisdiction,
        weights=json.dumps(sorted(weights)),
        instrument_id=instrument_id,
        limit=limit,
        offset=offset,
    )
    return [from_row(ListedSet, row) for row in rows]


def events(
    db: Database,
    *,
    jurisdiction: str = "",
    weights: Collection[str] = (),
    kinds: Collection[str] = (),
    limit: int = 50,
    offset: int = 0,
) -> list[ListedEvent]:
    """Return what somebody may have been told, newest first; a filter that is empty lets everything through."""
    rows = query(
        db,
        _EVENTS,
        jurisdiction=jurisdiction,
        weights=json.dumps(sorted(weights)),
        kinds=json.dumps(sorted(kinds)),
        limit=limit,
        offset=offset,
    )
    return [_listed_event(row) for row in rows]


def dates(
    db: Database, since: date, until: date | None = None, *, jurisdiction: str = "", limit: int = 500
) -> list[ListedDate]:
    """Return the standing legal dates from *since* on, soonest first, none that a later act superseded."""
    last = (until or date.max).isoformat()
    rows = query(db, _DATES, since=since.isoformat(), until=last, jurisdiction=jurisdiction, limit=limit)
    return [from_row(ListedDate, row) for row in rows]


def instruments(
    db: Database, *, jurisdiction: str = "", topic: str = "", limit: int = 100, offset: int = 0
) -> list[ListedInstrument]:
    """Return the instruments that have a confirmed version, in order of id."""
    rows = query(db, _INSTRUMENTS, jurisdiction=jurisdiction, topic=topic, limit=limit, offset=offset)
    return [_summary(row) for row in rows]


def topics(db: Database) -> dict[str, int]:
    """Return every topic with the number of instruments whose latest version is about it."""
    rows = query(db, _TOPICS)
    return {row["topic"]: row["instruments"] for row in rows}


def jurisdictions(db: Database) -> dict[str, int]:
    """Return every jurisdiction with the number of its instruments."""
    sql = "SELECT jurisdiction, count(*) AS held FROM instruments GROUP BY 1 ORDER BY 1"
    return {row["jurisdiction"]: row["held"] for row in query(db, sql)}


def citations(db: Database, version_id: str, eids: Collection[str]) -> dict[str, str]:
    """Return how each of *eids* is cited in a version."""
    return provisions.citations(db, version_id, eids)


def headings(db: Database, version_id: str, eids: Collection[str]) -> dict[str, str]:
    """Return the headings of those of *eids* that have one in a version."""
    return provisions.headings(db, version_id, eids)


def changed_at(db: Database) -> dict[str, datetime]:
    """Return when each source last yielded a new text that stands; what was there when we first looked is none."""
    sql = """
        SELECT versions.source_id, max(seen_at) AS at FROM versions JOIN pages ON pages.id = page_id
        WHERE standing = 'confirmed' AND (first = 0 OR discovered) GROUP BY versions.source_id
    """
    return {row["source_id"]: datetime.fromisoformat(row["at"]) for row in query(db, sql)}


def set_aside(db: Database) -> frozenset[int]:
    """Return the snapshots whose text does not stand: it waits for a second look or an operator, or was rejected."""
    rows = query(db, "SELECT snapshot_id FROM versions WHERE standing <> 'confirmed'")
    return frozenset(row["snapshot_id"] for row in rows)


def _listed_event(row: Mapping[str, Any]) -> ListedEvent:
    columns = {name: row[name] for name in ("title", "title_native", "language", "words_id")}
    return ListedEvent(event=from_row(Event, row), summary=json.loads(row["summary"]), **columns)


def _summary(row: Mapping[str, Any]) -> ListedInstrument:
    columns = dict(row) | {"authorities": "[]", "topics": row["topics"] or "[]"}
    bare = from_row(ListedInstrument, columns)
    authorities = from_json(tuple[Authority, ...], row["authorities"] or "[]")
    return ListedInstrument(**{name: getattr(bare, name) for name in bare.__slots__} | {"authorities": authorities})


_SET = """
SELECT change_sets.id, versions.instrument_id, jurisdiction, instruments.title, title_native, versions.id AS new,
  (SELECT before.id FROM versions AS before WHERE before.row = old_row) AS old, at, summary
"""
_SOME = """
WHERE (:jurisdiction = '' OR jurisdiction = :jurisdiction)
  AND (:weights = '[]' OR json_extract(summary, '$.weight') IN (SELECT value FROM json_each(:weights)))
"""
_ORDER = "ORDER BY at DESC, change_sets.id DESC LIMIT :limit OFFSET :offset"
# from the newest on, until enough are found; those of one instrument by its versions
_SETS = f"""{_SET} FROM change_sets CROSS JOIN versions ON versions.row = new_row
CROSS JOIN instruments ON instruments.id = versions.instrument_id {_SOME} {_ORDER}"""
_SETS_OF_ONE = f"""{_SET} FROM versions CROSS JOIN change_sets ON versions.row = new_row
CROSS JOIN instruments ON instruments.id = versions.instrument_id
{_SOME} AND versions.instrument_id = :instrument_id {_ORDER}"""
# what is shown is chosen first, from the newest on; only then is anything joined to it
_EVENTS = """
SELECT told.*, title, title_native, words_id, ifnull(versions.language, '') AS language,
  ifnull(summary, '{}') AS summary
FROM (
  SELECT * FROM events WHERE (:jurisdiction = '' OR jurisdiction = :jurisdiction)
    AND (:weights = '[]' OR weight IN (SELECT value FROM json_each(:weights)))
    AND (:kinds = '[]' OR kind IN (SELECT value FROM json_each(:kinds)))
  ORDER BY at DESC, id DESC LIMIT :limit OFFSET :offset) AS told
JOIN instruments ON instruments.id = told.instrument_id
LEFT JOIN versions ON versions.id = told.version_id
LEFT JOIN change_sets ON change_sets.id = told.change_set_id
ORDER BY told.at DESC, told.id DESC
"""
_DATES = """
SELECT milestones.instrument_id, jurisdiction, title, title_native, milestones.kind, "on", basis, eid
FROM milestones JOIN instruments ON instruments.id = milestones.instrument_id
WHERE "on" BETWEEN :since AND :until AND superseded_by IS NULL AND (:jurisdiction = '' OR jurisdiction = :jurisdiction)
GROUP BY "on", milestones.instrument_id, milestones.kind
ORDER BY "on", milestones.instrument_id, milestones.kind LIMIT :limit
"""
# of each instrument the row of its latest confirmed version
_LATEST = """
SELECT row FROM versions WHERE instrument_id = instruments.id AND standing = 'confirmed'
ORDER BY seen_at DESC, row DESC LIMIT 1
"""
_INSTRUMENTS = f"""
SELECT instruments.id, jurisdiction, instruments.title, title_native, newest.id AS newest,
  newest.seen_at AS newest_at, newest.language, ifnull(json_extract(listed, '$.number'), '') AS number,
  ifnull(json_extract(listed, '$.type'), '') AS type, ifnull(json_extract(listed, '$.draft'), 0) AS draft,
  json_extract(listed, '$.topics') AS topics,
  json_extract(listed, '$.authorities') AS authorities,
  (SELECT count(*) FROM versions AS held WHERE held.instrument_id = instruments.id AND standing = 'confirmed')
    AS versions
FROM instruments JOIN versions AS newest ON newest.row = ({_LATEST}) JOIN facts ON facts.id = newest.facts_id
WHERE (:jurisdiction = '' OR jurisdiction = :jurisdiction)
  AND (:topic = '' OR :topic IN (SELECT value FROM json_each(json_extract(listed, '$.topics'))))
ORDER BY instruments.id LIMIT :limit OFFSET :offset
"""  # noqa: S608 - constants
_TOPICS = f"""
SELECT value AS topic, count(*) AS instruments FROM instruments
JOIN versions AS newest ON newest.row = ({_LATEST}) JOIN facts ON facts.id = newest.facts_id,
  json_each(json_extract(listed, '$.topics'))
GROUP BY value ORDER BY value
"""  # noqa: S608 - constants
