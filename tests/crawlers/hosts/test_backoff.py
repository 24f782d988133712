from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawlers.child.fetch import FetchJob
from crawlers.failure_causes import Cause
from crawlers.hosts import backoff
from storage.records import Outcome

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_a_host_that_says_for_how_long_is_left_alone_for_so_long(tmp_path):
    backoff.ask_later(tmp_path, "law.example", NOON, timedelta(minutes=5))

    assert backoff.left(tmp_path, "law.example", NOON + timedelta(minutes=3)) == timedelta(minutes=2)
    assert backoff.left(tmp_path, "law.example", NOON + timedelta(minutes=6)) == timedelta()
    assert backoff.left(tmp_path, "other.example", NOON) == timedelta()


def test_one_that_does_not_is_left_alone_longer_each_time_until_it_answers(tmp_path):
    now, delays = NOON, []
    for _ in range(4):
        wait = backoff.ask_later(tmp_path, "law.example", now, None)
        delays.append(wait.until - now)
        now = wait.until
    assert delays == [timedelta(minutes=n) for n in (1, 2, 4, 8)]

    backoff.forget_wait(tmp_path, "law.example")
    assert backoff.ask_later(tmp_path, "law.example", now, None).times == 1


@pytest.mark.parametrize("delays", [timedelta(days=400), None])
def test_nobody_is_left_alone_for_more_than_a_day(tmp_path, delays):
    now = NOON
    for _ in range(30):
        wait = backoff.ask_later(tmp_path, "law.example", now, delays)
        assert wait.until - now <= backoff.LONGEST
        now = wait.until


@pytest.mark.parametrize("note", ["", "soon 1", "2026-03-02T12:00:00+00:00", "\x00"])
def test_a_damaged_note_is_no_note(tmp_path, note):
    (tmp_path / "law.example.wait").write_text(note, encoding="utf-8")

    assert backoff.left(tmp_path, "law.example", NOON) == timedelta()


def test_a_patient_crawl_waits_as_an_earlier_one_was_asked_to_and_a_person_need_not(watch, regulator):
    url = regulator.says("/act", "<p>busy</p>", status=503, headers={"Retry-After": "3600"})
    watch.declare("eu_act", url)
    watch.crawl()
    regulator.says("/act")

    watch.crawl(FetchJob("eu_act", patient=True), now=watch.noon + timedelta(minutes=30))
    assert watch.look("eu_act").cause == Cause.BACK_OFF
    assert regulator.paths() == ["/act"]

    watch.crawl(FetchJob("eu_act"), now=watch.noon + timedelta(minutes=31))
    assert watch.look("eu_act").outcome is Outcome.NEW
    assert watch.problems("eu_act") == []

    watch.crawl(FetchJob("eu_act", patient=True), now=watch.noon + timedelta(minutes=32))
    assert watch.look("eu_act").outcome is Outcome.SAME  # it answers again: nothing is remembered
