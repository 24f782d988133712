"""Alerts: one event owed to one subscription, once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlite_utils import Database

from storage.database.connection import execute, execute_many, insert, query
from storage.records import Alert, EventKind
from storage.serialise import dumps, from_row, utc_iso


def add(db: Database, subscription_id: int, event_id: int, owed_at: datetime) -> int | None:
    """Owe *event_id* to *subscription_id* and return the alert's id; None when it is owed already."""
    row = {"subscription_id": subscription_id, "event_id": event_id, "owed_at": utc_iso(owed_at)}
    return insert(db, "alerts", row)


def add_all(db: Database, event_id: int, due_at: Iterable[tuple[int, datetime]]) -> int:
    """Owe *event_id* to many subscriptions, each from its moment; return how many were not owed it before."""
    before = _count(db, event_id)
    sql = "INSERT INTO alerts (subscription_id, event_id, owed_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
    execute_many(db, sql, ((subscription_id, event_id, utc_iso(at)) for subscription_id, at in due_at))
    return _count(db, event_id) - before


def uncomposed_of_kind(db: Database, kind: EventKind) -> list[Alert]:
    """Return the alerts that are in no message yet and about one kind of event, oldest first."""
    sql = """
        SELECT alerts.* FROM alerts JOIN events ON events.id = event_id
        WHERE message_id IS NULL AND withdrawn_at IS NULL AND events.kind = :kind ORDER BY alerts.id
    """
    return [from_row(Alert, row) for row in query(db, sql, kind=kind.value)]


def waiting_subscriptions(db: Database) -> list[int]:
    """Return the subscriptions that are owed alerts in no message yet, person by person."""
    sql = """
        SELECT id FROM subscriptions
        WHERE id IN (SELECT subscription_id FROM alerts WHERE message_id IS NULL AND withdrawn_at IS NULL)
        ORDER BY subscriber_id, id
    """
    return [row["id"] for row in query(db, sql)]


def uncomposed_of(db: Database, subscription_id: int) -> list[Alert]:
    """Return the alerts of a subscription that are in no message yet, oldest first."""
    sql = "SELECT * FROM alerts WHERE message_id IS NULL AND withdrawn_at IS NULL AND subscription_id = :id ORDER BY id"
    return [from_row(Alert, row) for row in query(db, sql, id=subscription_id)]


def set_message(db: Database, alert_ids: Iterable[int], message_id: int) -> int:
    """Note which message tells the alerts; return how many of them were in none."""
    return execute(
        db,
        "UPDATE alerts SET message_id = :message_id"
        " WHERE message_id IS NULL AND withdrawn_at IS NULL AND id IN (SELECT value FROM json_each(:ids))",
        message_id=message_id,
        ids=dumps(list(alert_ids)),
    )


def withdraw(db: Database, alert_id: int, at: datetime) -> None:
    """Note that what is owed is no longer worth telling; it stays counted."""
    sql = "UPDATE alerts SET withdrawn_at = :at WHERE id = :id AND message_id IS NULL"
    execute(db, sql, id=alert_id, at=utc_iso(at))


def of_message(db: Database, message_id: int) -> list[Alert]:
    """Return the alerts a message tells, oldest first."""
    rows = query(db, "SELECT * FROM alerts WHERE message_id = :message_id ORDER BY id", message_id=message_id)
    return [from_row(Alert, row) for row in rows]


def of_event(db: Database, event_id: int) -> list[Alert]:
    """Return the alerts owed for an event: who was, or will be, told of it."""
    rows = query(db, "SELECT * FROM alerts WHERE event_id = :event_id ORDER BY id", event_id=event_id)
    return [from_row(Alert, row) for row in rows]


def of_subscriber(db: Database, subscriber_id: int) -> list[Alert]:
    """Return everything a person was, or will be, told, oldest first."""
    sql = """
        SELECT alerts.* FROM alerts JOIN subscriptions ON subscriptions.id = subscription_id
        WHERE subscriber_id = :id ORDER BY alerts.id
    """
    return [from_row(Alert, row) for row in query(db, sql, id=subscriber_id)]


def _count(db: Database, event_id: int) -> int:
    return int(query(db, "SELECT count(*) AS n FROM alerts WHERE event_id = :id", id=event_id)[0]["n"])
