"""What a host bears: how many looks an hour, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

LOOKS_AN_HOUR = 60
"""The most looks an hour that a host is asked for; a look may be more than one request."""


@dataclass(frozen=True, slots=True)
class HostBudget:
    """What one host asks of its guests: to be left alone until then, seconds between requests, hours of the day in UTC.

    Without a pause (on this machine only) nothing is counted.
    """

    pause: float = 0.0
    until: datetime | None = None
    hours: tuple[time, time] | None = None

    @property
    def looks_an_hour(self) -> int | None:
        """How many looks an hour the host bears; None when they are not counted."""
        return max(1, min(LOOKS_AN_HOUR, int(3600 / self.pause))) if self.pause else None

    @property
    def looks_a_day(self) -> float:
        """How many looks a day the host bears."""
        an_hour = self.looks_an_hour
        return float("inf") if an_hour is None else an_hour * 24 * self._open_share

    def open_at(self, at: datetime) -> datetime:
        """Return the first instant from *at* on at which the host may be asked."""
        at = max(at, self.until) if self.until is not None else at
        if self.hours is None:
            return at
        start, end = self.hours
        time_of_day = at.astimezone(UTC).time()
        if start <= time_of_day <= end if start <= end else time_of_day >= start or time_of_day <= end:
            return at
        opens = datetime.combine(at.astimezone(UTC).date(), start, UTC)
        return opens if opens >= at else opens + timedelta(days=1)

    @property
    def _open_share(self) -> float:
        if self.hours is None:
            return 1.0
        start, end = (end_time.hour + end_time.minute / 60 for end_time in self.hours)
        return max((end - start) % 24, 1 / 60) / 24
