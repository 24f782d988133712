"""How often a page is looked at, at least and at most, whatever the index says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.records import Page, Source

SHORTEST = timedelta(minutes=15)
LONGEST = timedelta(days=30)
SETTLE_PERIOD = timedelta(days=28)
"""For so long a page that a list led to is looked at as often as its declaration says: young texts get corrected."""
_OF_SILENCE = 0.9  # of the longest silence: then there is time for one more try before it becomes a Problem


@dataclass(frozen=True, slots=True)
class Bounds:
    """The shortest and the longest time between two looks at one page, and the one its declaration names."""

    shortest: timedelta
    longest: timedelta
    named: timedelta


def bounds_of(page: Page, source: Source, now: datetime) -> Bounds:
    """Return the bounds of *page*.

    ``every`` is a promise for what is declared: never later. What a list led to may rest longer, once it has settled;
    the list tells of news.
    """
    declared_every = source.every
    if source.expect.longest_silence is not None:
        declared_every = min(declared_every, source.expect.longest_silence * _OF_SILENCE)
    is_settled = page.first_seen_at is not None and now - page.first_seen_at >= SETTLE_PERIOD
    rests = is_settled and page.url not in source.urls and not page.listing
    return Bounds(
        min(SHORTEST, declared_every), max(LONGEST, declared_every) if rests else declared_every, declared_every
    )


def early(longest: timedelta) -> timedelta:
    """Return how much too early is near enough: rounds drift, and a page must not wait for a whole further one."""
    return min(longest * 0.05, timedelta(hours=1))
