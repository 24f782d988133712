"""A round whose servers contradict our clock dates nothing and tells nobody but operators; the next good one heals."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crawlers.declaration.load import load
from crawlers.practice import Practice, days
from crawlers.practice import declarations as practice_declarations
from storage import checks, events, messages, problems, snapshots, versions
from storage.records import Audience
from tracker.config import Settings
from tracker.context import open_context
from tracker.pipeline.run import one_round

RULE = "cn_cac_practice_deep_synthesis"
DAY = datetime.combine(days()[0].on, datetime.min.time(), UTC) + timedelta(hours=10)


@pytest.fixture
def watch(tmp_path):
    """A home with one source, looked at by the clock that a test sets."""
    with Practice() as practice:
        for name, text in practice_declarations(practice.origins).items():
            if RULE in name:
                path = tmp_path / "declarations" / name
                path.parent.mkdir(parents=True)
                path.write_text(text, encoding="utf-8")
        contexts = []

        def look(now, *, every=True):
            folder = tmp_path / "declarations"
            service = open_context(
                Settings(home=tmp_path / "home", trust_clock=False), load([folder]), (folder,), lambda: now
            )
            contexts.append(service)
            return service, one_round(service, all_pages=every)

        yield practice, look
        for service in contexts:
            service.db.close()


@pytest.mark.parametrize("years", [-20, -1, 1, 20])
def test_nothing_is_dated_by_a_clock_that_is_years_off(watch, years):
    _, look = watch

    service, report = look(DAY + timedelta(days=366 * years))

    assert snapshots.all_ids(service.db) == []
    assert versions.all_versions(service.db) == []
    assert [(problem.source, problem.cause) for problem in report.problems if problem.source == "clock"] == [
        ("clock", "clock")
    ]


def test_operators_are_told_and_readers_are_not(watch):
    _, look = watch
    service, _ = look(DAY + timedelta(days=2000))

    mail = messages.recent(service.db, 10)
    assert [message.audience for message in mail] == [Audience.OPERATOR]
    assert b"clock" in mail[0].mime


def test_the_next_good_round_heals_though_its_last_look_is_yet_to_come(watch):
    _, look = watch
    look(DAY + timedelta(days=2000))

    service, report = look(DAY, every=False)

    assert report.checked == 1
    assert report.new_versions == 1
    assert problems.open_problems(service.db) == []
    assert [version.seen_at.date() for version in versions.all_versions(service.db)] == [DAY.date()]


def test_a_clock_that_leaps_in_the_middle_tells_no_change(watch):
    practice, look = watch
    look(DAY)
    practice.day = 2

    service, report = look(DAY + timedelta(days=3000))

    assert (report.new_versions, report.changes, report.alerts) == (0, 0, 0)
    _, report = look(DAY + timedelta(days=1))
    assert report.changes > 0
    assert all(event.at < DAY + timedelta(days=2) for event in events.recent(service.db, 50))


def test_hosts_that_contradicted_our_clock_are_not_asked_each_minute(watch):
    practice, look = watch
    wrong = DAY + timedelta(days=3000)
    look(wrong)
    request_count = len(practice.requests)

    _, report = look(wrong + timedelta(minutes=5), every=False)
    assert (report.checked, len(practice.requests)) == (0, request_count)
    look(wrong + timedelta(minutes=20), every=False)
    assert len(practice.requests) > request_count


def test_a_host_that_is_down_does_not_vouch_for_our_clock(watch):
    practice, look = watch
    wrong = DAY + timedelta(days=3000)
    look(wrong)
    practice.stop()

    service, _ = look(wrong + timedelta(hours=1), every=False)

    assert "clock" in {problem.cause for problem in problems.open_problems(service.db)}


def test_whoever_trusts_the_clock_is_not_held_up(watch):
    _, look = watch
    service, _ = look(DAY)
    later = replace(service, settings=service.settings.model_copy(update={"trust_clock": True}),
                    clock=lambda: DAY + timedelta(days=3000))  # fmt: skip

    one_round(later, all_pages=True)

    assert [check.cause for check in checks.after(service.db, 0)][-1] == ""
