"""Step *compose*: what is owed and due becomes messages, each composed once."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache, partial
from itertools import count

from sqlite_utils import Database

from storage import alerts, events, messages, subscriptions
from storage.database import transaction
from storage.records import Alert, Cadence, Message, MessageStatus, Subscriber, Subscription
from tracker.alerts.composing import Envelope, Letter, compose_alert, compose_digest
from tracker.alerts.guard import Guard, unguarded
from tracker.alerts.periods import is_due, period_end, period_name
from tracker.alerts.settings import AlertSettings
from tracker.alerts.shelf import Shelf


@dataclass(slots=True)
class Due:
    """What becomes one message: the alerts one subscriber is owed for one event, or for one period."""

    key: str
    subscriber: Subscriber
    cadence: Cadence
    subscriptions: dict[int, Subscription] = field(default_factory=dict)
    alerts: list[Alert] = field(default_factory=list)


class _ComposedElsewhereError(Exception):
    """Another process told these alerts first; what was composed here is undone."""


def compose_due(db: Database, now: datetime, settings: AlertSettings, guard: Guard = unguarded) -> int:
    """Compose every message that is due; return how many there are."""
    shelf, composed = Shelf(db), 0
    for due in _due(db, now):
        with guard(due.key), suppress(_ComposedElsewhereError):
            _compose_one(db, due, shelf, settings, now)
            composed += 1
    return composed


def _due(db: Database, now: datetime) -> list[Due]:
    """Gather what is owed and due by the message that will tell it; who has unsubscribed meanwhile is told nothing."""
    asker = lru_cache(maxsize=None)(partial(_asker, db))
    found: dict[str, Due] = {}
    for alert in list(alerts.uncomposed(db)):
        subscription, subscriber = asker(alert.subscription_id)
        cadence, hour = subscription.cadence, subscription.hour
        if subscription.active and is_due(cadence, alert.owed_at, hour, subscriber.timezone, now):
            key = _key(db, alert, subscription, subscriber, now)
            due = found.setdefault(key, Due(key, subscriber, cadence))
            due.subscriptions[subscription.id] = subscription
            due.alerts.append(alert)
    return list(found.values())


def _asker(db: Database, subscription_id: int) -> tuple[Subscription, Subscriber]:
    subscription = subscriptions.get(db, subscription_id)
    return subscription, subscriptions.get_subscriber(db, subscription.subscriber_id)


def _key(db: Database, alert: Alert, subscription: Subscription, subscriber: Subscriber, now: datetime) -> str:
    """Return what makes a message one: who, how, and the event or the period."""
    about = events.get(db, alert.event_id).key
    if subscription.cadence is not Cadence.AT_ONCE:
        about = period_name(period_end(subscription.cadence, subscription.hour, subscriber.timezone, now))
    return f"{subscription.cadence.value}:{subscription.channel.value}:{subscriber.id}:{about}"


def _compose_one(db: Database, due: Due, shelf: Shelf, settings: AlertSettings, now: datetime) -> None:
    """Compose one message and mark its alerts; what comes late for a period already told gets a message of its own."""
    with transaction(db):
        message_id = next(filter(None, (_add(db, due, turn, shelf, settings, now) for turn in count(1))))
        if not alerts.set_message(db, [alert.id for alert in due.alerts], message_id):
            raise _ComposedElsewhereError


def _add(db: Database, due: Due, turn: int, shelf: Shelf, settings: AlertSettings, now: datetime) -> int | None:
    key = due.key if turn == 1 else f"{due.key}#{turn}"
    return messages.add(db, _message(replace(due, key=key), shelf, settings, now))


def _message(due: Due, shelf: Shelf, settings: AlertSettings, now: datetime) -> Message:
    letter = _letter(due, shelf, settings, now)
    return Message(
        id=0,
        key=due.key,
        subscriber_id=due.subscriber.id,
        address=due.subscriber.address,
        subject=letter.subject,
        mime_id=letter.mime_id,
        mime=letter.mime,
        status=MessageStatus.PENDING,
        composed_at=now,
    )


def _letter(due: Due, shelf: Shelf, settings: AlertSettings, now: datetime) -> Letter:
    envelope = Envelope(due.key, due.subscriber, tuple(due.subscriptions.values()))
    event_ids = dict.fromkeys(alert.event_id for alert in due.alerts)  # two subscriptions may be owed one event
    materials = [shelf.material(event_id) for event_id in event_ids]
    if due.cadence is Cadence.AT_ONCE:
        return compose_alert(envelope, materials[0], settings, now)
    return compose_digest(envelope, materials, settings, now)
