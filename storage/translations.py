"""Translations a machine made: kept, so that a text is asked for once."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlite_utils import Database

from storage.database.connection import insert, query, transaction
from storage.serialise import utc_iso


def find(db: Database, text: str, target: str) -> str | None:
    """Return what *text* is in the language *target*, if it was translated before."""
    sql = "SELECT text FROM translations WHERE sha256 = :sha256 AND target = :target"
    rows = query(db, sql, sha256=_name(text), target=target)
    return str(rows[0]["text"]) if rows else None


def add(db: Database, text: str, target: str, translation: str, now: datetime) -> None:
    """Keep what *text* is in the language *target*; what is known stays."""
    row = {"sha256": _name(text), "target": target, "text": translation, "made_at": utc_iso(now)}
    with transaction(db):
        insert(db, "translations", row)


def _name(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
