"""A clock that is years off is found out by the servers' own, and no page is dated by it."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from crawlers.checks.clock import agreed_of_late, clock_refusal, server_offset
from crawlers.failure_causes import Cause
from storage import snapshots
from storage.records import Outcome

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def headers_at(at, **more):
    return [("Date", format_datetime(at, usegmt=True)), *more.items()]


@pytest.mark.parametrize("years", [-40, -5, -1, 1, 5, 40])
def test_a_server_in_another_year_is_a_contradiction(tmp_path, years):
    there = NOON + timedelta(days=365 * years)

    refusal = clock_refusal(tmp_path, headers_at(there), NOON)

    assert "2026-03-02 here" in refusal
    assert f"{there:%Y-%m-%d} there" in refusal


@pytest.mark.parametrize("away", [timedelta(), timedelta(hours=20), timedelta(days=-200)])
def test_a_slow_clock_or_an_old_copy_is_none(tmp_path, away):
    assert clock_refusal(tmp_path, headers_at(NOON + away), NOON) == ""


def test_a_server_that_stands_alone_is_the_one_that_is_wrong(tmp_path):
    clock_refusal(tmp_path, headers_at(NOON), NOON)

    assert clock_refusal(tmp_path, headers_at(datetime(1970, 1, 1, tzinfo=UTC)), NOON + timedelta(hours=5)) == ""


def test_an_agreement_of_another_time_says_nothing_of_now(tmp_path):
    clock_refusal(tmp_path, headers_at(NOON), NOON)
    another_year = NOON + timedelta(days=4000)

    assert clock_refusal(tmp_path, headers_at(NOON), another_year)
    assert not agreed_of_late(tmp_path, another_year)
    assert not agreed_of_late(tmp_path, NOON - timedelta(days=4000))
    assert agreed_of_late(tmp_path, NOON + timedelta(days=1))


def test_the_age_of_a_cached_answer_is_added(tmp_path):
    assert server_offset(headers_at(NOON - timedelta(hours=2), Age="7200"), NOON) == timedelta()


@pytest.mark.parametrize("date", ["", "yesterday", "Mon, 99 Mar 2026 09:00:00 GMT", "Thu, 01 Jan 99999 00:00:00 GMT"])
def test_what_is_no_date_says_nothing(tmp_path, date):
    assert server_offset([("Date", date)], NOON) is None
    assert clock_refusal(tmp_path, [], NOON) == ""


def test_a_damaged_note_is_no_agreement(tmp_path):
    (tmp_path / "clock.agreed").write_text("lately", encoding="ascii")

    assert not agreed_of_late(tmp_path, NOON)


def test_no_page_is_kept_by_a_clock_that_its_server_contradicts(watch, regulator):
    url = regulator.says("/act", headers={"Date": format_datetime(watch.noon + timedelta(days=3000), usegmt=True)})
    watch.declare("eu_act", url)

    watch.crawl(trust_clock=False)

    look = watch.look("eu_act")
    assert (look.outcome, look.cause) == (Outcome.FAILED, Cause.CLOCK)
    assert snapshots.all_ids(watch.db) == []
