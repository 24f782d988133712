"""How the looks of a day are shared out: the index w·r·t² as one interval for each page.

Looking first where weight w, change rate r and the square of the time t since the last look are largest makes the
weighted delay of what is detected least, for any number of looks. Its threshold is the same for all pages: a page is
due when t reaches c / sqrt(w·r), within its bounds. What is solved for here is c, such that the intervals come to the
looks there are; where a host cannot bear its share, its pages are solved for alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FetchCandidate:
    """One page that wants looks: ``root`` is the square root of weight times rate, bounds are in days."""

    page_id: int
    host: str
    root: float
    shortest: float
    longest: float


@dataclass(frozen=True, slots=True)
class Interval:
    """How long a page is left alone, in days: within its bounds, and by the index alone."""

    days: float
    unbound: float


def intervals(
    candidates: Iterable[FetchCandidate], looks_a_day: float, host_limits: Mapping[str, float] = {}
) -> dict[int, Interval]:
    """Return the interval of each page such that all together come to *looks_a_day*.

    *host_limits* is how many looks a day a host bears. Promises win: where the longest intervals alone come to more
    looks than there are, they are kept.
    """
    by_host: dict[str, list[FetchCandidate]] = defaultdict(list)
    for page in candidates:
        by_host[page.host].append(page)
    interval_of: dict[int, Interval] = {}
    left = looks_a_day
    while by_host:
        level = _level([page for pages in by_host.values() for page in pages], left)
        full = [host for host, pages in by_host.items() if _looks(pages, level) > host_limits.get(host, float("inf"))]
        for host in full or list(by_host):
            pages = by_host.pop(host)
            alone = _level(pages, host_limits[host]) if full else level
            interval_of |= {page.page_id: _interval(page, alone) for page in pages}
            left -= host_limits.get(host, 0.0) if full else 0.0
    return interval_of


def _interval(page: FetchCandidate, level: float) -> Interval:
    unbound = level / page.root
    return Interval(min(max(unbound, page.shortest), page.longest), unbound)


def _looks(pages: Iterable[FetchCandidate], level: float) -> float:
    return sum(1 / _interval(page, level).days for page in pages)


def _level(pages: list[FetchCandidate], looks: float) -> float:
    """Return the c at which *pages* come to *looks* a day, by going through the bounds in the order they are met."""
    if not pages:
        return 0.0
    bound_levels = sorted(
        [(page.shortest * page.root, 1 / page.shortest, page.root) for page in pages]
        + [(page.longest * page.root, -1 / page.longest, -page.root) for page in pages]
    )
    bound, free = sum(1 / page.shortest for page in pages), 0.0  # looks at a bound; and times c, of those between
    before = 0.0
    for level, at_bound, root in bound_levels:
        if free > 0 and bound + free / level <= looks:
            return min(max(free / (looks - bound), before), level)  # between the two, however sums were rounded
        bound, free, before = bound - at_bound, free + root, level
    return before
