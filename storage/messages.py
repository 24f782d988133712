"""Messages: what was composed for one channel, and where it is on its way. This is the outbox."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from storage.database.connection import execute, insert, one_or_raise, query
from storage.records import Channel, Message
from storage.serialise import dumps, from_row, to_row, utc_iso

_LONGEST_WAIT = timedelta(days=2)


def add(db: Database, message: Message) -> int | None:
    """Put *message* (its ``id`` is ours to give) in the outbox and return its id; None when its key is known."""
    row = to_row(message)
    del row["id"]
    return insert(db, "messages", row)


def get(db: Database, message_id: int) -> Message:
    """Return the message with this id."""
    rows = query(db, "SELECT * FROM messages WHERE id = :id", id=message_id)
    return from_row(Message, one_or_raise(rows, f"message {message_id}"))


def find(db: Database, key: str) -> Message | None:
    """Return the message with this key, if there is one."""
    rows = query(db, "SELECT * FROM messages WHERE key = :key", key=key)
    return from_row(Message, rows[0]) if rows else None


@dataclass(frozen=True, slots=True)
class PendingMessage:
    """A message to be sent, without its bytes, for lists."""

    id: int
    subscriber_id: int
    address: str
    channel: Channel
    target: str

    @property
    def lane(self) -> tuple[int, str, str]:
        """Return what is kept in order: one person on one way."""
        return self.subscriber_id, self.channel.value, self.target


def pending(db: Database, now: datetime) -> list[Message]:
    """Return the messages to be sent now, oldest first."""
    return [get(db, message.id) for message in due_messages(db, now)]


def due_messages(db: Database, now: datetime) -> list[PendingMessage]:
    """Return what may be sent now, oldest first: whose next try is not later than *now*.

    What stands behind an earlier message to the same person on the same way, one that waits, waits with it. Nobody is
    put off for longer than two days: a later next try was written by a clock that was wrong, and is due.
    """
    sql = """
        SELECT id, subscriber_id, address, channel, target FROM messages AS this
        WHERE status = 'pending' AND (next_try_at IS NULL OR next_try_at <= :now OR next_try_at > :beyond)
          AND NOT EXISTS (
            SELECT 1 FROM messages AS earlier WHERE earlier.status = 'pending' AND earlier.id < this.id
              AND earlier.subscriber_id = this.subscriber_id AND earlier.channel = this.channel
              AND earlier.target = this.target AND earlier.next_try_at > :now AND earlier.next_try_at <= :beyond)
        ORDER BY id
    """
    return [
        from_row(PendingMessage, row) for row in query(db, sql, now=utc_iso(now), beyond=utc_iso(now + _LONGEST_WAIT))
    ]


def unfiled_ids(db: Database) -> list[int]:
    """Return which pending messages are in no folder yet, oldest first."""
    sql = "SELECT id FROM messages WHERE status = 'pending' AND filed_at IS NULL ORDER BY id"
    return [row["id"] for row in query(db, sql)]


def of_subscriber(db: Database, subscriber_id: int) -> list[Message]:
    """Return every message to a person, oldest first."""
    rows = query(db, "SELECT * FROM messages WHERE subscriber_id = :id ORDER BY id", id=subscriber_id)
    return [from_row(Message, row) for row in rows]


def known_keys(db: Database, keys: Iterable[str]) -> set[str]:
    """Return those of *keys* that a message has."""
    sql = "SELECT key FROM messages WHERE key IN (SELECT value FROM json_each(:keys))"
    return {row["key"] for row in query(db, sql, keys=dumps(list(keys)))}


def mark_filed(db: Database, message_id: int, at: datetime) -> None:
    """Note that a message was written to the folder of mails."""
    execute(db, "UPDATE messages SET filed_at = :at WHERE id = :id", id=message_id, at=utc_iso(at))


def mark_sent(db: Database, message_id: int, at: datetime) -> None:
    """Note that the mail server took a message."""
    sql = "UPDATE messages SET status = 'sent', sent_at = :at, tries = tries + 1, next_try_at = NULL, error = ''"
    execute(db, f"{sql} WHERE id = :id", id=message_id, at=utc_iso(at))


def mark_retry(db: Database, message_id: int, error: str, next_try_at: datetime) -> None:
    """Note that a message was refused for now and when it is tried again."""
    sql = "UPDATE messages SET tries = tries + 1, error = :error, next_try_at = :at WHERE id = :id"
    execute(db, sql, id=message_id, error=error, at=utc_iso(next_try_at))


def mark_failed(db: Database, message_id: int, error: str) -> None:
    """Note that a message was refused for good."""
    sql = "UPDATE messages SET status = 'failed', tries = tries + 1, error = :error, next_try_at = NULL WHERE id = :id"
    execute(db, sql, id=message_id, error=error)


def fail_waiting(db: Database, subscriber_id: int, channel: Channel, error: str) -> int:
    """Give up what else waits for a person on one channel; return how many messages there were."""
    sql = """
        UPDATE messages SET status = 'failed', error = :error, next_try_at = NULL
        WHERE subscriber_id = :id AND channel = :channel AND status = 'pending'
    """
    return execute(db, sql, id=subscriber_id, channel=channel.value, error=error)


@contextmanager
def fast_commits(db: Database) -> Iterator[None]:
    """Let each mark be safe from a killed process at once, and from a power cut a moment later: sending is fast."""
    db.execute("PRAGMA synchronous = NORMAL")
    try:
        yield
    finally:
        db.execute("PRAGMA synchronous = FULL")


def recent(db: Database, limit: int = 50) -> list[Message]:
    """Return the latest messages, newest first, whatever became of them."""
    rows = query(db, "SELECT * FROM messages ORDER BY composed_at DESC, id DESC LIMIT :limit", limit=limit)
    return [from_row(Message, row) for row in rows]


def count_handled(db: Database) -> int:
    """Return how many messages to readers were filed or sent."""
    rows = query(
        db, "SELECT count(*) AS n FROM messages WHERE audience = 'reader' AND coalesce(filed_at, sent_at) IS NOT NULL"
    )
    return int(rows[0]["n"])
