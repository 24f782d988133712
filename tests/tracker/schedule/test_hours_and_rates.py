from datetime import UTC, datetime, timedelta

import pytest

from storage.records import CheckHistory
from tracker.schedule.hours import business_days, instant_of
from tracker.schedule.rates import PageKind, root_rate

MONDAY = datetime(2026, 2, 2, tzinfo=UTC)  # no clock is changed in that week


@pytest.mark.parametrize("zone", ["UTC", "Asia/Shanghai", "America/New_York"])
def test_business_time_has_seven_days_a_week_and_can_be_turned_back(zone):
    assert business_days(MONDAY + timedelta(days=7), zone) - business_days(MONDAY, zone) == pytest.approx(7)
    for hours in range(0, 24 * 5, 7):
        at = MONDAY + timedelta(hours=hours)
        assert abs(instant_of(business_days(at, zone), zone) - at) < timedelta(seconds=1)


def test_a_working_day_is_longer_than_a_weekend():
    def business_time(start, hours):
        return business_days(start + timedelta(hours=hours), "UTC") - business_days(start, "UTC")

    assert business_time(MONDAY + timedelta(hours=9), 9) > 1.1
    assert business_time(MONDAY + timedelta(days=5), 48) < 0.6


def test_the_rate_of_a_page_is_learned_from_its_looks():
    def rate(looks, changes):
        return (
            root_rate(PageKind.LAW, CheckHistory(1, MONDAY, looks, changes, MONDAY - timedelta(days=looks - 1), MONDAY))
            ** 2
        )

    assert rate(301, 0) < root_rate(PageKind.LAW, None) ** 2 < rate(31, 3)
    assert rate(301, 60) == pytest.approx(0.22, rel=0.15)  # -ln(1 - 0.2) a day
    assert root_rate(PageKind.LAW, CheckHistory(1, MONDAY, 1, 0, MONDAY, MONDAY)) == root_rate(PageKind.LAW, None)
