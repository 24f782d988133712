"""Business time and the schedule where clocks are changed, at night in leap years, and for hosts with hours."""

import itertools
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from storage.records import CheckHistory, Page, Source
from tracker.schedule import HostBudget, Schedule
from tracker.schedule.hours import business_days, instant_of

HOUR = timedelta(hours=1)
SOURCE = Source("a", "us", "A", ("us_ftc",), "en", "page", ("http://x/1",), timedelta(days=1))
PAGE = Page(1, "a", "http://x/1", first_seen_at=datetime(2020, 1, 1, tzinfo=UTC))
WEEKS = [
    pytest.param("America/New_York", datetime(2026, 3, 5, tzinfo=UTC), id="an hour less"),
    pytest.param("America/New_York", datetime(2026, 10, 29, tzinfo=UTC), id="an hour more"),
    pytest.param("Australia/Lord_Howe", datetime(2026, 4, 2, tzinfo=UTC), id="half an hour more"),
    pytest.param("Asia/Shanghai", datetime(2028, 2, 26, tzinfo=UTC), id="a leap day"),
    pytest.param("UTC", datetime(2027, 12, 29, tzinfo=UTC), id="a new year"),
]


@pytest.mark.parametrize(("zone", "start"), WEEKS)
def test_business_time_turned_back_is_never_more_than_the_changed_hour_away(zone, start):
    for step in range(24 * 7):
        at = start + step * HOUR
        assert abs(instant_of(business_days(at, zone), zone) - at) <= HOUR + timedelta(seconds=1)


@pytest.mark.parametrize(("zone", "start"), WEEKS)
def test_business_time_goes_back_by_no_more_than_a_night_hour(zone, start):
    days = [business_days(start + step * HOUR, zone) for step in range(24 * 7)]

    steps = [later - earlier for earlier, later in itertools.pairwise(days)]
    assert min(steps) > -0.02
    assert sum(steps) == pytest.approx(7, abs=0.2)


@pytest.mark.parametrize(("zone", "start"), WEEKS)
def test_a_page_is_looked_at_every_day_whatever_the_clocks_do(zone, start):
    source = replace(SOURCE, timezone=zone)
    last_at, looks = start, []
    for step in range(24 * 7 * 4):
        now = start + step * HOUR / 4
        history = {1: CheckHistory(1, last_at, 40, 2, start - timedelta(days=40), last_at)}
        if Schedule({"a": source}, [PAGE], history, now).due(now):
            looks.append(now - last_at)
            last_at = now

    assert len(looks) >= 6
    assert max(looks) <= timedelta(days=1, minutes=15)
    assert min(looks) >= timedelta(minutes=15)


@pytest.mark.parametrize(
    ("hours", "at", "opens"),
    [
        ((time(22), time(4)), datetime(2028, 2, 28, 23, tzinfo=UTC), datetime(2028, 2, 28, 23, tzinfo=UTC)),
        ((time(22), time(4)), datetime(2028, 2, 29, 3, tzinfo=UTC), datetime(2028, 2, 29, 3, tzinfo=UTC)),
        ((time(22), time(4)), datetime(2028, 2, 29, 5, tzinfo=UTC), datetime(2028, 2, 29, 22, tzinfo=UTC)),
        ((time(1), time(2)), datetime(2028, 2, 28, 12, tzinfo=UTC), datetime(2028, 2, 29, 1, tzinfo=UTC)),
        ((time(1), time(2)), datetime(2027, 12, 31, 2, 1, tzinfo=UTC), datetime(2028, 1, 1, 1, tzinfo=UTC)),
        ((time(1), time(2)), datetime(2027, 12, 31, 0, 59, tzinfo=UTC), datetime(2027, 12, 31, 1, tzinfo=UTC)),
        (None, datetime(2027, 12, 31, tzinfo=UTC), datetime(2027, 12, 31, tzinfo=UTC)),
    ],
)
def test_a_host_with_hours_opens_at_the_next_of_them(hours, at, opens):
    assert HostBudget(pause=10, hours=hours).open_at(at) == opens


def test_a_host_that_asked_to_be_left_alone_is_so_even_within_its_hours():
    until = datetime(2026, 3, 2, 3, tzinfo=UTC)
    budget = HostBudget(pause=10, until=until, hours=(time(1), time(2)))

    assert budget.open_at(until - 2 * HOUR) == datetime(2026, 3, 3, 1, tzinfo=UTC)
    assert HostBudget(until=until).open_at(until - HOUR) == until


@pytest.mark.parametrize(
    ("pause", "hours", "looks"),
    [(10, None, 60 * 24), (120, None, 30 * 24), (7200, None, 24), (10, (time(22), time(4)), 60 * 6),
     (10, (time(5), time(5)), 1), (0, None, float("inf"))],
)  # fmt: skip
def test_a_host_bears_so_many_looks_a_day(pause, hours, looks):
    assert HostBudget(pause=pause, hours=hours).looks_a_day == pytest.approx(looks)


def test_a_look_of_the_future_keeps_no_page_waiting_and_the_next_one_counts():
    now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    in_future = {1: CheckHistory(1, now + timedelta(days=900), 5, 0, now, now + timedelta(days=900))}
    made_now = {1: CheckHistory(1, now, 6, 0, now - timedelta(days=6), now)}

    assert Schedule({"a": SOURCE}, [PAGE], in_future, now).due(now) == [PAGE]
    assert Schedule({"a": SOURCE}, [PAGE], made_now, now).due(now) == []
