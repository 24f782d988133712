"""Watch lists: named filters that a team shares."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from storage.database.connection import execute, insert, query
from storage.records import Filters
from storage.serialise import from_row, to_json, utc_iso


@dataclass(frozen=True, slots=True)
class WatchListRow:
    """A named filter that a team shares, who made it and when."""

    id: int
    name: str
    filters: Filters
    made_by: str
    made_at: datetime


def add(db: Database, name: str, filters: Filters, made_by: str, now: datetime) -> bool:
    """Store a list under a name of its own; say whether the name was free. One that had ended begins anew."""
    execute(db, "DELETE FROM watch_lists WHERE name = :name AND ended_at IS NOT NULL", name=name)
    row = {"name": name, "filters": to_json(filters), "made_by": made_by, "made_at": utc_iso(now)}
    return insert(db, "watch_lists", row) is not None


def find(db: Database, name: str) -> WatchListRow | None:
    """Return the list with this name, unless it has ended."""
    return next((row for row in all_lists(db) if row.name == name), None)


def find_by_id(db: Database, list_id: int) -> WatchListRow | None:
    """Return the list with this number, unless it has ended."""
    return next((row for row in all_lists(db) if row.id == list_id), None)


def all_lists(db: Database) -> list[WatchListRow]:
    """Return the lists in use, by name."""
    sql = "SELECT id, name, filters, made_by, made_at FROM watch_lists WHERE ended_at IS NULL ORDER BY name"
    return [from_row(WatchListRow, row) for row in query(db, sql)]


def end(db: Database, name: str, now: datetime) -> bool:
    """End a list; say whether it was in use."""
    sql = "UPDATE watch_lists SET ended_at = :now WHERE name = :name AND ended_at IS NULL"
    return execute(db, sql, name=name, now=utc_iso(now)) > 0
