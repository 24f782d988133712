"""Digests end once a day, or once a week, in every time zone, also where clocks are changed and in leap years."""

from datetime import UTC, date, datetime, timedelta

import pytest

from storage.records import Cadence, Weekday
from tests.tracker.alerts.builders import a_subscription
from tracker.alerts.periods import is_due, local_day, morning_of, period_end, period_name, period_start, zone

QUARTER = timedelta(minutes=15)
CHANGES = {  # zone: an instant shortly before a clock is changed there
    "America/New_York": (datetime(2026, 3, 7, 12, tzinfo=UTC), datetime(2026, 10, 31, 12, tzinfo=UTC)),
    "Europe/Brussels": (datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 10, 24, 12, tzinfo=UTC)),
    "Australia/Lord_Howe": (datetime(2026, 4, 4, 0, tzinfo=UTC), datetime(2026, 10, 3, 0, tzinfo=UTC)),
    "Asia/Shanghai": (datetime(2028, 2, 28, 3, tzinfo=UTC),),  # no clock is changed; a leap day comes
    "Asia/Kathmandu": (datetime(2028, 2, 28, 3, tzinfo=UTC),),
}
NIGHTS = [pytest.param(name, at, id=f"{name} {at:%Y-%m}") for name, instants in CHANGES.items() for at in instants]


def quarters(start, days):
    return [start + step * QUARTER for step in range(days * 96)]


@pytest.mark.parametrize(("name", "start"), NIGHTS)
@pytest.mark.parametrize("hour", [0, 1, 2, 3, 8, 23])
def test_a_daily_digest_ends_once_a_day_whatever_the_clocks_do(name, start, hour):
    daily = a_subscription(cadence=Cadence.DAILY, hour=hour)
    ends = [period_end(daily, name, now) for now in quarters(start, 3)]

    assert all(end <= now for end, now in zip(ends, quarters(start, 3), strict=True))
    periods = list(dict.fromkeys(map(period_name, ends)))
    assert periods == sorted(periods)
    days = [local_day(name, datetime.fromisoformat(period)) for period in periods]
    assert days == [days[0] + timedelta(days=step) for step in range(len(days))]


@pytest.mark.parametrize(("name", "start"), NIGHTS)
def test_a_weekly_digest_ends_on_its_weekday_and_once(name, start):
    for weekday in Weekday:
        weekly = a_subscription(cadence=Cadence.WEEKLY, weekday=weekday)
        ends = {period_name(period_end(weekly, name, start + step * timedelta(hours=1))) for step in range(24 * 14)}

        assert len(ends) in (2, 3)
        assert {datetime.fromisoformat(end).astimezone(zone(name)).weekday() for end in ends} == {weekday.number}


def test_a_period_begins_where_the_one_before_it_ended():
    for cadence, length in ((Cadence.DAILY, 1), (Cadence.WEEKLY, 7)):
        end = period_end(a_subscription(cadence=cadence), "Europe/Brussels", datetime(2026, 3, 29, 12, tzinfo=UTC))
        start = period_start(cadence, end)

        assert (end.date() - start.date(), start.hour) == (timedelta(days=length), end.hour)


def test_what_is_owed_at_once_is_due_at_once_and_a_digest_waits_for_its_hour():
    owed_at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    digest = a_subscription(cadence=Cadence.DAILY, hour=8)

    assert is_due(a_subscription(), owed_at, "UTC", owed_at)
    assert not is_due(digest, owed_at, "UTC", owed_at + timedelta(hours=22))
    assert is_due(digest, owed_at, "UTC", owed_at + timedelta(hours=23))


@pytest.mark.parametrize(
    ("timezone", "cadence", "on", "at"),
    [
        ("UTC", Cadence.AT_ONCE, date(2028, 2, 29), datetime(2028, 2, 29, 8, tzinfo=UTC)),
        ("Asia/Shanghai", Cadence.AT_ONCE, date(2026, 1, 1), datetime(2026, 1, 1, 0, tzinfo=UTC)),
        ("Asia/Shanghai", Cadence.DAILY, date(2026, 1, 1), datetime(2025, 12, 31, 16, tzinfo=UTC)),
        ("America/New_York", Cadence.AT_ONCE, date(2026, 3, 8), datetime(2026, 3, 8, 12, tzinfo=UTC)),
    ],
)
def test_a_reminder_comes_on_the_morning_of_the_readers_own_day(timezone, cadence, on, at):
    assert morning_of(a_subscription(cadence=cadence), timezone, on) == at


@pytest.mark.parametrize("name", ["", "Nowhere/Nothing", "../etc/passwd", "UTC\0", "europe", "a" * 300])
def test_a_zone_of_no_name_is_utc(name):
    assert str(zone(name)) == "UTC"
