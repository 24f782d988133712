"""Remember what operators were told of a problem, which mail is theirs, and which pages they know to be no law."""

from __future__ import annotations

from sqlite_utils import Database


def m004_operators(db: Database) -> None:
    """Remember what operators were told of a problem, which mail is theirs, and which pages they know to be no law."""
    for sql in _STATEMENTS:
        db.execute(sql)


_STATEMENTS = (
    "ALTER TABLE problems ADD COLUMN told_at TEXT",
    "ALTER TABLE problems ADD COLUMN end_told_at TEXT",
    "ALTER TABLE messages ADD COLUMN audience TEXT NOT NULL DEFAULT 'reader'",
    "ALTER TABLE pages ADD COLUMN dismissed TEXT NOT NULL DEFAULT ''",
)
