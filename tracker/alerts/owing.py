"""Step *match*: every event becomes the alerts that are owed for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlite_utils import Database

from storage import alerts, changes, events, instruments, subscriptions, versions
from storage.database import transaction
from storage.records import Cadence, Comparison, Event, EventKind, Subscription
from tracker.alerts.guard import Guard, unguarded
from tracker.alerts.matching import match
from tracker.alerts.takingback import told_before

_ALL_NEW = {EventKind.NEW_INSTRUMENT, EventKind.DRAFT_OPENED}  # every word of it is news
_SOONEST = tuple(Cadence)
_MOST_WORDS = 2_000_000  # characters of one event that are searched


def match_events(db: Database, now: datetime, guard: Guard = unguarded) -> int:
    """Owe each unmatched event to the subscriptions that want it; return how many alerts are new."""
    waiting = list(events.unmatched(db))
    asking, alerts_owed = list(subscriptions.active(db)) if waiting else [], 0
    for event in waiting:
        with guard(event.key):
            alerts_owed += _match_one(db, event, asking, now)
    return alerts_owed


def wanting(db: Database, event: Event, asking: list[Subscription]) -> list[Subscription]:
    """Return those of *asking* whose filters let *event* through."""
    words = any(each.filters.words for each in asking)
    provisions = any(each.filters.provisions for each in asking)
    told = event.change_set_id is not None and (words or provisions)
    comparison = changes.get_set(db, event.change_set_id) if told and event.change_set_id is not None else None
    texts = _clipped(_texts(db, event, comparison)) if words else []
    return match(event, texts, asking, _touched(event, comparison))


def _match_one(db: Database, event: Event, asking: list[Subscription], now: datetime) -> int:
    with transaction(db):
        wanted = wanting(db, event, asking)
        before = told_before(db, event)
        if before is not None:  # what takes a message back goes to all who had it, whatever they filter by, once
            wanted = _one_each([*wanted, *(each for each in asking if each.id in before)])
        owed = alerts.add_all(db, sorted({each.id for each in wanted}), event.id, now)
        events.mark_matched(db, event.id)
    return owed


def _one_each(wanted: Iterable[Subscription]) -> list[Subscription]:
    """Return one subscription for each person and way, the one that is told soonest."""
    chosen: dict[tuple[int, str, str], Subscription] = {}
    for each in sorted(wanted, key=lambda one: (_SOONEST.index(one.cadence), one.id)):
        chosen.setdefault((each.subscriber_id, each.channel.value, each.target), each)
    return list(chosen.values())


def _touched(event: Event, comparison: Comparison | None) -> set[str] | None:
    """Return the eids that changed; none of what is new as a whole, None when the event is about the whole."""
    if comparison is None:
        return set() if event.kind in _ALL_NEW else None
    sides = ((c.old_eid or c.old_unit, c.new_eid or c.new_unit) for c in comparison.changes)
    return {eid for pair in sides for eid in pair if eid}


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
