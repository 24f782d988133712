"""Let a team share watch lists, and work on changes: assign, comment, review; what was done is only ever added to."""

from __future__ import annotations

from sqlite_utils import Database


def m023_team(db: Database) -> None:
    """Let a team share watch lists, and work on changes: assign, comment, review; nothing is ever taken back."""
    for sql in _STATEMENTS:
        db.execute(sql)


_STATEMENTS = (
    """
    CREATE TABLE team_notes (
        id INTEGER PRIMARY KEY NOT NULL,
        change_set_id INTEGER NOT NULL REFERENCES change_sets (id),
        unit TEXT NOT NULL,
        act TEXT NOT NULL,
        who TEXT NOT NULL,
        whom TEXT NOT NULL,
        text TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX team_notes_of_set ON team_notes (change_set_id, id)",
    """
    CREATE TABLE watch_lists (
        id INTEGER PRIMARY KEY NOT NULL,
        name TEXT NOT NULL UNIQUE,
        filters TEXT NOT NULL,
        made_by TEXT NOT NULL,
        made_at TEXT NOT NULL,
        ended_at TEXT
    ) STRICT
    """,
)
