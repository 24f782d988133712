"""Audience of a prediction's outcome: who was told what will change is told only what came otherwise."""

from __future__ import annotations

from sqlite_utils import Database

from storage import alerts, events, pending_versions
from storage.records import Event, EventKind, PendingVersion


def told_ahead(db: Database, event: Event) -> set[int]:
    """Return the subscriptions that were told of an amendment whose official text *event* is about."""
    if event.kind is EventKind.DIFFERED:
        verdicts = [pending_versions.get(db, int(event.details["pending_id"]))]
    elif event.kind is EventKind.NEW_VERSION and event.version_id is not None:
        verdicts = pending_versions.judged_by(db, event.version_id)
    else:
        verdicts = []
    return {subscription_id for pending in verdicts for subscription_id in _told_of(db, pending)}


def may_hear(event: Event, subscription_id: int, ahead: set[int]) -> bool:
    """Return whether a subscription hears of *event*: of a difference who was told, of the whole text who was not."""
    if event.kind is EventKind.DIFFERED:
        return subscription_id in ahead
    return event.kind is not EventKind.NEW_VERSION or subscription_id not in ahead


def _told_of(db: Database, pending: PendingVersion) -> set[int]:
    key = f"{EventKind.WILL_CHANGE.value}:{pending.instrument_id}:{pending.amending_id}"
    announcements = [event for event in events.of_instrument(db, pending.instrument_id) if event.key == key]
    return {alert.subscription_id for event in announcements for alert in alerts.of_event(db, event.id)}
