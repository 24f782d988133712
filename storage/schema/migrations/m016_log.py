"""Remember what happened as leaves of an append-only log, and the checkpoints that sign it."""

from __future__ import annotations

from sqlite_utils import Database


def m016_log(db: Database) -> None:
    """Remember what happened as leaves of an append-only log, and the checkpoints that sign it."""
    for sql in _STATEMENTS:
        db.execute(sql)


_STATEMENTS = (
    """
    CREATE TABLE log_leaves (
      number INTEGER PRIMARY KEY NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, hash BLOB NOT NULL, entry TEXT
    ) STRICT
    """,
    "CREATE UNIQUE INDEX log_leaves_subject ON log_leaves (kind, subject)",
    """
    CREATE TABLE log_checkpoints (
      size INTEGER PRIMARY KEY NOT NULL, at TEXT NOT NULL, note TEXT NOT NULL, tokens TEXT NOT NULL DEFAULT '[]'
    ) STRICT
    """,
)
