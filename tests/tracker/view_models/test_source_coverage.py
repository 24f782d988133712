"""Coverage: what is watched of each authority, how fresh, how sure, and what is known to be missing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from crawlers.declaration.catalogue import shape_grade
from crawlers.declaration.coverage_gaps import coverage_gaps
from crawlers.declaration.load import BUILT_IN, load
from storage import checks, pages, sources
from storage.records import Expectation, Outcome, SourceEvidence, SourceKind
from tests.storage.builders import NOW, a_snapshot, a_source
from tracker.view_models.source_coverage import coverage_of

DAY = timedelta(days=1)
LAW = replace(
    a_source(id="cn_cac_act", urls=("https://a.example/act",)),
    authority=("cn_cac", "cn_miit"),
    evidence={"text": SourceEvidence("recorded"), "robots": SourceEvidence("unknown")},
    expect=Expectation(longest_silence=3 * DAY),
)
LIST = replace(
    a_source(id="cn_cac_list", spider="listing", urls=("https://a.example/list",)),
    authority=("cn_cac",),
    kind=SourceKind.NEWS,
    evidence={"rows": SourceEvidence("reported")},
)
CLOSED_SOURCE = replace(
    a_source(id="cn_closed", urls=("https://b.example/",)),
    authority=("cn_npcsc",),
    dormant="robots.txt closes everything; cn_cac_act stands in",
)
SOURCES_BY_ID = {source.id: source for source in (LAW, LIST, CLOSED_SOURCE)}


@pytest.fixture
def read_once(db):
    sources.sync(db, SOURCES_BY_ID.values(), NOW)
    page = pages.find(db, "cn_cac_act", "https://a.example/act")
    checks.add(db, page.id, NOW, Outcome.NEW, 200, a_snapshot(db, page.id))
    return db


def rows(db, now=NOW + DAY):
    [china] = [place for place in coverage_of(db, SOURCES_BY_ID, now) if place.jurisdiction == "cn"]
    return {row.authority: row for row in china.authorities}, china


def test_a_source_counts_for_each_authority_that_it_names(read_once):
    by_authority, china = rows(read_once)

    assert set(by_authority) == {"cn_cac", "cn_miit", "cn_npcsc"}
    assert [source.id for source in by_authority["cn_miit"].sources] == ["cn_cac_act"]
    assert dict(by_authority["cn_cac"].kinds) == {"law": 1, "news": 1}
    assert china.name == "China"


def test_how_sure_is_the_shape_that_a_source_is_read_by(read_once):
    by_authority, _ = rows(read_once)

    assert by_authority["cn_cac"].surest == "1 recorded, 1 reported"
    assert by_authority["cn_npcsc"].surest == "1 unknown"
    assert (shape_grade(LAW), shape_grade(LIST)) == ("recorded", "reported")


def test_how_fresh_is_what_was_read_and_what_was_promised(read_once):
    fresh, _ = rows(read_once)
    stale, _ = rows(read_once, NOW + 9 * DAY)

    assert fresh["cn_cac"].newest_read_at == NOW
    assert (fresh["cn_cac"].never_read, fresh["cn_cac"].overdue) == (1, 0)
    assert stale["cn_cac"].overdue >= 1
    assert (fresh["cn_npcsc"].dormant, fresh["cn_npcsc"].never_read, fresh["cn_npcsc"].newest_read_at) == (1, 0, None)


def test_what_is_declared_and_not_asked_is_missing_too(read_once):
    _, china = rows(read_once)
    [closed_gap] = [gap for gap in china.gaps if gap.source_id]

    assert (closed_gap.why, closed_gap.instead) == ("robots.txt closes everything", "cn_cac_act stands in")
    assert any("Ministry of Commerce" in gap.what for gap in china.gaps)


def test_where_nothing_is_declared_there_is_no_coverage(db):
    assert coverage_of(db, {}, NOW) == []


def test_every_gap_on_the_list_says_what_and_why_in_a_jurisdiction_that_is_watched():
    all_sources = load([BUILT_IN])
    watched_places = {source.jurisdiction for source in all_sources.values()}

    for gap in coverage_gaps(all_sources.values()):
        assert gap.jurisdiction in watched_places
        assert gap.what
        assert gap.why
        assert not gap.why.endswith(".")
