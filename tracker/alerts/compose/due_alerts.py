"""What is due now, message by message: who is told what, gathered from the alerts that no message tells yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, partial
from itertools import groupby

from sqlite_utils import Database

from storage import alerts, messages, subscriptions
from storage.records import Alert, Cadence, Channel, EventKind, Subscriber, Subscription
from tracker.alerts.compose.event_cache import EventCache
from tracker.alerts.compose.quiet_period import Looked, looks
from tracker.alerts.periods import is_due, period_end, period_name, period_start

STORM = 8  # so many instruments changed by one source in one round are one message
_STORMY = {EventKind.NEW_VERSION, EventKind.NEW_INSTRUMENT, EventKind.DRAFT_OPENED, EventKind.DATE_MOVED}


@dataclass(slots=True)
class DueMessage:
    """What becomes one message: the alerts one subscriber is owed for one event, for one period, or of one storm."""

    key: str
    subscriber: Subscriber
    cadence: Cadence
    channel: Channel
    target: str
    subscriptions: dict[int, Subscription] = field(default_factory=dict)
    alerts: list[Alert] = field(default_factory=list)
    storm: bool = False
    quiet: Looked | None = None

    @property
    def event_ids(self) -> list[int]:
        """Return the events, each once: two subscriptions may be owed one."""
        return list(dict.fromkeys(alert.event_id for alert in self.alerts))

    def take(self, subscription: Subscription, alert: Alert) -> None:
        """Let this message tell *alert* too."""
        self.subscriptions[subscription.id] = subscription
        self.alerts.append(alert)


def all_due(db: Database, shelf: EventCache, now: datetime) -> Iterator[DueMessage]:
    """Yield what is due, person by person, each person's oldest first.

    Who has unsubscribed meanwhile, and whose address takes no mail, is told nothing.
    """
    keys: set[str] = set()
    wishes = (subscriptions.get(db, each) for each in alerts.waiting_subscriptions(db))
    for subscriber_id, theirs in groupby(wishes, key=lambda each: each.subscriber_id):
        subscriber = subscriptions.get_subscriber(db, subscriber_id)
        told = [each for each in theirs if _may_be_told(subscriber, each)]
        for due in _of_one(db, shelf, subscriber, told, now):
            keys.add(due.key)
            yield due
    yield from _quiet(db, keys, now)


def _may_be_told(subscriber: Subscriber, subscription: Subscription) -> bool:
    reachable = subscription.channel is not Channel.EMAIL or subscriber.refused_at is None
    return subscription.active and not subscription.pending and reachable


def _of_one(
    db: Database, shelf: EventCache, subscriber: Subscriber, theirs: Iterable[Subscription], now: datetime
) -> list[DueMessage]:
    owed = sorted(
        ((alert, each) for each in theirs for alert in alerts.uncomposed_of(db, each.id)), key=lambda pair: pair[0].id
    )
    found: dict[str, DueMessage] = {}
    for alert, each in owed:
        if is_due(each, alert.owed_at, subscriber.timezone, now):
            key = _key(shelf, alert, each, subscriber, now)
            due = found.setdefault(key, DueMessage(key, subscriber, each.cadence, each.channel, each.target))
            due.take(each, alert)
    return _storms_in_one(shelf, list(found.values()))


def _key(shelf: EventCache, alert: Alert, each: Subscription, subscriber: Subscriber, now: datetime) -> str:
    """Return what makes a message one: who, how, and the event or the period."""
    if each.cadence is Cadence.AT_ONCE:
        about = shelf.event(alert.event_id).key
    else:
        about = period_name(period_end(each, subscriber.timezone, now))
    return f"{_way(each, subscriber)}:{about}"


def _way(each: Subscription, subscriber: Subscriber) -> str:
    way = f"{each.cadence.value}:{each.channel.value}:{subscriber.id}"
    return f"{way}:{each.id}" if each.channel is not Channel.EMAIL else way


def _storms_in_one(shelf: EventCache, found: list[DueMessage]) -> list[DueMessage]:
    """Put together what one source rewrote at once, where it is so much that nobody would read it one by one."""
    storms: dict[tuple[str, Channel, str], list[DueMessage]] = defaultdict(list)
    for due in found:
        event = shelf.event(due.alerts[0].event_id)
        if due.cadence is Cadence.AT_ONCE and event.kind in _STORMY and event.source_id:
            storms[event.source_id, due.channel, due.target].append(due)
    for parts in storms.values():
        if len({shelf.event(part.alerts[0].event_id).instrument_id for part in parts}) >= STORM:
            whole = _whole(parts)
            found[found.index(parts[0])] = whole
            found = [due for due in found if due not in parts]
    return found


def _whole(parts: list[DueMessage]) -> DueMessage:
    first = parts[0]
    whole = DueMessage(f"storm:{first.key}", first.subscriber, first.cadence, first.channel, first.target, storm=True)
    for part in parts:
        whole.subscriptions |= part.subscriptions
        whole.alerts += part.alerts
    return whole


def _quiet(db: Database, told: set[str], now: datetime) -> Iterator[DueMessage]:
    """Yield the digests that say that nothing changed, for those who asked for them."""
    remembered = cache(partial(looks, db))
    for each in [one for one in subscriptions.active(db) if one.when_quiet and one.cadence is not Cadence.AT_ONCE]:
        subscriber = subscriptions.get_subscriber(db, each.subscriber_id)
        end = period_end(each, subscriber.timezone, now)
        key = f"{_way(each, subscriber)}:{period_name(end)}"
        known = key in told or messages.known_keys(db, [key])
        if known or each.created_at > end or not _may_be_told(subscriber, each):
            continue
        told.add(key)
        looked = remembered(each.filters, period_start(each.cadence, end), end)
        if looked.looked_at:
            yield DueMessage(key, subscriber, each.cadence, each.channel, each.target, {each.id: each}, quiet=looked)
