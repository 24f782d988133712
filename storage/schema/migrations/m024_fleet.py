"""Keep where a round of several machines stands, and whose turn it is at a host; one machine needs neither."""

from __future__ import annotations

from sqlite_utils import Database


def m024_fleet(db: Database) -> None:
    """Keep where a round of several machines stands, and when a host was asked last, in milliseconds of the server."""
    for sql in _STATEMENTS:
        db.execute(sql)


_STATEMENTS = (
    """
    CREATE TABLE fleet_rounds (
        id INTEGER PRIMARY KEY NOT NULL,
        started_at TEXT NOT NULL,
        stage TEXT NOT NULL,
        baseline TEXT NOT NULL,
        ended_at TEXT,
        is_open INTEGER UNIQUE
    ) STRICT
    """,
    """
    CREATE TABLE host_turns (
        host TEXT PRIMARY KEY NOT NULL,
        asked_at_ms INTEGER NOT NULL,
        request TEXT NOT NULL
    ) STRICT
    """,
)
