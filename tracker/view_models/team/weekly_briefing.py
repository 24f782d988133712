"""The weekly briefing: what changed in one week by jurisdiction, heaviest first, and which dates come next."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlite_utils import Database

from storage import events, milestones
from storage.events import EventSummary
from storage.milestones import DateSummary
from storage.records import Weight
from tracker.errors import UsageError
from tracker.view_models.event_list import Item, items_of
from tracker.wording.labels import ENGLISH, Labels

_AHEAD = timedelta(days=60)
_AT_ONCE = 200
_MOST = 2_000  # events of one week; the rest are counted
_WEEK = re.compile(r"((?:19|20|21)\d{2})-W(\d{2})")
_ORDER = [weight.value for weight in Weight]


@dataclass(frozen=True, slots=True)
class Briefing:
    """One week for people: from Monday to Sunday, what happened in each jurisdiction, how much, and what comes."""

    first: date
    last: date
    items: Mapping[str, Sequence[Item]]
    weights: Mapping[str, int]
    coming: Sequence[DateSummary]

    @property
    def name(self) -> str:
        """Return the week as addresses and files name it: ``2026-W48``."""
        return week_name(self.first)

    @property
    def count(self) -> int:
        """Return how much happened."""
        return sum(len(items) for items in self.items.values())

    @property
    def before(self) -> str:
        """Return the name of the week before."""
        return week_name(self.first - timedelta(days=7))


def week_name(day: date) -> str:
    """Return the week of a day, by ISO 8601.

    >>> week_name(date(2026, 11, 29)), week_name(date(2027, 1, 1))
    ('2026-W48', '2026-W53')
    """
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def monday_of(name: str, today: date) -> date:
    """Return the Monday of a week by its name, of the last whole week when none is named; raises UsageError."""
    if not name:
        return today - timedelta(days=today.weekday() + 7)
    hit = _WEEK.fullmatch(name)
    try:
        return date.fromisocalendar(int(hit[1]), int(hit[2]), 1) if hit else _refuse(name)
    except ValueError:
        return _refuse(name)


def briefing_of(
    db: Database, monday: date, *, jurisdiction: str = "", topic: str = "", words: Labels = ENGLISH
) -> Briefing:
    """Return the briefing of the week that begins on *monday*, of everything or of one jurisdiction or topic."""
    last = monday + timedelta(days=6)
    rows = _events_of(db, monday, last, jurisdiction, topic)
    items = sorted(items_of(db, rows, last, words), key=lambda item: (item.jurisdiction, _ORDER.index(item.weight)))
    places = dict.fromkeys(item.jurisdiction for item in items)
    coming = milestones.list_dates(db, last + timedelta(days=1), last + _AHEAD, jurisdiction=jurisdiction, limit=60)
    weights = Counter(item.weight for item in items)
    return Briefing(
        first=monday,
        last=last,
        items={place: [item for item in items if item.jurisdiction == place] for place in places},
        weights={weight: weights[weight] for weight in _ORDER if weights[weight]},
        coming=coming,
    )


def _events_of(db: Database, first: date, last: date, jurisdiction: str, topic: str) -> list[EventSummary]:
    summaries: list[EventSummary] = []
    before: int | None = None
    while len(summaries) < _MOST:
        rows = events.list_events(db, jurisdiction=jurisdiction, topic=topic, before_id=before, limit=_AT_ONCE)
        summaries += [row for row in rows if first <= row.event.at.date() <= last]
        if len(rows) < _AT_ONCE or rows[-1].event.at.date() < first:
            break
        before = rows[-1].event.id
    return summaries


def _refuse(name: str) -> date:
    raise UsageError(f"{name}: a week is written as 2026-W48")
