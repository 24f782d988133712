"""Preview of a filter: how much it would have sent over the stored past, how much a month, and what."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlite_utils import Database

from storage import changes, events, instruments
from storage.records import Event, Filters, Subscription
from tracker.alerts.match.match_events import subscriptions_wanting
from tracker.render.display_names import jurisdiction_name
from tracker.wording.headlines import headline
from tracker.wording.phrases import counts

_ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)
_EVER = datetime(9999, 1, 1, tzinfo=UTC)
_MOST = 100_000
_NOISY = 15.0  # messages a week; more are not read, but filtered away
_LATELY = timedelta(weeks=8)
_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class PreviewItem:
    """One message that would have been sent."""

    at: datetime
    kind: str
    instrument_id: str
    subject: str


@dataclass(frozen=True, slots=True)
class Preview:
    """Everything a filter would have sent, oldest first, and how many of how many events that is."""

    items: tuple[PreviewItem, ...]
    of: int
    first_at: datetime | None = None  # of the first event that is stored, wanted or not

    @property
    def by_month(self) -> dict[str, int]:
        """Return how many a month, by ``2026-11``."""
        return dict(sorted(Counter(f"{item.at:%Y-%m}" for item in self.items).items()))

    def per_week(self, now: datetime) -> float:
        """Return how many a week it would have brought of late: over eight weeks, or since the first event."""
        since = now - _LATELY
        recent = [item for item in self.items if since <= item.at <= now]
        weeks = min(_LATELY, max(now - (self.first_at or now), timedelta(weeks=1))) / timedelta(weeks=1)
        return len(recent) / weeks

    def last_year(self, now: datetime) -> int:
        """Return how many it would have brought in the year before *now*."""
        return sum(now - _YEAR <= item.at <= now for item in self.items)

    def advice(self, now: datetime) -> str:
        """Return a warning of noise, or of silence, and what to do about it; empty when neither is to be feared."""
        rate = self.per_week(now)
        if rate > _NOISY:
            return (
                f"about {rate:.0f} messages a week are more than anybody reads: choose a digest (--cadence weekly), a "
                "topic, an instrument, or --least high"
            )
        if not self.items and self.of:
            return "nothing that ever happened here fits: look whether the filters say what you mean"
        return ""


def preview(db: Database, filters: Filters) -> Preview:
    """Return what *filters* would have sent over the stored past; provisions are meant as they are numbered now."""
    candidates = [Subscription(0, 0, filters, _ALWAYS)]
    past = list(reversed(events.recent(db, _MOST)))
    return Preview(
        tuple(_preview_item(db, event) for event in past if subscriptions_wanting(db, event, candidates, _EVER)),
        len(past),
        past[0].at if past else None,
    )


def _preview_item(db: Database, event: Event) -> PreviewItem:
    instrument = instruments.get(db, event.instrument_id)
    totals = ""
    if event.change_set_id is not None:
        comparison = changes.get_set(db, event.change_set_id)
        totals = counts(comparison.summary, comparison.changes)
    title = instrument.title or instrument.title_native or instrument.id
    subject = f"{jurisdiction_name(event.jurisdiction)} · {title}: {headline(event, totals, event.at.date())}"
    return PreviewItem(event.at, event.kind.value, event.instrument_id, subject)
