"""Keys: what programs show to be allowed to write; only their hashes are here."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from storage.database.connection import execute, insert, inserted_id, query
from storage.records import ApiKey
from storage.serialise import from_row, utc_iso


def add(db: Database, name: str, sha256: str, now: datetime) -> int:
    """Store the hash of a key under a name for people; return its number."""
    return inserted_id(insert(db, "keys", {"name": name, "sha256": sha256, "made_at": utc_iso(now)}))


def find(db: Database, sha256: str) -> ApiKey | None:
    """Return the key with this hash, unless it has ended."""
    rows = query(db, "SELECT * FROM keys WHERE sha256 = :sha256 AND ended_at IS NULL", sha256=sha256)
    return from_row(ApiKey, rows[0]) if rows else None


def find_in_use(db: Database, key_id: int) -> ApiKey | None:
    """Return the key with this number, unless it has ended."""
    rows = query(db, "SELECT * FROM keys WHERE id = :id AND ended_at IS NULL", id=key_id)
    return from_row(ApiKey, rows[0]) if rows else None


def all_keys(db: Database) -> list[ApiKey]:
    """Return every key there ever was, oldest first."""
    return [from_row(ApiKey, row) for row in query(db, "SELECT * FROM keys ORDER BY id")]


def end(db: Database, key_id: int, now: datetime) -> bool:
    """End a key; say whether it was in use."""
    sql = "UPDATE keys SET ended_at = :now WHERE id = :id AND ended_at IS NULL"
    return execute(db, sql, id=key_id, now=utc_iso(now)) > 0
