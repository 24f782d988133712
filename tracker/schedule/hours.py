"""Business time: days that pass quickly while an authority's offices are open and slowly at night and on weekends.

Four fifths of what authorities publish appears from Monday to Friday between nine and six, their own time. Time is
warped so that as much is published in each of its days; a week has seven of them.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import accumulate
from zoneinfo import ZoneInfo

IN_OFFICE_HOURS = 0.8
"""The share of publications that appear while offices are open."""
_OPEN = [day < 5 and 9 <= hour < 18 for day in range(7) for hour in range(24)]
_PACE = [
    7 * (IN_OFFICE_HOURS / sum(_OPEN) if is_open else (1 - IN_OFFICE_HOURS) / (len(_OPEN) - sum(_OPEN)))
    for is_open in _OPEN
]
_DAYS_BEFORE_HOUR = [0.0, *accumulate(_PACE)]
"""Business days passed at the start of each hour of a week; the last one is the whole week."""
_MONDAY = datetime(2001, 1, 1)  # noqa: DTZ001 - local time, in whatever zone is meant
_HOUR = 3600.0
_WEEK = 168 * _HOUR


def business_days(at: datetime, zone: str) -> float:
    """Return the business days of *zone* that have passed at *at* since a Monday long ago."""
    local = at.astimezone(_zone(zone)).replace(tzinfo=None)
    weeks, seconds = divmod((local - _MONDAY).total_seconds(), _WEEK)
    hour = min(int(seconds // _HOUR), 167)
    return weeks * 7 + _DAYS_BEFORE_HOUR[hour] + _PACE[hour] * (seconds - hour * _HOUR) / _HOUR


def instant_of(days: float, zone: str) -> datetime:
    """Return the instant at which so many business days have passed: the inverse of :func:`business_days`."""
    weeks, rest = divmod(days, 7)
    hour = min(bisect_right(_DAYS_BEFORE_HOUR, rest) - 1, 167)
    seconds = weeks * _WEEK + (hour + (rest - _DAYS_BEFORE_HOUR[hour]) / _PACE[hour]) * _HOUR
    return (_MONDAY + timedelta(seconds=seconds)).replace(tzinfo=_zone(zone)).astimezone(UTC)


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
