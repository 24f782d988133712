"""Step *match*: every event becomes the alerts that are owed for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache

from sqlite_utils import Database

from storage import alerts, changes, events, instruments, pending_versions, provisions, subscriptions, versions
from storage.database.connection import transaction
from storage.records import Cadence, Comparison, Event, EventKind, Subscription
from tracker.alerts.boundary import StepBoundary, no_boundary
from tracker.alerts.match.correction_audience import told_before
from tracker.alerts.match.filter_match import ProvisionNumbers, Touch, match
from tracker.alerts.match.prediction_audience import may_hear, told_ahead
from tracker.alerts.periods import morning_of
from tracker.wording.phrases import day_of

_ALL_NEW = {EventKind.NEW_INSTRUMENT, EventKind.DRAFT_OPENED}  # every word of it is news
_SOONEST = tuple(Cadence)
_MOST_WORDS = 2_000_000  # characters of one event that are searched


def match_events(db: Database, now: datetime, guard: StepBoundary = no_boundary) -> int:
    """Owe each unmatched event to the subscriptions that want it; return how many alerts are new."""
    new_events = list(events.unmatched_events(db))
    candidates, alerts_owed = list(subscriptions.active(db)) if new_events else [], 0
    for event in new_events:
        with guard(event.key):
            alerts_owed += _match_one(db, event, candidates, now)
    return alerts_owed


def subscriptions_wanting(
    db: Database, event: Event, candidates: list[Subscription], meant_at: datetime | None = None
) -> list[Subscription]:
    """Return those of *candidates* whose filters let *event* through.

    A wish for a provision follows it when it is renumbered, from the number it had when the wish was made (*meant_at*).
    """
    any_words = any(subscription.filters.words for subscription in candidates)
    any_provisions = any(subscription.filters.provisions for subscription in candidates)
    needs_changes = event.change_set_id is not None and (any_words or any_provisions)
    comparison = changes.get_set(db, event.change_set_id) if needs_changes and event.change_set_id is not None else None
    if comparison is None and (any_words or any_provisions):
        comparison = pending_versions.comparison_of_event(db, event)
    texts = _clip(_texts(db, event, comparison)) if any_words else []
    return match(event, texts, candidates, _touch_of(db, event, comparison, meant_at))


def _match_one(db: Database, event: Event, candidates: list[Subscription], now: datetime) -> int:
    with transaction(db):
        wanted_by = (
            [] if event.details.get("retracted") else subscriptions_wanting(db, event, candidates)
        )  # nobody else heard of it
        ahead = told_ahead(db, event)
        wanted_by = [subscription for subscription in wanted_by if may_hear(event, subscription.id, ahead)]
        before = told_before(db, event)
        if before is not None:  # what takes a message back goes to all who had it, whatever they filter by, once
            wanted_by = _one_each(
                [*wanted_by, *(subscription for subscription in candidates if subscription.id in before)]
            )
        new_alerts = alerts.add_all(
            db,
            event.id,
            [(subscription.id, _moment(db, event, subscription, now)) for subscription in _by_id(wanted_by)],
        )
        events.mark_matched(db, event.id)
    return new_alerts


def _by_id(wanted_by: Iterable[Subscription]) -> list[Subscription]:
    return [
        subscription
        for _, subscription in sorted({subscription.id: subscription for subscription in wanted_by}.items())
    ]


def _moment(db: Database, event: Event, subscription: Subscription, now: datetime) -> datetime:
    """Return since when an event is owed: a reminder on the subscriber's own day, everything else now."""
    lead_on = day_of(event.details.get("lead_on")) if event.kind is EventKind.DATE_NEAR else None
    if lead_on is None:
        return now
    timezone = subscriptions.get_subscriber(db, subscription.subscriber_id).timezone
    return max(now, morning_of(subscription, timezone, lead_on))


def _one_each(wanted_by: Iterable[Subscription]) -> list[Subscription]:
    """Return one subscription for each person and way, the one that is told soonest."""
    soonest: dict[tuple[int, str, str], Subscription] = {}
    for subscription in sorted(wanted_by, key=lambda one: (_SOONEST.index(one.cadence), one.id)):
        soonest.setdefault((subscription.subscriber_id, subscription.channel.value, subscription.target), subscription)
    return list(soonest.values())


def _touch_of(db: Database, event: Event, comparison: Comparison | None, meant_at: datetime | None) -> Touch | None:
    """Return the eids that changed; none of what is new as a whole, None when the event is about the whole."""
    if comparison is None:
        return Touch() if event.kind in _ALL_NEW else None
    row = changes.get_row(db, event.change_set_id) if event.change_set_id is not None else None
    pair = (row.old, row.new) if row is not None else (str(event.version_id), str(event.version_id))

    @cache
    def numbers(eid: str, at: datetime) -> ProvisionNumbers:
        before, after = (provisions.eid_now(db, event.instrument_id, eid, at, version) for version in pair)
        return before, after

    return Touch(
        {eid for c in comparison.changes if (eid := c.old_eid or c.old_unit)},
        {eid for c in comparison.changes if (eid := c.new_eid or c.new_unit)},
        lambda subscription, eid: numbers(eid, meant_at or subscription.created_at),
    )


def _clip(texts: Iterable[str]) -> list[str]:
    pieces, left = [], _MOST_WORDS
    for text in texts:
        pieces.append(text[:left])
        left -= len(text)
        if left <= 0:
            break
    return pieces


def _texts(db: Database, event: Event, comparison: Comparison | None) -> Iterator[str]:
    """Yield the words of *event*: titles, and what changed or is new."""
    instrument = instruments.get(db, event.instrument_id)
    yield from (instrument.title, instrument.title_native, str(event.details.get("other_title") or ""))
    for change in comparison.changes if comparison else ():
        yield from (change.old_text, change.new_text)
    if event.version_id is not None:
        reading = versions.get(db, event.version_id).reading
        yield reading.title
        if event.kind in _ALL_NEW:
            yield from (f"{provision.heading} {provision.text}" for provision in reading.walk())
