"""Remember since when a date is known, alerts withdrawn, the weekday of a digest, and translations."""

from __future__ import annotations

from sqlite_utils import Database


def m009_reminders(db: Database) -> None:
    """Remember since when a date is known, alerts withdrawn, the weekday of a digest, and translations."""
    for sql in _STATEMENTS:
        db.execute(sql)


_STATEMENTS = (
    "ALTER TABLE milestones ADD COLUMN known_at TEXT NOT NULL DEFAULT ''",
    "UPDATE milestones SET known_at = ifnull((SELECT seen_at FROM versions WHERE versions.id = version_id), '')",
    "ALTER TABLE alerts ADD COLUMN withdrawn_at TEXT",
    "DROP INDEX alerts_uncomposed",
    "DROP INDEX alerts_waiting",
    "CREATE INDEX alerts_uncomposed ON alerts (id) WHERE message_id IS NULL AND withdrawn_at IS NULL",
    "CREATE INDEX alerts_waiting ON alerts (subscription_id) WHERE message_id IS NULL AND withdrawn_at IS NULL",
    "ALTER TABLE subscriptions ADD COLUMN weekday TEXT NOT NULL DEFAULT 'monday'",
    "CREATE TABLE translations (sha256 TEXT NOT NULL, target TEXT NOT NULL, text TEXT NOT NULL, made_at TEXT NOT NULL,"
    " PRIMARY KEY (sha256, target)) STRICT",
)
