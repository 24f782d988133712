"""When a subscription is due: at once, or at an hour of the subscriber's own day or week; pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from storage.records import Cadence

_LENGTHS = {Cadence.DAILY: timedelta(days=1), Cadence.WEEKLY: timedelta(days=7)}


def period_end(cadence: Cadence, hour: int, timezone: str, now: datetime) -> datetime:
    """Return the last time before *now* at which a digest was due; a week ends on Monday."""
    local = now.astimezone(zone(timezone))
    end = local.replace(hour=hour % 24, minute=0, second=0, microsecond=0)
    if cadence is Cadence.WEEKLY:
        end -= timedelta(days=local.weekday())
    if end > local:
        end -= _LENGTHS[cadence]
    return end


def is_due(cadence: Cadence, owed_at: datetime, hour: int, timezone: str, now: datetime) -> bool:
    """Say whether what is owed since *owed_at* should be told now."""
    return cadence is Cadence.AT_ONCE or owed_at <= period_end(cadence, hour, timezone, now)


def zone(name: str) -> ZoneInfo:
    """Return the time zone called *name*, or UTC when there is none of that name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def period_name(end: datetime) -> str:
    """Return the name of the period that ended then, the same in every time zone."""
    return end.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")


def period_start(cadence: Cadence, end: datetime) -> datetime:
    """Return when the period that ended then began."""
    return end - _LENGTHS[cadence]
