"""Messages: what was composed for one channel, and where it is on its way. This is the outbox."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from storage.codec import from_row, instant, to_row
from storage.database import insert, rows, run, the_one
from storage.records import Message


def add(db: Database, message: Message) -> int | None:
    """Put *message* (its ``id`` is ours to give) in the outbox and return its id; None when its key is known."""
    row = to_row(message)
    del row["id"]
    return insert(db, "messages", row)


def get(db: Database, message_id: int) -> Message:
    """Return the message with this id."""
    found = rows(db, "SELECT * FROM messages WHERE id = :id", id=message_id)
    return from_row(Message, the_one(found, f"message {message_id}"))


def find(db: Database, key: str) -> Message | None:
    """Return the message with this key, if there is one."""
    found = rows(db, "SELECT * FROM messages WHERE key = :key", key=key)
    return from_row(Message, found[0]) if found else None


def pending(db: Database, now: datetime) -> list[Message]:
    """Return the messages to be sent whose next try is not later than *now*, oldest first."""
    sql = """
        SELECT * FROM messages
        WHERE status = 'pending' AND (next_try_at IS NULL OR next_try_at <= :now) ORDER BY id
    """
    return [from_row(Message, row) for row in rows(db, sql, now=instant(now))]


def mark_filed(db: Database, message_id: int, at: datetime) -> None:
    """Note that a message was written to the folder of mails."""
    run(db, "UPDATE messages SET filed_at = :at WHERE id = :id", id=message_id, at=instant(at))


def mark_sent(db: Database, message_id: int, at: datetime) -> None:
    """Note that the mail server took a message."""
    sql = "UPDATE messages SET status = 'sent', sent_at = :at, tries = tries + 1, next_try_at = NULL, error = ''"
    run(db, f"{sql} WHERE id = :id", id=message_id, at=instant(at))


def mark_retry(db: Database, message_id: int, error: str, next_try_at: datetime) -> None:
    """Note that a message was refused for now and when it is tried again."""
    sql = "UPDATE messages SET tries = tries + 1, error = :error, next_try_at = :at WHERE id = :id"
    run(db, sql, id=message_id, error=error, at=instant(next_try_at))


def mark_failed(db: Database, message_id: int, error: str) -> None:
    """Note that a message was refused for good."""
    sql = "UPDATE messages SET status = 'failed', tries = tries + 1, error = :error, next_try_at = NULL WHERE id = :id"
    run(db, sql, id=message_id, error=error)


def recent(db: Database, limit: int = 50) -> list[Message]:
    """Return the latest messages, newest first, whatever became of them."""
    found = rows(db, "SELECT * FROM messages ORDER BY composed_at DESC, id DESC LIMIT :limit", limit=limit)
    return [from_row(Message, row) for row in found]


def count_handled(db: Database) -> int:
    """Return how many messages were filed or sent."""
    found = rows(db, "SELECT count(*) AS n FROM messages WHERE filed_at IS NOT NULL OR sent_at IS NOT NULL")
    return int(found[0]["n"])
