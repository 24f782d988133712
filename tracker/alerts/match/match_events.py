"""Step *match*: every event becomes the alerts that are owed for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache

from sqlite_utils import Database

from storage import alerts, changes, events, instruments, provisions, subscriptions, versions
from storage.database.connection import transaction
from storage.records import Cadence, Comparison, Event, EventKind, Subscription
from tracker.alerts.boundary import StepBoundary, unguarded
from tracker.alerts.match.corrections import told_before
from tracker.alerts.match.filter_match import ProvisionNumbers, Touched, match
from tracker.alerts.periods import morning_of
from tracker.wording.phrases import day_of

_ALL_NEW = {EventKind.NEW_INSTRUMENT, EventKind.DRAFT_OPENED}  # every word of it is news
_SOONEST = tuple(Cadence)
_MOST_WORDS = 2_000_000  # characters of one event that are searched


def match_events(db: Database, now: datetime, guard: StepBoundary = unguarded) -> int:
    """Owe each unmatched event to the subscriptions that want it; return how many alerts are new."""
    waiting = list(events.unmatched_events(db))
    asking, alerts_owed = list(subscriptions.active(db)) if waiting else [], 0
    for event in waiting:
        with guard(event.key):
            alerts_owed += _match_one(db, event, asking, now)
    return alerts_owed


def wanting(
    db: Database, event: Event, asking: list[Subscription], meant_at: datetime | None = None
) -> list[Subscription]:
    """Return those of *asking* whose filters let *event* through.

    A wish for a provision follows it when it is renumbered, from the number it had when the wish was made (*meant_at*).
    """
    words = any(each.filters.words for each in asking)
    provisions = any(each.filters.provisions for each in asking)
    told = event.change_set_id is not None and (words or provisions)
    comparison = changes.get_set(db, event.change_set_id) if told and event.change_set_id is not None else None
    texts = _clipped(_texts(db, event, comparison)) if words else []
    return match(event, texts, asking, _touched(db, event, comparison, meant_at))


def _match_one(db: Database, event: Event, asking: list[Subscription], now: datetime) -> int:
    with transaction(db):
        wanted = [] if event.details.get("retracted") else wanting(db, event, asking)  # nobody else heard of it
        before = told_before(db, event)
        if before is not None:  # what takes a message back goes to all who had it, whatever they filter by, once
            wanted = _one_each([*wanted, *(each for each in asking if each.id in before)])
        owed = alerts.add_all(db, event.id, [(each.id, _moment(db, event, each, now)) for each in _by_id(wanted)])
        events.mark_matched(db, event.id)
    return owed


def _by_id(wanted: Iterable[Subscription]) -> list[Subscription]:
    return [each for _, each in sorted({each.id: each for each in wanted}.items())]


def _moment(db: Database, event: Event, wish: Subscription, now: datetime) -> datetime:
    """Return since when an event is owed: a reminder on the subscriber's own day, everything else now."""
    lead_on = day_of(event.details.get("lead_on")) if event.kind is EventKind.DATE_NEAR else None
    if lead_on is None:
        return now
    timezone = subscriptions.get_subscriber(db, wish.subscriber_id).timezone
    return max(now, morning_of(wish, timezone, lead_on))


def _one_each(wanted: Iterable[Subscription]) -> list[Subscription]:
    """Return one subscription for each person and way, the one that is told soonest."""
    chosen: dict[tuple[int, str, str], Subscription] = {}
    for each in sorted(wanted, key=lambda one: (_SOONEST.index(one.cadence), one.id)):
        chosen.setdefault((each.subscriber_id, each.channel.value, each.target), each)
    return list(chosen.values())


def _touched(db: Database, event: Event, comparison: Comparison | None, meant_at: datetime | None) -> Touched | None:
    """Return the eids that changed; none of what is new as a whole, None when the event is about the whole."""
    if comparison is None or event.change_set_id is None:
        return Touched() if event.kind in _ALL_NEW else None
    row = changes.get_row(db, event.change_set_id)
    pair = (row.old, row.new)

    @cache
    def numbers(eid: str, at: datetime) -> ProvisionNumbers:
        before, after = (provisions.eid_now(db, event.instrument_id, eid, at, version) for version in pair)
        return before, after

    return Touched(
        {eid for c in comparison.changes if (eid := c.old_eid or c.old_unit)},
        {eid for c in comparison.changes if (eid := c.new_eid or c.new_unit)},
        lambda wish, eid: numbers(eid, meant_at or wish.created_at),
    )


def _clipped(texts: Iterable[str]) -> list[str]:
    kept, left = [], _MOST_WORDS
    for text in texts:
        kept.append(text[:left])
        left -= len(text)
        if left <= 0:
            break
    return kept


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
            yield from (f"{each.heading} {each.text}" for each in reading.walk())
