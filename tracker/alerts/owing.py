"""Step *match*: every event becomes the alerts that are owed for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlite_utils import Database

from storage import alerts, changes, events, instruments, subscriptions, versions
from storage.database import transaction
from storage.records import Event, EventKind, Subscription
from tracker.alerts.guard import Guard, unguarded
from tracker.alerts.matching import match

_ALL_NEW = {EventKind.NEW_INSTRUMENT, EventKind.DRAFT_OPENED}  # every word of it is news
_TEXT_CHANGED = {EventKind.NEW_VERSION, EventKind.REVERSED}
_MOST_WORDS = 2_000_000  # characters of one event that are searched


def match_events(db: Database, now: datetime, guard: Guard = unguarded) -> int:
    """Owe each unmatched event to the subscriptions that want it; return how many alerts are new."""
    alerts_owed = 0
    for event in list(events.unmatched(db)):
        with guard(event.key):
            alerts_owed += _match_one(db, event, now)
    return alerts_owed


def _match_one(db: Database, event: Event, now: datetime) -> int:
    with transaction(db):
        active = list(subscriptions.active(db))
        wanted = {each.id for each in match(event, _texts(db, event, active), active)}
        wanted |= _told_before(db, event) & {each.id for each in active}
        owed = [alerts.add(db, subscription_id, event.id, now) for subscription_id in sorted(wanted)]
        events.mark_matched(db, event.id)
    return sum(alert_id is not None for alert_id in owed)


def _told_before(db: Database, event: Event) -> set[int]:
    """Return who was told the change that *event* takes back: they are told, whatever they filter by."""
    if event.kind is not EventKind.REVERSED:
        return set()
    earlier = [each for each in events.of_instrument(db, event.instrument_id) if each.kind in _TEXT_CHANGED]
    wrong = next((each for each in reversed(earlier) if each.id < event.id), None)
    return {alert.subscription_id for alert in alerts.of_event(db, wrong.id)} if wrong else set()


def _texts(db: Database, event: Event, asking: list[Subscription]) -> list[str]:
    """Return the words of *event*, read only when somebody asks for words."""
    if not any(each.filters.words for each in asking):
        return []
    texts, left = [], _MOST_WORDS
    for text in _all_texts(db, event):
        texts.append(text[:left])
        left -= len(text)
        if left <= 0:
            break
    return texts


def _all_texts(db: Database, event: Event) -> Iterator[str]:
    instrument = instruments.get(db, event.instrument_id)
    yield from (instrument.title, instrument.title_native, str(event.details.get("other_title") or ""))
    if event.change_set_id is not None:
        for change in changes.get_set(db, event.change_set_id).changes:
            yield from (change.old_text, change.new_text)
    if event.version_id is not None:
        reading = versions.get(db, event.version_id).reading
        yield reading.title
        if event.kind in _ALL_NEW:
            yield from (f"{each.heading} {each.text}" for each in reading.walk())
