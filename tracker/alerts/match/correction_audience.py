"""Audience of a correction: who must hear that something they were told proved wrong."""

from __future__ import annotations

from sqlite_utils import Database

from storage import alerts, corrections, events
from storage.records import Event, EventKind
from tracker.wording.phrases import day_of

_TEXT_TOLD = {EventKind.NEW_VERSION, EventKind.REVERSED}
_INSTRUMENT_TOLD = {*_TEXT_TOLD, EventKind.NEW_INSTRUMENT, EventKind.DRAFT_OPENED, EventKind.DATE_MOVED}


def told_before(db: Database, event: Event) -> set[int] | None:
    """Return the subscriptions that were told what *event* takes back or corrects; None when it does neither."""
    if event.details.get("retracted"):
        retracted_alerts = alerts.of_event(db, int(event.details["retracted"]))
        return {alert.subscription_id for alert in retracted_alerts if alert.message_id is not None}
    wrong = _taken_back(db, event)
    if wrong is None:
        return None
    owed_alerts = [alert for event_taken_back in wrong for alert in alerts.of_event(db, event_taken_back.id)]
    if event.kind is EventKind.DATE_MOVED:  # a reminder nobody has yet is withdrawn instead
        owed_alerts = [alert for alert in owed_alerts if alert.message_id is not None]
    return {alert.subscription_id for alert in owed_alerts}


def _taken_back(db: Database, event: Event) -> list[Event] | None:
    if event.kind is EventKind.REVERSED:
        return corrections.undone_events(db, event)
    if event.kind is EventKind.CORRECTED:
        return [earlier for earlier in _earlier(db, event) if earlier.kind in _INSTRUMENT_TOLD]
    if event.kind is EventKind.DATE_MOVED:
        return [earlier for earlier in _earlier(db, event) if _reminded_of(earlier, event)] or None
    return None


def _reminded_of(reminder: Event, date_moved: Event) -> bool:
    same = reminder.details.get("kind") == date_moved.details.get("kind")
    return reminder.kind is EventKind.DATE_NEAR and same and reminder.on == day_of(date_moved.details.get("old"))


def _earlier(db: Database, event: Event) -> list[Event]:
    return [other for other in events.of_instrument(db, event.instrument_id) if other.id < event.id]
