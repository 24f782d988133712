"""What is due, and when each page is looked at next: pure, and the same answer for a round and for a reader."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from crawlers.hosts.host_lock import host_key
from storage.records import CheckHistory, Page, Source
from tracker.schedule.bounds import Bounds, bounds_of, early
from tracker.schedule.host_budget import HostBudget
from tracker.schedule.hours import business_days, instant_of
from tracker.schedule.plan import FetchCandidate, Interval, intervals
from tracker.schedule.rates import kind_of, root_rate
from tracker.schedule.retries import wait_after
from tracker.schedule.silence import is_watched

_DAY = timedelta(days=1)
_YET_TO_COME = _DAY  # a look dated later than this was dated by a clock that was wrong, and counts for nothing
_AT_ONCE = datetime(1, 1, 1, tzinfo=UTC)
_AS_NAMED = 0.95
"""The share of the longest interval from which on a page just keeps to it."""


def due(
    sources: Mapping[str, Source], pages: Iterable[Page], rhythms: Mapping[int, CheckHistory], now: datetime
) -> list[Page]:
    """Return the pages that are due, most urgent first; hosts ask for nothing and the declarations say how many looks.

    *rhythms* maps page ids to what is remembered of their looks. A page never looked at is due; one whose source is
    not declared any more is not; a page that has gone is looked at no more.
    """
    return Schedule(sources, pages, rhythms, now).due(now)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where one page stands in the schedule."""

    page: Page
    source: Source
    bounds: Bounds
    host: str


class Schedule:
    """When each of *pages* is looked at next, as of *now*.

    *hosts* says what hosts ask for. *looks_a_day* is how many looks there are to share out; 0 stands for as many as
    the declarations come to.
    """

    def __init__(
        self,
        sources: Mapping[str, Source],
        pages: Iterable[Page],
        rhythms: Mapping[int, CheckHistory],
        now: datetime,
        hosts: Mapping[str, HostBudget] = {},
        looks_a_day: float = 0.0,
    ) -> None:
        self.rhythms = rhythms
        self.hosts = hosts
        watched_pages = [(page, sources[page.source_id]) for page in pages if is_watched(sources, page)]
        self.places = {p.id: _Place(p, s, bounds_of(p, s, now), host_key(p.url)) for p, s in watched_pages}
        declared_looks = sum(_DAY / place.bounds.named for place in self.places.values())
        host_limits = {host: allowance.looks_a_day for host, allowance in hosts.items()}
        candidates = [self._candidate(place, now) for place in self.places.values()]
        self.intervals: Mapping[int, Interval] = intervals(candidates, looks_a_day or declared_looks, host_limits)

    def due(self, now: datetime) -> list[Page]:
        """Return the pages that are due, most urgent first."""
        return self.in_order((p.page for p in self.places.values() if self.next_look_at(p.page, now) <= now), now)

    def in_order(self, pages: Iterable[Page], now: datetime) -> list[Page]:
        """Return *pages*, most urgent first: what nobody has looked at, then what is due the most times over."""
        return sorted(pages, key=lambda page: self._order(page, now))

    def within_hours_share(self, pages: Sequence[Page], looked_at: Iterable[int]) -> list[Page]:
        """Return those of *pages*, in their order, that their hosts bear in this hour.

        *looked_at* names the page of every look made within the hour past, as often as it was looked at.
        """
        looks_of_host = Counter(self.places[page_id].host for page_id in looked_at if page_id in self.places)
        bearable = []
        for page in pages:
            host = self.places[page.id].host
            most = self.hosts[host].looks_an_hour if host in self.hosts else None
            if most is None or looks_of_host[host] < most:
                looks_of_host[host] += 1
                bearable.append(page)
        return bearable

    def next_look_at(self, page: Page, now: datetime) -> datetime:
        """Return when *page* is looked at next; a time that has passed when it is overdue, or was never looked at."""
        place = self.places[page.id]
        at = self._wanted_at(place, now)
        return at if place.host not in self.hosts else self._borne(self.hosts[place.host], at, now)

    def _borne(self, host: HostBudget, at: datetime, now: datetime) -> datetime:
        opens = host.open_at(max(at, now))
        return opens if opens > max(at, now) else at

    def _rhythm(self, page: Page, now: datetime) -> CheckHistory | None:
        rhythm = self.rhythms.get(page.id)
        return rhythm if rhythm is not None and rhythm.last_at <= now + _YET_TO_COME else None

    def _wanted_at(self, place: _Place, now: datetime) -> datetime:
        rhythm = self._rhythm(place.page, now)
        if rhythm is None:
            return _AT_ONCE
        bounds = place.bounds
        if rhythm.failures:
            return rhythm.last_at + wait_after(rhythm, bounds.named)
        read = rhythm.last_good_at or rhythm.last_at
        at = read + bounds.longest - early(bounds.longest)
        days = self.intervals[place.page.id].days
        if days < _AS_NAMED * (bounds.longest / _DAY):
            zone = place.source.timezone
            at = min(at, instant_of(business_days(read, zone) + days, zone))
        if self._is_hinted(place.page, rhythm):
            at = read
        return max(at, rhythm.last_at + bounds.shortest)

    def _order(self, page: Page, now: datetime) -> tuple[float, ...]:
        place, rhythm = self.places[page.id], self._rhythm(page, now)
        if rhythm is None:
            return (0, -place.source.importance, not page.listing, page.id)
        return (1, -self._urgency(place, rhythm, now), page.id)

    def _urgency(self, place: _Place, rhythm: CheckHistory, now: datetime) -> float:
        """Return how many times over a page is due: by the index, or by the longest time it may wait."""
        if self._is_hinted(place.page, rhythm):
            return math.inf
        read = rhythm.last_good_at or rhythm.last_at
        zone = place.source.timezone
        days_since = business_days(now, zone) - business_days(read, zone)
        return max(days_since / self.intervals[place.page.id].unbound, (now - read) / place.bounds.longest)

    def _candidate(self, place: _Place, now: datetime) -> FetchCandidate:
        page, source, bounds = place.page, place.source, place.bounds
        rate = root_rate(kind_of(page, source), self._rhythm(page, now))
        root = math.sqrt(source.importance) * rate
        return FetchCandidate(page.id, place.host, root, bounds.shortest / _DAY, bounds.longest / _DAY)

    @staticmethod
    def _is_hinted(page: Page, rhythm: CheckHistory) -> bool:
        return page.hinted_at is not None and (rhythm.last_good_at is None or page.hinted_at > rhythm.last_good_at)
