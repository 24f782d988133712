"""Preview of a filter: how much it would have sent over the stored past, how much a month, and what."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

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

    @property
    def by_month(self) -> dict[str, int]:
        """Return how many a month, by ``2026-11``."""
        return dict(sorted(Counter(f"{item.at:%Y-%m}" for item in self.items).items()))


def preview(db: Database, filters: Filters) -> Preview:
    """Return what *filters* would have sent over the stored past; provisions are meant as they are numbered now."""
    candidates = [Subscription(0, 0, filters, _ALWAYS)]
    past = list(reversed(events.recent(db, _MOST)))
    return Preview(
        tuple(_preview_item(db, event) for event in past if subscriptions_wanting(db, event, candidates, _EVER)),
        len(past),
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
