"""Pending versions: what an amending act makes of a text, computed, and the verdict when the official text came."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import datetime

from sqlite_utils import Database

from storage.database.connection import execute, insert, one_or_raise, query, update_row
from storage.records import Comparison, Event, EventKind, PendingState, PendingVersion
from storage.serialise import dumps, from_json, from_row, to_json, to_row, utc_iso

_OF_PREDICTIONS = {EventKind.WILL_CHANGE: "comparison", EventKind.DIFFERED: "differences"}


def add(db: Database, pending: PendingVersion, comparison: Comparison) -> int | None:
    """Store *pending* with what changes against its base and return its id; None when the pair of acts has one."""
    row = to_row(pending)
    del row["id"]
    return insert(db, "pending_versions", {**row, "comparison": _json_of(comparison)})


def get(db: Database, pending_id: int) -> PendingVersion:
    """Return the pending version with this id."""
    rows = query(db, "SELECT * FROM pending_versions WHERE id = :id", id=pending_id)
    return from_row(PendingVersion, one_or_raise(rows, f"pending version {pending_id}"))


def comparison_of(db: Database, pending_id: int) -> Comparison:
    """Return what a pending version changes against the text it was computed from."""
    return _comparison(db, pending_id, "comparison")


def comparison_of_event(db: Database, event: Event) -> Comparison | None:
    """Return what an event tells of a computed text: what will change, or what came otherwise; None for others."""
    column = _OF_PREDICTIONS.get(event.kind)
    pending_id = event.details.get("pending_id")
    return _comparison(db, int(pending_id), column) if column and pending_id else None


def find(db: Database, instrument_id: str, amending_id: str) -> PendingVersion | None:
    """Return what *amending_id* was computed to make of an instrument, if that was done."""
    sql = "SELECT * FROM pending_versions WHERE instrument_id = :id AND amending_id = :amending"
    rows = query(db, sql, id=instrument_id, amending=amending_id)
    return from_row(PendingVersion, rows[0]) if rows else None


def of_instrument(db: Database, instrument_id: str) -> list[PendingVersion]:
    """Return every pending version of an instrument, those that take effect first first."""
    sql = "SELECT * FROM pending_versions WHERE instrument_id = :id ORDER BY ifnull(effective_on, '9999'), id"
    return [from_row(PendingVersion, row) for row in query(db, sql, id=instrument_id)]


def open_versions(db: Database, instrument_id: str) -> list[PendingVersion]:
    """Return the pending versions of an instrument whose official text has not come, in their order of effect."""
    return [row for row in of_instrument(db, instrument_id) if row.state is PendingState.PENDING]


def overtaken_versions(db: Database) -> list[PendingVersion]:
    """Return the pending versions computed from a text that a newer confirmed one has overtaken, in order of effect."""
    rows = query(db, _WITH_NEWER_TEXT)
    return [from_row(PendingVersion, row) for row in rows]


def judged_by(db: Database, version_id: str) -> list[PendingVersion]:
    """Return the pending versions whose verdict rests on a version."""
    rows = query(db, "SELECT * FROM pending_versions WHERE judged_version_id = :id ORDER BY id", id=version_id)
    return [from_row(PendingVersion, row) for row in rows]


_WITH_NEWER_TEXT = """
SELECT * FROM pending_versions WHERE state = 'pending' AND EXISTS (
  SELECT 1 FROM versions AS base JOIN versions AS newer ON newer.instrument_id = base.instrument_id
    AND newer.language = base.language AND newer.row > base.row AND newer.standing = 'confirmed'
  WHERE base.id = base_version_id)
ORDER BY instrument_id, ifnull(effective_on, '9999'), id
"""


def recent(db: Database, limit: int = 100) -> list[PendingVersion]:
    """Return the latest pending versions, newest first."""
    sql = "SELECT * FROM pending_versions ORDER BY computed_at DESC, id DESC LIMIT :limit"
    return [from_row(PendingVersion, row) for row in query(db, sql, limit=limit)]


def score(db: Database) -> dict[str, int]:
    """Return the public score: texts and units that came as computed, came otherwise, or are still awaited."""
    counter: Counter[str] = Counter()
    for row in query(db, "SELECT state, verdict FROM pending_versions"):
        verdict = json.loads(row["verdict"])
        counter[row["state"]] += 1
        for name in ("agreed", "differed", "open"):
            counter[f"{name}_units"] += len(verdict.get(name, ()))
    names = (*PendingState, "agreed_units", "differed_units", "open_units")
    return {str(name): counter[str(name)] for name in names}


def rebase(db: Database, pending: PendingVersion, comparison: Comparison) -> None:
    """Put what an act makes of a newer text in the place of what it made of the one before."""
    row = to_row(pending)
    names = ("base_version_id", "effective_on", "instruction_count", "applied_count", "operations")
    columns = {**{name: row[name] for name in names}, "comparison": _json_of(comparison)}
    update_row(db, "pending_versions", ("id", pending.id), columns)


def judge(db: Database, pending: PendingVersion, differences: Comparison) -> None:
    """Keep the verdict on a pending version with what differs between the computed and the official text."""
    assert pending.judged_at is not None, "a verdict without its day"
    sql = """
        UPDATE pending_versions SET state = :state, judged_at = :at, judged_version_id = :version, verdict = :verdict,
          differences = :differences
        WHERE id = :id AND state = 'pending'
    """
    execute(
        db,
        sql,
        id=pending.id,
        state=pending.state.value,
        at=_iso(pending.judged_at),
        version=pending.judged_version_id,
        verdict=dumps(pending.verdict),
        differences=_json_of(differences),
    )


def _iso(at: datetime) -> str:
    return utc_iso(at)


def _json_of(comparison: Comparison) -> str:
    return to_json(replace(comparison, pairs=()))


def _comparison(db: Database, pending_id: int, column: str) -> Comparison:
    sql = f"SELECT {column} AS text FROM pending_versions WHERE id = :id"  # noqa: S608 - two columns of ours
    rows = query(db, sql, id=pending_id)
    return from_json(Comparison, one_or_raise(rows, f"pending version {pending_id}")["text"])
