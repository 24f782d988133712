"""Keep the law as it will be: what an amending act makes of a text, and how the official text then compared."""

from __future__ import annotations

from sqlite_utils import Database


def m020_pending_versions(db: Database) -> None:
    """Keep the law as it will be: what an amending act makes of a text, and how the official text then compared."""
    for sql in _STATEMENTS:
        db.execute(sql)


_STATEMENTS = (
    """
    CREATE TABLE pending_versions (
        id INTEGER PRIMARY KEY,
        instrument_id TEXT NOT NULL REFERENCES instruments (id),
        base_version_id TEXT NOT NULL REFERENCES versions (id),
        amending_id TEXT NOT NULL REFERENCES instruments (id),
        amending_version_id TEXT NOT NULL REFERENCES versions (id),
        computed_at TEXT NOT NULL,
        effective_on TEXT,
        state TEXT NOT NULL DEFAULT 'pending',
        instruction_count INTEGER NOT NULL,
        applied_count INTEGER NOT NULL,
        operations TEXT NOT NULL,
        comparison TEXT NOT NULL,
        judged_at TEXT,
        judged_version_id TEXT REFERENCES versions (id),
        verdict TEXT NOT NULL DEFAULT '{}',
        differences TEXT NOT NULL DEFAULT '{}',
        UNIQUE (instrument_id, amending_id)
    ) STRICT
    """,
    "CREATE INDEX pending_versions_open ON pending_versions (instrument_id) WHERE state = 'pending'",
)
