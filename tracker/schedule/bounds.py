"""How often a page is looked at, at least and at most, whatever the index says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.records import Page, Source

SHORTEST = timedelta(minutes=15)
LONGEST = timedelta(days=30)
SETTLING = timedelta(days=28)
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
    named = source.every
    if source.expect.longest_silence is not None:
        named = min(named, source.expect.longest_silence * _OF_SILENCE)
    settled = page.first_seen_at is not None and now - page.first_seen_at >= SETTLING
    rests = settled and page.url not in source.urls and not page.listing
    return Bounds(min(SHORTEST, named), max(LONGEST, named) if rests else named, named)


def early(longest: timedelta) -> timedelta:
    """Return how much too early is near enough: rounds drift, and a page must not wait for a whole further one."""
    return min(longest * 0.05, timedelta(hours=1))
