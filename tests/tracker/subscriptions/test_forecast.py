"""What a subscription would bring: a week of late, in the last year, with a warning of noise and of silence."""

from datetime import timedelta

import pytest

from storage.records import Cadence, EventKind, Filters, Weight
from tests.storage.builders import uncomposed_alerts
from tests.tracker.alerts.builders import NOW
from tracker.subscriptions.forecast import forecast


def test_a_year_is_counted_and_the_newest_is_shown_first(home):
    home.happen(key="old", at=NOW - timedelta(days=400))
    home.happen(key="last winter", at=NOW - timedelta(days=200))
    home.happen(key="new", at=NOW - timedelta(days=1))
    year = forecast(home.db, Filters(), NOW)

    assert year.count == 2
    assert year.since == NOW - timedelta(days=365)
    assert [row.event.key for row in year.examples] == ["new", "last winter"]
    assert year.per_week == pytest.approx(1 / 8)


def test_of_a_young_home_only_what_there_is_counts(home):
    for number in range(6):
        home.happen(key=f"n{number}", at=NOW - timedelta(days=2 * number))
    year = forecast(home.db, Filters(), NOW)

    assert year.since == NOW - timedelta(days=10)
    assert year.per_week == pytest.approx(6 / (10 / 7))


@pytest.mark.parametrize(
    ("cadence", "is_noisy"), [(Cadence.AT_ONCE, True), (Cadence.DAILY, False), (Cadence.WEEKLY, False)]
)
def test_only_single_messages_are_noise(home, cadence, is_noisy):
    for number in range(200):
        home.happen(key=f"n{number}", at=NOW - timedelta(hours=number))
    year = forecast(home.db, Filters(), NOW)

    assert year.is_noisy(cadence) is is_noisy
    assert len(year.examples) == 5


def test_filters_that_let_nothing_through_are_told_from_a_home_without_a_past(home):
    assert not forecast(home.db, Filters(topics=("biometrics",)), NOW).is_silent
    home.happen(at=NOW - timedelta(days=3))

    assert forecast(home.db, Filters(topics=("biometrics",)), NOW).is_silent
    assert not forecast(home.db, Filters(), NOW).is_silent


def test_weight_words_kinds_and_provisions_count_as_they_will(home):
    home.happen(at=NOW - timedelta(days=2))
    home.happen(key="gone", kind=EventKind.REPEALED, change_set_id=None)

    assert forecast(home.db, Filters(words=("夜间记录",)), NOW).count == 1
    assert forecast(home.db, Filters(kinds=("repealed",)), NOW).count == 1
    assert forecast(home.db, Filters(provisions=("art_99",), kinds=("new_version",)), NOW).count == 0
    assert forecast(home.db, Filters(least_weight=Weight.HIGH), NOW).count <= 2


def test_what_was_retracted_and_what_is_still_to_come_is_not_counted(home):
    home.happen(key="wrong", at=NOW - timedelta(days=2), details={"retracted": True})
    assert forecast(home.db, Filters(), NOW).count == 0


def test_a_forecast_owes_nothing_to_anybody(home):
    home.happen(at=NOW - timedelta(days=2))
    forecast(home.db, Filters(), NOW)

    assert uncomposed_alerts(home.db) == []
