"""Remember what waits for its owner's word, other channels than mail, and addresses that take no mail."""

from __future__ import annotations

from sqlite_utils import Database


def m002_telling(db: Database) -> None:
    """Remember what waits for its owner's word, other channels than mail, and addresses that take no mail."""
    for sql in _STATEMENTS:
        db.execute(sql)


_STATEMENTS = (
    "ALTER TABLE subscriptions ADD COLUMN pending INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE subscriptions ADD COLUMN target TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE subscriptions ADD COLUMN when_quiet INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE subscribers ADD COLUMN refused_at TEXT",
    "ALTER TABLE subscribers ADD COLUMN refusal TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE messages ADD COLUMN channel TEXT NOT NULL DEFAULT 'email'",
    "ALTER TABLE messages ADD COLUMN target TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX messages_waiting ON messages (subscriber_id, id) WHERE status = 'pending'",
    "CREATE INDEX messages_of_subscriber ON messages (subscriber_id)",
    "CREATE INDEX alerts_waiting ON alerts (subscription_id) WHERE message_id IS NULL",
    "CREATE INDEX alerts_of_event ON alerts (event_id)",
    "CREATE INDEX subscriptions_of_subscriber ON subscriptions (subscriber_id)",
)
