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
from tracker.alerts.compose.quiet_period import LookSummary, count_looks
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
    quiet: LookSummary | None = None

    @property
    def event_ids(self) -> list[int]:
        """Return the events, each once: two subscriptions may be owed one."""
        return list(dict.fromkeys(alert.event_id for alert in self.alerts))

    def take(self, subscription: Subscription, alert: Alert) -> None:
        """Let this message tell *alert* too."""
        self.subscriptions[subscription.id] = subscription
        self.alerts.append(alert)


def all_due(db: Database, event_cache: EventCache, now: datetime) -> Iterator[DueMessage]:
    """Yield what is due, person by person, each person's oldest first.

    Who has unsubscribed meanwhile, and whose address takes no mail, is told nothing.
    """
    keys: set[str] = set()
    waiting_subscriptions = (subscriptions.get(db, subscription) for subscription in alerts.waiting_subscriptions(db))
    for subscriber_id, theirs in groupby(waiting_subscriptions, key=lambda subscription: subscription.subscriber_id):
        subscriber = subscriptions.get_subscriber(db, subscriber_id)
        reachable = [subscription for subscription in theirs if _may_be_told(subscriber, subscription)]
        for due in _of_one(db, event_cache, subscriber, reachable, now):
            keys.add(due.key)
            yield due
    yield from _quiet(db, keys, now)


def is_message_due(db: Database, now: datetime) -> bool:
    """Return whether any message is due: asked before all that composes one is brought into memory."""
    return next(all_due(db, EventCache(db), now), None) is not None


def _may_be_told(subscriber: Subscriber, subscription: Subscription) -> bool:
    reachable = subscription.channel is not Channel.EMAIL or subscriber.refused_at is None
    return subscription.active and not subscription.pending and reachable


def _of_one(
    db: Database, event_cache: EventCache, subscriber: Subscriber, theirs: Iterable[Subscription], now: datetime
) -> list[DueMessage]:
    owed_alerts = sorted(
        ((alert, subscription) for subscription in theirs for alert in alerts.uncomposed_of(db, subscription.id)),
        key=lambda pair: pair[0].id,
    )
    by_key: dict[str, DueMessage] = {}
    for alert, subscription in owed_alerts:
        if is_due(subscription, alert.owed_at, subscriber.timezone, now):
            key = _key(event_cache, alert, subscription, subscriber, now)
            due = by_key.setdefault(
                key, DueMessage(key, subscriber, subscription.cadence, subscription.channel, subscription.target)
            )
            due.take(subscription, alert)
    return _storms_in_one(event_cache, list(by_key.values()))


def _key(
    event_cache: EventCache, alert: Alert, subscription: Subscription, subscriber: Subscriber, now: datetime
) -> str:
    """Return what makes a message one: who, how, and the event or the period."""
    if subscription.cadence is Cadence.AT_ONCE:
        about = event_cache.event(alert.event_id).key
    else:
        about = period_name(period_end(subscription, subscriber.timezone, now))
    return f"{_way(subscription, subscriber)}:{about}"


def _way(subscription: Subscription, subscriber: Subscriber) -> str:
    way = f"{subscription.cadence.value}:{subscription.channel.value}:{subscriber.id}"
    return f"{way}:{subscription.id}" if subscription.channel is not Channel.EMAIL else way


def _storms_in_one(event_cache: EventCache, due_messages: list[DueMessage]) -> list[DueMessage]:
    """Put together what one source rewrote at once, where it is so much that nobody would read it one by one."""
    storms: dict[tuple[str, Channel, str], list[DueMessage]] = defaultdict(list)
    for due in due_messages:
        event = event_cache.event(due.alerts[0].event_id)
        if due.cadence is Cadence.AT_ONCE and event.kind in _STORMY and event.source_id:
            storms[event.source_id, due.channel, due.target].append(due)
    for parts in storms.values():
        if len({event_cache.event(part.alerts[0].event_id).instrument_id for part in parts}) >= STORM:
            whole = _whole(parts)
            due_messages[due_messages.index(parts[0])] = whole
            due_messages = [due for due in due_messages if due not in parts]
    return due_messages


def _whole(parts: list[DueMessage]) -> DueMessage:
    first = parts[0]
    whole = DueMessage(f"storm:{first.key}", first.subscriber, first.cadence, first.channel, first.target, storm=True)
    for part in parts:
        whole.subscriptions |= part.subscriptions
        whole.alerts += part.alerts
    return whole


def _quiet(db: Database, told_keys: set[str], now: datetime) -> Iterator[DueMessage]:
    """Yield the digests that say that nothing changed, for those who asked for them."""
    cached_looks = cache(partial(count_looks, db))
    for subscription in [
        one for one in subscriptions.active(db) if one.when_quiet and one.cadence is not Cadence.AT_ONCE
    ]:
        subscriber = subscriptions.get_subscriber(db, subscription.subscriber_id)
        end = period_end(subscription, subscriber.timezone, now)
        key = f"{_way(subscription, subscriber)}:{period_name(end)}"
        already_told = key in told_keys or messages.known_keys(db, [key])
        if already_told or subscription.created_at > end or not _may_be_told(subscriber, subscription):
            continue
        told_keys.add(key)
        summary = cached_looks(subscription.filters, period_start(subscription.cadence, end), end)
        if summary.looked_at:
            yield DueMessage(
                key,
                subscriber,
                subscription.cadence,
                subscription.channel,
                subscription.target,
                {subscription.id: subscription},
                quiet=summary,
            )
