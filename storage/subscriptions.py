"""Subscriptions: who asked to be told what, how often and how."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from storage.database.connection import execute, insert, inserted_id, one_or_raise, query, transaction
from storage.records import Cadence, Channel, Filters, Subscriber, Subscription, Weekday
from storage.serialise import from_row, to_json, utc_iso


def add_subscriber(db: Database, address: str, *, name: str = "", timezone: str = "UTC", language: str = "en") -> int:
    """Store a person and return their id; a known address, in whatever case, keeps its person."""
    with transaction(db):
        subscriber = find_subscriber(db, address)
        if subscriber is not None:
            return subscriber.id
        row = {"address": address, "name": name, "timezone": timezone, "language": language}
        return inserted_id(insert(db, "subscribers", row))


def find_subscriber(db: Database, address: str) -> Subscriber | None:
    """Return the person with this address, in whatever case, if there is one."""
    rows = query(db, "SELECT * FROM subscribers WHERE lower(address) = lower(:address)", address=address)
    return from_row(Subscriber, rows[0]) if rows else None


def get_subscriber(db: Database, subscriber_id: int) -> Subscriber:
    """Return the person with this id."""
    rows = query(db, "SELECT * FROM subscribers WHERE id = :id", id=subscriber_id)
    return from_row(Subscriber, one_or_raise(rows, f"subscriber {subscriber_id}"))


def all_subscribers(db: Database) -> list[Subscriber]:
    """Return every person, oldest first."""
    return [from_row(Subscriber, row) for row in query(db, "SELECT * FROM subscribers ORDER BY id")]


def add(  # noqa: PLR0913 - the fields of a subscription
    db: Database,
    subscriber_id: int,
    filters: Filters,
    cadence: Cadence = Cadence.AT_ONCE,
    channel: Channel = Channel.EMAIL,
    hour: int = 8,
    *,
    now: datetime,
    pending: bool = False,
    target: str = "",
    when_quiet: bool = False,
    weekday: Weekday = Weekday.MONDAY,
) -> int:
    """Store a wish and return its id; events from before *now* are not for it, and none while it is *pending*."""
    row = {
        "subscriber_id": subscriber_id,
        "filters": to_json(filters),
        "created_at": utc_iso(now),
        "cadence": cadence.value,
        "channel": channel.value,
        "hour": hour,
        "active": 1,
        "pending": int(pending),
        "target": target,
        "when_quiet": int(when_quiet),
        "weekday": weekday.value,
    }
    return inserted_id(insert(db, "subscriptions", row))


def get(db: Database, subscription_id: int) -> Subscription:
    """Return the subscription with this id, whether or not it is active."""
    rows = query(db, "SELECT * FROM subscriptions WHERE id = :id", id=subscription_id)
    return from_row(Subscription, one_or_raise(rows, f"subscription {subscription_id}"))


def active(db: Database) -> list[Subscription]:
    """Return the subscriptions that are to be told, oldest first; not those that wait for their owner's word."""
    rows = query(db, "SELECT * FROM subscriptions WHERE active = 1 AND pending = 0 ORDER BY id")
    return [from_row(Subscription, row) for row in rows]


def all_subscriptions(db: Database) -> list[Subscription]:
    """Return every subscription, ended ones included, oldest first."""
    return [from_row(Subscription, row) for row in query(db, "SELECT * FROM subscriptions ORDER BY id")]


def deactivate(db: Database, subscription_id: int) -> bool:
    """End a subscription; say whether it was active."""
    return execute(db, "UPDATE subscriptions SET active = 0 WHERE id = :id AND active = 1", id=subscription_id) > 0


def of_subscriber(db: Database, subscriber_id: int) -> list[Subscription]:
    """Return every subscription of a person, ended and pending ones included, oldest first."""
    rows = query(db, "SELECT * FROM subscriptions WHERE subscriber_id = :id ORDER BY id", id=subscriber_id)
    return [from_row(Subscription, row) for row in rows]


def find(db: Database, subscription_id: int) -> Subscription | None:
    """Return the subscription with this id, if there is one."""
    rows = query(db, "SELECT * FROM subscriptions WHERE id = :id", id=subscription_id)
    return from_row(Subscription, rows[0]) if rows else None


def confirm(db: Database, subscription_id: int, now: datetime) -> bool:
    """Note its owner's word for a pending subscription, which begins now; say whether it was pending."""
    sql = "UPDATE subscriptions SET pending = 0, created_at = :now WHERE id = :id AND pending = 1 AND active = 1"
    return execute(db, sql, id=subscription_id, now=utc_iso(now)) > 0


def revise(
    db: Database,
    subscription_id: int,
    filters: Filters,
    cadence: Cadence,
    hour: int,
    *,
    when_quiet: bool,
    weekday: Weekday,
) -> bool:
    """Change what a subscription asks for from now on; say whether it is one that has not ended."""
    sql = """
        UPDATE subscriptions SET filters = :filters, cadence = :cadence, hour = :hour, when_quiet = :when_quiet,
            weekday = :weekday
        WHERE id = :id AND active = 1
    """
    marks = {"filters": to_json(filters), "cadence": cadence.value, "hour": hour, "when_quiet": int(when_quiet)}
    return execute(db, sql, id=subscription_id, weekday=weekday.value, **marks) > 0


def set_timezone(db: Database, subscriber_id: int, timezone: str) -> None:
    """Note in whose hours a person is told."""
    execute(db, "UPDATE subscribers SET timezone = :timezone WHERE id = :id", id=subscriber_id, timezone=timezone)


def remove_pending(db: Database, before: datetime) -> list[int]:
    """Remove what nobody confirmed since *before*; return the people who have no other subscription of any kind."""
    sql = "DELETE FROM subscriptions WHERE pending = 1 AND created_at < :at RETURNING subscriber_id"
    subscriber_ids = sorted({row["subscriber_id"] for row in query(db, sql, at=utc_iso(before))})
    return [subscriber_id for subscriber_id in subscriber_ids if not of_subscriber(db, subscriber_id)]


def mark_refused(db: Database, subscriber_id: int, reason: str, now: datetime) -> bool:
    """Note that an address takes no mail; say whether it did so far."""
    sql = "UPDATE subscribers SET refused_at = :now, refusal = :reason WHERE id = :id AND refused_at IS NULL"
    return execute(db, sql, id=subscriber_id, reason=reason, now=utc_iso(now)) > 0


def clear_refused(db: Database, subscriber_id: int) -> bool:
    """Note that an address may be tried again; say whether it was marked."""
    sql = "UPDATE subscribers SET refused_at = NULL, refusal = '' WHERE id = :id AND refused_at IS NOT NULL"
    return execute(db, sql, id=subscriber_id) > 0


def refused_subscribers(db: Database) -> list[Subscriber]:
    """Return the people whose address takes no mail, oldest first."""
    rows = query(db, "SELECT * FROM subscribers WHERE refused_at IS NOT NULL ORDER BY id")
    return [from_row(Subscriber, row) for row in rows]


def forget(db: Database, subscriber_id: int) -> None:
    """Take everything that tells who a person is out of their rows; the rows stay, for they are counted."""
    with transaction(db):
        for sql in _FORGET:
            execute(db, sql, id=subscriber_id)


_FORGET = (
    "UPDATE messages SET address = '', subject = '', mime = x'', target = '', error = '' WHERE subscriber_id = :id",
    "UPDATE messages SET status = 'failed', next_try_at = NULL WHERE subscriber_id = :id AND status = 'pending'",
    "UPDATE subscriptions SET active = 0, filters = '{}', target = '' WHERE subscriber_id = :id",
    "UPDATE subscribers SET address = 'forgotten ' || id, name = '', timezone = 'UTC', language = 'en', refusal = '',"
    " refused_at = NULL WHERE id = :id",
)
