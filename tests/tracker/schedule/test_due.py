from dataclasses import replace
from datetime import UTC, datetime, timedelta

from storage.records import Check, Expectation, Outcome, Page, Rhythm, Source, SourceKind
from tracker.schedule import due, silent

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
SOURCE = Source("a", "cn", "A", ("cn_cac",), "zh", "page", ("http://x/1",), DAY)
SOURCES = {"a": SOURCE}
PAGE = Page(1, "a", "http://x/1", first_seen_at=NOW)


def looked(ago):
    return {1: Rhythm(1, NOW - ago, 1, 0, NOW - ago, NOW - ago)}


def read(ago):
    return {1: Check(1, 1, NOW - ago, Outcome.SAME)}


def test_a_page_never_looked_at_is_due():
    assert due(SOURCES, [PAGE], {}, NOW) == [PAGE]


def test_a_page_is_due_when_its_interval_has_passed_and_not_before():
    assert due(SOURCES, [PAGE], looked(DAY), NOW) == [PAGE]
    assert due(SOURCES, [PAGE], looked(DAY - timedelta(hours=3)), NOW) == []


def test_a_round_that_comes_a_moment_early_does_not_skip_a_day():
    assert due(SOURCES, [PAGE], looked(DAY - timedelta(minutes=5)), NOW) == [PAGE]


def test_the_important_come_first_and_lists_before_what_they_lead_to():
    important = replace(SOURCE, id="b", importance=10)
    pages = [PAGE, Page(2, "a", "http://x/list", listing=True), Page(3, "b", "http://y/1")]
    assert [p.id for p in due({"a": SOURCE, "b": important}, pages, {}, NOW)] == [3, 2, 1]


def test_what_is_gone_or_no_longer_declared_is_looked_at_no_more():
    gone = replace(PAGE, gone_at=NOW)
    stray = Page(4, "z", "http://z/1")
    assert due(SOURCES, [gone, stray], {}, NOW) == []


def test_what_a_list_of_news_leads_to_is_listed_only():
    news = replace(SOURCE, kind=SourceKind.NEWS)
    assert due({"a": news}, [PAGE, Page(5, "a", "http://x/item")], {}, NOW) == [PAGE]


def test_a_source_not_read_within_its_longest_silence_is_silent():
    watched = replace(SOURCE, expect=Expectation(longest_silence=timedelta(days=3)))
    assert silent({"a": watched}, [PAGE], read(timedelta(days=4)), NOW) == [(watched, NOW - timedelta(days=4))]
    assert silent({"a": watched}, [PAGE], read(timedelta(days=2)), NOW) == []
    assert silent({"a": watched}, [PAGE], {}, NOW + timedelta(days=4)) == [(watched, None)]
