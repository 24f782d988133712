"""What happened of late to what a shared watch list watches."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlite_utils import Database

from storage import events
from storage.events import EventSummary
from storage.records import Filters, Subscription
from tracker.alerts.match.match_events import subscriptions_wanting
from tracker.view_models.event_list import Item, items_of
from tracker.wording.labels import ENGLISH, Labels

_AT_ONCE = 200
_MOST = 2_000  # events that are looked through


def list_news(db: Database, filters: Filters, now: datetime, days: int, words: Labels = ENGLISH) -> list[Item]:
    """Return what *filters* let through of the last *days*, newest first."""
    since = now - timedelta(days=days)
    wishes = [Subscription(0, 0, filters, since)]
    rows = [row for row in _events_since(db, since) if subscriptions_wanting(db, row.event, wishes, now)]
    return items_of(db, rows, now.date(), words)


def _events_since(db: Database, since: datetime) -> list[EventSummary]:
    summaries: list[EventSummary] = []
    before: int | None = None
    while len(summaries) < _MOST:
        rows = events.list_events(db, before_id=before, limit=_AT_ONCE)
        summaries += [row for row in rows if row.event.at >= since]
        if len(rows) < _AT_ONCE or rows[-1].event.at < since:
            break
        before = rows[-1].event.id
    return summaries
