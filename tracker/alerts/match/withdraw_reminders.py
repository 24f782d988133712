"""Reminders that are not worth telling any more: the date moved, has passed, or a later reminder says it better."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from storage import alerts, events, milestones, subscriptions
from storage.database.connection import transaction
from storage.records import Alert, Event, EventKind, MilestoneKind
from tracker.alerts.periods import local_day


def withdraw_stale(db: Database, now: datetime) -> None:
    """Withdraw every reminder in no message yet that would come late, or about a date that stands no longer."""
    latest: dict[tuple[int, str, object, object], Alert] = {}
    stale: list[int] = []
    for alert in alerts.uncomposed_of_kind(db, EventKind.DATE_NEAR):
        event = events.get(db, alert.event_id)
        if not _worth_telling(db, alert, event, now):
            stale.append(alert.id)
        elif alert.owed_at <= now:
            about = (alert.subscription_id, event.instrument_id, event.details.get("kind"), event.on)
            if about in latest:
                stale.append(latest[about].id)
            latest[about] = alert
    with transaction(db):
        for alert_id in stale:
            alerts.withdraw(db, alert_id, now)


def _worth_telling(db: Database, alert: Alert, event: Event, now: datetime) -> bool:
    subscription = subscriptions.get(db, alert.subscription_id)
    today = local_day(subscriptions.get_subscriber(db, subscription.subscriber_id).timezone, now)
    if event.on is None or event.on < today:
        return False
    return milestones.stands(db, event.instrument_id, MilestoneKind(event.details["kind"]), event.on)
