"""Remember by what each instrument is recognised, and what one says about another with both ends."""

from __future__ import annotations

from sqlite_utils import Database


def m017_identity(db: Database) -> None:
    """Remember by what each instrument is recognised, and what one says about another with both ends."""
    for sql in _STATEMENTS:
        db.execute(sql)


_STATEMENTS = (
    """
    CREATE TABLE identifiers (
        id INTEGER PRIMARY KEY,
        instrument_id TEXT NOT NULL REFERENCES instruments (id),
        scheme TEXT NOT NULL,
        value TEXT NOT NULL,
        UNIQUE (instrument_id, scheme, value)
    ) STRICT
    """,
    "CREATE INDEX identifiers_by_value ON identifiers (value, scheme)",
    """
    CREATE TABLE relations (
        id INTEGER PRIMARY KEY,
        instrument_id TEXT NOT NULL REFERENCES instruments (id),
        version_id TEXT NOT NULL REFERENCES versions (id),
        kind TEXT NOT NULL,
        target TEXT NOT NULL,
        basis TEXT NOT NULL,
        eid TEXT,
        "on" TEXT,
        news INTEGER NOT NULL DEFAULT 0,
        told INTEGER NOT NULL DEFAULT 0,
        target_id TEXT REFERENCES instruments (id),
        resolved_by TEXT NOT NULL DEFAULT '',
        candidates TEXT NOT NULL DEFAULT '[]',
        tried_at_row INTEGER NOT NULL DEFAULT -1
    ) STRICT
    """,
    "CREATE UNIQUE INDEX relations_once ON relations (instrument_id, kind, target, ifnull(\"on\", ''))",
    "CREATE INDEX relations_of_target ON relations (target_id)",
    "CREATE INDEX relations_untold ON relations (id) WHERE news = 1 AND told = 0",
    # from now on a first version is "compared" when what follows from it was noted: that was done when it was stored
    "UPDATE versions SET compared = 1 WHERE first = 1",
)
