"""Subscriptions: who asked to be told what, how often and how."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from storage.codec import from_row, instant, to_json
from storage.database import added, insert, rows, run, the_one, transaction
from storage.records import Cadence, Channel, Filters, Subscriber, Subscription


def add_subscriber(db: Database, address: str, *, name: str = "", timezone: str = "UTC", language: str = "en") -> int:
    """Store a person and return their id; a known address, in whatever case, keeps its person."""
    with transaction(db):
        known = find_subscriber(db, address)
        if known is not None:
            return known.id
        row = {"address": address, "name": name, "timezone": timezone, "language": language}
        return added(insert(db, "subscribers", row))


def find_subscriber(db: Database, address: str) -> Subscriber | None:
    """Return the person with this address, in whatever case, if there is one."""
    found = rows(db, "SELECT * FROM subscribers WHERE address = :address COLLATE NOCASE", address=address)
    return from_row(Subscriber, found[0]) if found else None


def get_subscriber(db: Database, subscriber_id: int) -> Subscriber:
    """Return the person with this id."""
    found = rows(db, "SELECT * FROM subscribers WHERE id = :id", id=subscriber_id)
    return from_row(Subscriber, the_one(found, f"subscriber {subscriber_id}"))


def all_subscribers(db: Database) -> list[Subscriber]:
    """Return every person, oldest first."""
    return [from_row(Subscriber, row) for row in rows(db, "SELECT * FROM subscribers ORDER BY id")]


def add(
    db: Database,
    subscriber_id: int,
    filters: Filters,
    cadence: Cadence = Cadence.AT_ONCE,
    channel: Channel = Channel.EMAIL,
    hour: int = 8,
    *,
    now: datetime,
) -> int:
    """Store a wish and return its id; events from before *now* are not for it."""
    row = {
        "subscriber_id": subscriber_id,
        "filters": to_json(filters),
        "created_at": instant(now),
        "cadence": cadence.value,
        "channel": channel.value,
        "hour": hour,
        "active": 1,
    }
    return added(insert(db, "subscriptions", row))


def get(db: Database, subscription_id: int) -> Subscription:
    """Return the subscription with this id, whether or not it is active."""
    found = rows(db, "SELECT * FROM subscriptions WHERE id = :id", id=subscription_id)
    return from_row(Subscription, the_one(found, f"subscription {subscription_id}"))


def active(db: Database) -> list[Subscription]:
    """Return the subscriptions that are to be told, oldest first."""
    found = rows(db, "SELECT * FROM subscriptions WHERE active = 1 ORDER BY id")
    return [from_row(Subscription, row) for row in found]


def all_subscriptions(db: Database) -> list[Subscription]:
    """Return every subscription, ended ones included, oldest first."""
    return [from_row(Subscription, row) for row in rows(db, "SELECT * FROM subscriptions ORDER BY id")]


def deactivate(db: Database, subscription_id: int) -> bool:
    """End a subscription; say whether it was active."""
    return run(db, "UPDATE subscriptions SET active = 0 WHERE id = :id AND active = 1", id=subscription_id) > 0
