from dataclasses import replace
from datetime import UTC, datetime, timedelta

from storage.records import Check, CheckHistory, Expectation, Outcome, Page, Source, SourceKind
from tracker.schedule import HostBudget, Schedule, due, silent

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
SOURCE = Source("a", "cn", "A", ("cn_cac",), "zh", "page", ("http://x/1",), DAY)
SOURCES = {"a": SOURCE}
PAGE = Page(1, "a", "http://x/1", first_seen_at=NOW)


def history_of_look(ago):
    return {1: CheckHistory(1, NOW - ago, 1, 0, NOW - ago, NOW - ago)}


def read(ago):
    return {1: Check(1, 1, NOW - ago, Outcome.SAME)}


def test_a_page_never_looked_at_is_due():
    assert due(SOURCES, [PAGE], {}, NOW) == [PAGE]


def test_a_page_is_due_when_its_interval_has_passed_and_not_before():
    assert due(SOURCES, [PAGE], history_of_look(DAY), NOW) == [PAGE]
    assert due(SOURCES, [PAGE], history_of_look(DAY - timedelta(hours=3)), NOW) == []


def test_a_round_that_comes_a_moment_early_does_not_skip_a_day():
    assert due(SOURCES, [PAGE], history_of_look(DAY - timedelta(minutes=5)), NOW) == [PAGE]


def test_the_important_come_first_and_lists_before_what_they_lead_to():
    important = replace(SOURCE, id="b", importance=10)
    pages = [PAGE, Page(2, "a", "http://x/list", listing=True), Page(3, "b", "http://y/1")]
    assert [p.id for p in due({"a": SOURCE, "b": important}, pages, {}, NOW)] == [3, 2, 1]


def test_what_is_gone_or_no_longer_declared_is_looked_at_no_more():
    gone_page = replace(PAGE, gone_at=NOW)
    stray = Page(4, "z", "http://z/1")
    assert due(SOURCES, [gone_page, stray], {}, NOW) == []


def test_what_a_list_of_news_leads_to_is_listed_only():
    news = replace(SOURCE, kind=SourceKind.NEWS)
    assert due({"a": news}, [PAGE, Page(5, "a", "http://x/item")], {}, NOW) == [PAGE]


def test_a_source_not_read_within_its_longest_silence_is_silent():
    silent_source = replace(SOURCE, expect=Expectation(longest_silence=timedelta(days=3)))
    assert silent({"a": silent_source}, [PAGE], read(timedelta(days=4)), NOW) == [
        (silent_source, NOW - timedelta(days=4))
    ]
    assert silent({"a": silent_source}, [PAGE], read(timedelta(days=2)), NOW) == []
    assert silent({"a": silent_source}, [PAGE], {}, NOW + timedelta(days=4)) == [(silent_source, None)]


def test_a_source_that_declares_no_longest_silence_is_silent_after_two_looks_that_were_not_made():
    assert silent(SOURCES, [PAGE], read(2 * DAY), NOW) == []
    assert silent(SOURCES, [PAGE], read(2 * DAY + timedelta(hours=2)), NOW) == [
        (SOURCE, NOW - 2 * DAY - timedelta(hours=2))
    ]


def test_time_that_was_missed_is_made_up_once():
    assert due(SOURCES, [PAGE], history_of_look(timedelta(days=9)), NOW) == [PAGE]
    assert due(SOURCES, [PAGE], history_of_look(timedelta(minutes=1)), NOW) == []


def test_what_a_list_led_to_keeps_to_the_interval_until_it_has_settled_and_the_list_gets_what_it_leaves():
    old = NOW - timedelta(days=200)
    pages = [replace(PAGE, listing=True), *(Page(n, "a", f"http://x/found{n}", first_seen_at=old) for n in (2, 3, 4))]
    histories = {p.id: CheckHistory(p.id, NOW, 200, 60 if p.id == 1 else 0, old, NOW) for p in pages}
    schedule = Schedule(SOURCES, pages, histories, NOW)
    young = Schedule(SOURCES, [replace(p, first_seen_at=NOW - 20 * DAY) for p in pages], histories, NOW)

    assert schedule.intervals[1].days < 1 < schedule.intervals[2].days <= 30
    assert sum(1 / interval.days for interval in schedule.intervals.values()) <= 4.001
    assert [round(interval.days, 9) for interval in young.intervals.values()] == [1, 1, 1, 1]


def test_a_hint_makes_a_page_due_at_once_and_only_once():
    hinted_page = replace(PAGE, hinted_at=NOW - timedelta(hours=1))
    assert due(SOURCES, [hinted_page], history_of_look(timedelta(hours=2)), NOW) == [hinted_page]
    assert due(SOURCES, [hinted_page], history_of_look(timedelta(minutes=50)), NOW) == []


def test_a_failed_look_is_repeated_soon_then_later_and_never_later_than_declared():
    def wait(failures, cause="timed out", status=None):
        history = {1: CheckHistory(1, NOW, 3, 0, NOW - DAY, NOW - timedelta(hours=1), failures, cause, status)}
        return Schedule(SOURCES, [PAGE], history, NOW).next_look_at(PAGE, NOW) - NOW

    assert [wait(n) for n in (1, 2, 3, 30)] == [timedelta(minutes=15), timedelta(minutes=30), timedelta(hours=1), DAY]
    assert wait(1, "challenge") == timedelta(hours=2)
    assert wait(1, "robots.txt") == wait(1, "http status", 404) == DAY
    assert wait(1, "http status", 503) == timedelta(minutes=15)


def test_a_host_that_asked_to_wait_is_asked_when_the_wait_ends_and_in_its_hours():
    until, hours = NOW + timedelta(hours=2), (NOW.replace(hour=13).time(), NOW.replace(hour=15).time())
    for allowance, at in ((HostBudget(10, until=until), until), (HostBudget(10, hours=hours), NOW.replace(hour=13))):
        schedule = Schedule(SOURCES, [PAGE], history_of_look(3 * DAY), NOW, {"x": allowance})
        assert schedule.due(NOW) == []
        assert schedule.next_look_at(PAGE, NOW) == at
        assert schedule.due(at) == [PAGE]


def test_a_host_is_asked_no_more_in_an_hour_than_it_bears():
    pages = [Page(n, "a", f"http://x/{n}") for n in range(100)]
    schedule = Schedule(SOURCES, pages, {}, NOW, {"x": HostBudget(10)})

    assert len(schedule.within_hours_share(schedule.due(NOW), [0] * 15)) == 45


def test_a_source_is_read_well_before_its_silence_becomes_a_problem():
    silent_source = replace(SOURCE, every=timedelta(days=7), expect=Expectation(longest_silence=timedelta(days=3)))
    assert due({"a": silent_source}, [PAGE], history_of_look(timedelta(days=2.7)), NOW) == [PAGE]
