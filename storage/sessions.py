"""Sessions that were ended before they expired: a copy of their cookie must not work."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from storage.database.connection import execute, query, transaction
from storage.serialise import utc_iso


def end(db: Database, session_id: str, expires_at: datetime, now: datetime) -> None:
    """Note that a session has ended, and forget those that have expired since."""
    with transaction(db):
        execute(db, "DELETE FROM ended_sessions WHERE expires_at < :now", now=utc_iso(now))
        sql = "INSERT INTO ended_sessions (id, expires_at) VALUES (:id, :at) ON CONFLICT DO NOTHING"
        execute(db, sql, id=session_id, at=utc_iso(expires_at))


def has_ended(db: Database, session_id: str) -> bool:
    """Return whether a session was ended."""
    return bool(query(db, "SELECT id FROM ended_sessions WHERE id = :id", id=session_id))
