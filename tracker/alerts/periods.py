"""When a subscription is due: at once, or at an hour of the subscriber's own day or week; pure."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from storage.records import Cadence, Subscription

_LENGTHS = {Cadence.DAILY: timedelta(days=1), Cadence.WEEKLY: timedelta(days=7)}


def period_end(subscription: Subscription, timezone: str, now: datetime) -> datetime:
    """Return the last time before *now* at which a digest was due, in the subscriber's *timezone*."""
    local = now.astimezone(zone(timezone)).replace(fold=0)  # an hour that comes twice ends one period, not two
    end = local.replace(hour=subscription.hour % 24, minute=0, second=0, microsecond=0)
    if subscription.cadence is Cadence.WEEKLY:
        end -= timedelta(days=(local.weekday() - subscription.weekday.number) % 7)
    if end > local:
        end -= _LENGTHS[subscription.cadence]
    return end


def is_due(subscription: Subscription, owed_at: datetime, timezone: str, now: datetime) -> bool:
    """Return whether what is owed since *owed_at* should be told now."""
    return owed_at <= (now if subscription.cadence is Cadence.AT_ONCE else period_end(subscription, timezone, now))


def morning_of(subscription: Subscription, timezone: str, on: date) -> datetime:
    """Return when a day's reminder is owed: at the hour of who is told at once; for a digest, when the day begins."""
    hour = subscription.hour % 24 if subscription.cadence is Cadence.AT_ONCE else 0
    return datetime.combine(on, time(hour), zone(timezone)).astimezone(UTC)


def local_day(timezone: str, now: datetime) -> date:
    """Return which day it is where the subscriber is."""
    return now.astimezone(zone(timezone)).date()


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
