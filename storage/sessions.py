"""Sessions that were ended before they expired: a copy of their cookie must not work."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from storage.database.connection import rows, run, transaction
from storage.serialise import instant


def end(db: Database, session_id: str, expires_at: datetime, now: datetime) -> None:
    """Note that a session has ended, and forget those that have expired since."""
    with transaction(db):
        run(db, "DELETE FROM ended_sessions WHERE expires_at < :now", now=instant(now))
        sql = "INSERT INTO ended_sessions (id, expires_at) VALUES (:id, :at) ON CONFLICT DO NOTHING"
        run(db, sql, id=session_id, at=instant(expires_at))


def has_ended(db: Database, session_id: str) -> bool:
    """Say whether a session was ended."""
    return bool(rows(db, "SELECT id FROM ended_sessions WHERE id = :id", id=session_id))
