"""Forecast of a subscription: how many pieces of news a week it would bring, by what it would have brought of late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from storage import events
from storage.events import EventSummary
from storage.records import Cadence, Filters, Subscription
from tracker.alerts.match.match_events import subscriptions_wanting

NOISY = 15.0  # pieces of news a week; more are not read, but filtered away
_YEAR, _LATELY, _WEEK = timedelta(days=365), timedelta(weeks=8), timedelta(weeks=1)
_AT_ONCE = 500
_MOST = 5_000  # events that are looked through while somebody waits
_EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Forecast:
    """What filters would have brought in the year before: how much, how much a week of late, and the newest of it.

    ``since`` is from when on was looked: a year ago, or the first news there ever was.
    """

    count: int
    per_week: float
    since: datetime
    event_count: int
    examples: tuple[EventSummary, ...]

    def is_noisy(self, cadence: Cadence) -> bool:
        """Return whether so many single messages would come that nobody reads them."""
        return cadence is Cadence.AT_ONCE and self.per_week > NOISY

    @property
    def is_silent(self) -> bool:
        """Return whether nothing that ever happened here fits, though something did happen."""
        return not self.count and self.event_count > 0


def forecast(db: Database, filters: Filters, now: datetime) -> Forecast:
    """Return what *filters* would have brought in the year before *now*; provisions are meant as numbered now."""
    summaries = _events_since(db, now - _YEAR)
    wishes = [Subscription(0, 0, filters, now - _YEAR)]
    hits = [
        row for row in summaries if row.event.at >= now - _YEAR and subscriptions_wanting(db, row.event, wishes, now)
    ]
    since = max(now - _YEAR, summaries[-1].event.at) if summaries else now
    span = min(_LATELY, max(now - since, _WEEK))
    recent_count = sum(now - span <= row.event.at <= now for row in hits)
    return Forecast(len(hits), recent_count / (span / _WEEK), since, len(summaries), tuple(hits[:_EXAMPLES]))


def _events_since(db: Database, since: datetime) -> list[EventSummary]:
    """Return the events from *since* on, newest first, and one before that if there is any; not more than _MOST."""
    summaries: list[EventSummary] = []
    before: int | None = None
    while len(summaries) < _MOST:
        rows = events.list_events(db, before_id=before, limit=_AT_ONCE)
        for row in rows:
            if not row.event.details.get("retracted"):
                summaries.append(row)
            if row.event.at < since:
                return summaries
        if len(rows) < _AT_ONCE:
            return summaries
        before = rows[-1].event.id
    return summaries
