"""Note what operators and programs wrote: who, when, what."""

from __future__ import annotations

from sqlite_utils import Database


def m022_operator_writes(db: Database) -> None:
    """Note what operators and programs wrote: who, when, what."""
    db.execute(
        """
        CREATE TABLE operator_writes (
          id INTEGER PRIMARY KEY NOT NULL, at TEXT NOT NULL, who TEXT NOT NULL, act TEXT NOT NULL, subject TEXT NOT NULL
        ) STRICT
        """
    )
