"""Milestones: the legal dates of an instrument as its latest text and other instruments give them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlite_utils import Database

from storage.database.connection import execute, insert, query, transaction
from storage.records import Milestone, MilestoneKind
from storage.serialise import from_row, to_row


def replace(db: Database, instrument_id: str, version_id: str, milestones: Iterable[Milestone]) -> None:
    """Put the dates that *version_id* states in the place of those its earlier versions stated.

    What another instrument superseded stays superseded, also when the text still prints it; and a date another
    instrument set stays until the text itself states it. A date stated before is known since then.
    """
    with transaction(db):
        before = query(db, "SELECT * FROM milestones WHERE instrument_id = :id", id=instrument_id)
        seen_at = query(db, "SELECT seen_at FROM versions WHERE id = :id", id=version_id)
        now_known = seen_at[0]["seen_at"] if seen_at else ""
        known_since = {(row["kind"], row["on"]): row["known_at"] for row in before if not row["superseded_by"]}
        successors = {(row["kind"], row["on"]): row["superseded_by"] for row in before if row["superseded_by"]}
        execute(db, "DELETE FROM milestones WHERE instrument_id = :id AND version_id IS NOT NULL", id=instrument_id)
        for milestone in milestones:
            row = to_row(milestone) | {"instrument_id": instrument_id, "version_id": version_id}
            row["superseded_by"] = row["superseded_by"] or successors.get((row["kind"], row["on"]))
            row["known_at"] = known_since.get((row["kind"], row["on"]), now_known)
            execute(db, f"DELETE FROM milestones WHERE version_id IS NULL AND {_SAME}", **_same(row))  # noqa: S608
            insert(db, "milestones", row)


def of_instrument(db: Database, instrument_id: str) -> list[Milestone]:
    """Return the dates of an instrument, superseded ones included, in the order they were stated."""
    rows = query(db, "SELECT * FROM milestones WHERE instrument_id = :id ORDER BY id", id=instrument_id)
    return [from_row(Milestone, row) for row in rows]


def supersede(
    db: Database,
    instrument_id: str,
    kind: MilestoneKind,
    old_on: date | None,
    by: str,
    new_on: date | None,
    basis: str,
) -> None:
    """Note that the instrument *by* put *new_on* in the place of a date; done twice it is done once."""
    row = to_row(Milestone(kind, new_on, basis)) | {"instrument_id": instrument_id, "version_id": None}
    old = {**_same(row), "on": old_on.isoformat() if old_on else None}
    with transaction(db):
        execute(db, f"UPDATE milestones SET superseded_by = :by WHERE superseded_by IS NULL AND {_SAME}", **old, by=by)  # noqa: S608
        if not query(db, f"SELECT id FROM milestones WHERE superseded_by IS NULL AND {_SAME}", **_same(row)):  # noqa: S608
            since = query(db, "SELECT max(seen_at) AS at FROM versions WHERE instrument_id = :by", by=by)[0]["at"]
            insert(db, "milestones", {**row, "known_at": since or ""})


@dataclass(frozen=True, slots=True)
class Ahead:
    """A date that lies ahead, whose it is, and since when it is known; None: for ever."""

    instrument_id: str
    kind: MilestoneKind
    on: date
    basis: str
    known_at: datetime | None


def ahead(db: Database, first: date, last: date) -> list[Ahead]:
    """Return the standing dates from *first* to *last*, of instruments not repealed by then, soonest first."""
    sql = """
        SELECT instrument_id, kind, "on", basis, nullif(known_at, '') AS known_at FROM milestones AS this
        WHERE superseded_by IS NULL AND "on" BETWEEN :first AND :last AND NOT EXISTS (
          SELECT 1 FROM milestones AS ended WHERE ended.instrument_id = this.instrument_id
            AND ended.kind = 'repealed' AND ended.superseded_by IS NULL AND ended."on" <= this."on")
        ORDER BY "on", id
    """
    rows = query(db, sql, first=first.isoformat(), last=last.isoformat())
    return [from_row(Ahead, row) for row in rows]


def stands(db: Database, instrument_id: str, kind: MilestoneKind, on: date | None) -> bool:
    """Return whether a date of an instrument is still what it was."""
    sql = f"SELECT id FROM milestones WHERE superseded_by IS NULL AND {_SAME}"  # noqa: S608
    row = {"instrument_id": instrument_id, "kind": kind.value, "on": on.isoformat() if on else None}
    return bool(query(db, sql, **row))


_SAME = 'instrument_id = :instrument_id AND kind = :kind AND "on" IS :on'


def _same(row: dict[str, str | None]) -> dict[str, str | None]:
    return {name: row[name] for name in ("instrument_id", "kind", "on")}


@dataclass(frozen=True, slots=True)
class DateSummary:
    """A legal date as a calendar shows it."""

    instrument_id: str
    jurisdiction: str
    title: str
    title_native: str
    kind: MilestoneKind
    on: date
    basis: str
    eid: str | None


def list_dates(
    db: Database, since: date, until: date | None = None, *, jurisdiction: str = "", topic: str = "", limit: int = 500
) -> list[DateSummary]:
    """Return the standing legal dates from *since* on, soonest first, none that a later act superseded."""
    last = (until or date.max).isoformat()
    rows = query(db, _SUMMARIES, since=since.isoformat(), until=last, jurisdiction=jurisdiction, topic=topic,
                 limit=limit)  # fmt: skip
    return [from_row(DateSummary, row) for row in rows]


_SUMMARIES = """
SELECT milestones.instrument_id, jurisdiction, title, title_native, milestones.kind, "on", basis, eid
FROM milestones JOIN instruments ON instruments.id = milestones.instrument_id
WHERE milestones.id IN (SELECT min(milestones.id)
FROM milestones JOIN instruments ON instruments.id = milestones.instrument_id
WHERE "on" BETWEEN :since AND :until AND superseded_by IS NULL AND (:jurisdiction = '' OR jurisdiction = :jurisdiction)
  AND (:topic = '' OR EXISTS (SELECT 1 FROM topics JOIN versions ON versions.row = topics.version_row
    WHERE topic = :topic AND versions.id = milestones.version_id))
GROUP BY "on", milestones.instrument_id, milestones.kind)
ORDER BY "on", milestones.instrument_id, milestones.kind LIMIT :limit
"""
