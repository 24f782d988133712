"""The rounds of a fleet: which one is open, and at which stage it is."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from storage.database.connection import execute, insert, query
from storage.records import FleetRound, FleetStage
from storage.serialise import from_row, utc_iso


def open_round(db: Database) -> FleetRound | None:
    """Return the round that has not ended; at most one has not."""
    rows = query(db, "SELECT * FROM fleet_rounds WHERE is_open = 1")
    return from_row(FleetRound, rows[0]) if rows else None


def begin(db: Database, baseline: str, now: datetime) -> int | None:
    """Begin a round and return its number; None while another is open."""
    row = {"started_at": utc_iso(now), "stage": FleetStage.FETCH.value, "baseline": baseline, "is_open": 1}
    return insert(db, "fleet_rounds", row)


def move_on(db: Database, round_id: int, stage: FleetStage) -> None:
    """Let a round be at *stage*."""
    execute(db, "UPDATE fleet_rounds SET stage = :stage WHERE id = :id", stage=stage.value, id=round_id)


def end(db: Database, round_id: int, now: datetime) -> None:
    """End a round."""
    sql = "UPDATE fleet_rounds SET ended_at = :at, is_open = NULL WHERE id = :id"
    execute(db, sql, at=utc_iso(now), id=round_id)


def recent(db: Database, most: int = 20) -> list[FleetRound]:
    """Return the newest rounds, newest first."""
    rows = query(db, "SELECT * FROM fleet_rounds ORDER BY id DESC LIMIT :most", most=most)
    return [from_row(FleetRound, row) for row in rows]
