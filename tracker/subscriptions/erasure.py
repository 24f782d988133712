"""Erasure and export of a person's data: handed out whole, or removed from everything but the counts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from storage import alerts, events, log, messages, subscriptions
from storage.database.connection import transaction
from storage.records import Alert, Message, Subscription
from storage.serialise import to_json
from tracker.alerts.eml_files import remove


def export_person(db: Database, address: str) -> dict[str, Any] | None:
    """Return everything stored about the person with this address; None when there is none."""
    person = subscriptions.find_subscriber(db, address)
    if person is None:
        return None
    event_ids = {alert.event_id for alert in alerts.of_subscriber(db, person.id)}
    keys = {event_id: events.get(db, event_id).key for event_id in event_ids}
    return {
        "schema": "clausewatch/subscriber/1",
        "subscriber": json.loads(to_json(person)),
        "subscriptions": [_subscription(alert) for alert in subscriptions.of_subscriber(db, person.id)],
        "alerts": [
            {"subscription": alert.subscription_id, "event": keys[alert.event_id], "owed_at": alert.owed_at.isoformat()}
            for alert in alerts.of_subscriber(db, person.id)
        ],
        "messages": [_message(alert) for alert in messages.of_subscriber(db, person.id)],
    }


def forget_person(db: Database, address: str, emails: Path, now: datetime) -> bool:
    """Remove the person with this address from database and folder; what was counted stays counted."""
    person = subscriptions.find_subscriber(db, address)
    if person is None:
        return False
    db.execute("PRAGMA secure_delete = ON")  # what is overwritten is wiped from the file too
    _forget(db, person.id, emails, now)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return True


def forget_who_never_confirmed(db: Database, emails: Path, before: datetime, now: datetime) -> None:
    """Remove what nobody confirmed since *before*, and the people who were asked and have no other subscription."""
    with transaction(db):
        strangers = subscriptions.remove_pending(db, before)
    for person in strangers:
        _forget(db, person, emails, now)


def _forget(db: Database, person: int, emails: Path, now: datetime) -> None:
    theirs = messages.of_subscriber(db, person)
    alert_list = alerts.of_subscriber(db, person)
    with transaction(db):
        log.append_erasures(db, _logged_subjects(theirs, alert_list), now)
        subscriptions.forget(db, person)
    for message_id in (message.id for message in theirs):
        for folder in (emails, emails.with_name("operator")):  # who runs the service may be a reader, too
            remove(folder, message_id)


def _logged_subjects(theirs: list[Message], alert_list: list[Alert]) -> Iterator[tuple[str, str]]:
    for message in theirs:
        yield from ((kind, f"{message.id}:{message.mime_id}") for kind in ("message", "delivery"))
    yield from (("alert", f"{alert.subscription_id}:{alert.event_id}") for alert in alert_list)


def _subscription(subscription: Subscription) -> dict[str, Any]:
    return {"status": subscription.status, **json.loads(to_json(subscription))}


def _message(message: Message) -> dict[str, Any]:
    return {
        "subject": message.subject,
        "message_id": message.mime_id,
        "address": message.address,
        "channel": message.channel.value,
        "status": message.status.value,
        "composed_at": message.composed_at.isoformat(),
        "sent_at": message.sent_at.isoformat() if message.sent_at else None,
    }
