"""Sources, pages, checks and snapshots: what is watched and what was seen."""

from datetime import date, timedelta

import pytest

from storage import checks, instruments, pages, problems, snapshots, sources, versions
from storage.database.connection import query, transaction
from storage.errors import MissingRowError, UnknownReferenceError
from storage.records import Outcome, Stage, Subject
from tests.storage.builders import (
    NOW,
    a_page,
    a_reading,
    a_snapshot,
    a_source,
    a_version,
    an_article,
    an_instrument,
    text_hash,
)

LATER = NOW + timedelta(microseconds=1)
LAMP, BELL = "https://regulator.example/lamp.htm", "https://regulator.example/bell.htm"


def test_declared_pages_are_watched_from_the_day_of_declaration(db):
    sources.sync(db, [a_source(instrument="cn_lamp"), a_source(id="cn_list", spider="listing", urls=(BELL,))], NOW)
    sources.sync(db, [a_source(instrument="cn_lamp"), a_source(id="cn_list", spider="listing", urls=(BELL,))], LATER)

    law, listing = pages.all_pages(db)

    assert (law.source_id, law.url, law.listing, law.instrument_id) == ("cn_cac_lamp", LAMP, False, "cn_lamp")
    assert (listing.source_id, listing.listing, listing.discovered) == ("cn_list", True, False)
    assert law.first_seen_at == listing.first_seen_at == NOW


def test_a_page_no_longer_declared_is_gone_and_comes_back_with_its_declaration(db):
    sources.sync(db, [a_source(urls=(LAMP, BELL))], NOW)
    sources.sync(db, [a_source(urls=(LAMP,))], LATER)
    assert [page.gone_at for page in pages.all_pages(db)] == [None, LATER]

    sources.sync(db, [a_source(urls=(LAMP, BELL))], LATER)
    assert [page.gone_at for page in pages.all_pages(db)] == [None, None]


def test_a_page_found_on_a_list_does_not_go_with_a_declaration(db):
    sources.sync(db, [a_source()], NOW)
    pages.add(db, "cn_cac_lamp", BELL, listing=False, discovered=True, now=NOW)
    sources.sync(db, [a_source()], LATER)

    assert [page.gone_at for page in pages.all_pages(db)] == [None, None]


def test_a_source_no_longer_declared_keeps_its_rows(db):
    sources.sync(db, [a_source()], NOW)
    sources.sync(db, [], LATER)

    assert [(row.source_id, row.declared) for row in sources.health(db)] == [("cn_cac_lamp", False)]
    assert len(pages.of_source(db, "cn_cac_lamp")) == 1


def test_the_health_of_a_source_tells_its_looks_versions_and_problems(db):
    page_id = a_version(db).page_id
    checks.add(db, page_id, NOW, Outcome.SAME)
    checks.add(db, page_id, LATER, Outcome.FAILED, cause="timeout")
    problems.open_or_touch(db, Subject.of_source("cn_cac_lamp", LAMP), Stage.FETCH, "timeout", "", LATER)

    (row,) = sources.health(db)

    assert (row.pages, row.versions, row.open_problems) == (1, 1, 1)
    assert (row.last_checked_at, row.last_good_at) == (LATER, NOW)


def test_a_page_found_again_stays_what_it_was(db):
    sources.sync(db, [a_source()], NOW)
    looks = {"listing": False, "title": "灯", "published_on": date(2026, 11, 1), "discovered": True, "now": NOW}
    page_id = pages.add(db, "cn_cac_lamp", BELL, **looks)

    assert pages.add(db, "cn_cac_lamp", BELL, listing=False, title="other", now=LATER) == page_id
    page = pages.get(db, page_id)
    assert (page.title, page.published_on, page.discovered, page.first_seen_at) == ("灯", date(2026, 11, 1), True, NOW)
    assert pages.find(db, "cn_cac_lamp", BELL) == page
    assert pages.find(db, "cn_cac_lamp", "https://regulator.example/none") is None


def test_only_addresses_that_are_still_declared_are_declared(db):
    sources.sync(db, [a_source(urls=(LAMP, BELL))], NOW)
    pages.add(db, "cn_cac_lamp", "https://regulator.example/found.htm", listing=False, now=NOW)
    assert pages.declared_urls(db) == {LAMP, BELL}

    sources.sync(db, [a_source(urls=(LAMP,))], LATER)

    assert pages.declared_urls(db) == {LAMP}


def test_a_page_that_is_gone_is_marked_once(db):
    page_id = a_page(db)
    pages.mark_gone(db, page_id, NOW)
    pages.mark_gone(db, page_id, LATER)

    assert pages.get(db, page_id).gone_at == NOW


def test_a_page_of_a_source_nobody_declared_is_refused(db):
    with pytest.raises(UnknownReferenceError):
        pages.add(db, "cn_unknown", LAMP, listing=False, now=NOW)


def test_an_unknown_page_is_named_in_the_error(db):
    with pytest.raises(MissingRowError, match="page 7"):
        pages.get(db, 7)


def test_the_last_look_and_the_last_good_look_are_told_apart(db):
    page_id = a_page(db)
    good = checks.add(db, page_id, NOW, Outcome.NOT_MODIFIED, 304)
    bad = checks.add(db, page_id, LATER, Outcome.FAILED, 503, cause="status", text="HTTP 503")

    assert {page: check.id for page, check in checks.latest(db).items()} == {page_id: bad}
    assert {page: check.id for page, check in checks.latest_good(db).items()} == {page_id: good}
    assert checks.latest(db)[page_id].cause == "status"


def test_looks_at_the_same_instant_keep_the_order_they_were_noted_in(db):
    page_id = a_page(db)
    ids = [checks.add(db, page_id, NOW, outcome) for outcome in (Outcome.NEW, Outcome.SAME, Outcome.SAME)]

    assert [check.id for check in checks.of_page(db, page_id)] == ids
    assert checks.latest(db)[page_id].id == ids[-1]
    assert [check.id for check in checks.after(db, ids[0])] == ids[1:]


def test_looks_since_an_instant_include_it_and_what_came_a_microsecond_later(db):
    page_id = a_page(db)
    checks.add(db, page_id, NOW - timedelta(microseconds=1), Outcome.SAME)
    ids = [checks.add(db, page_id, NOW, Outcome.SAME), checks.add(db, page_id, LATER, Outcome.SAME)]

    assert [check.id for check in checks.since(db, NOW)] == ids


def test_first_looks_are_of_pages_that_nobody_looked_at_before(db):
    old_page, new = a_page(db), a_page(db, url=BELL)
    before = checks.add(db, old_page, NOW, Outcome.NEW)
    checks.add(db, old_page, LATER, Outcome.SAME)
    for at in (LATER, LATER + timedelta(minutes=1)):
        checks.add(db, new, at, Outcome.SAME)

    assert checks.first_looks(db, before) == {new: 2}
    assert checks.first_looks(db, 0) == {old_page: 2, new: 2}


def test_validators_are_those_of_the_latest_snapshot_however_their_names_are_written(db):
    page_id = a_page(db)
    a_snapshot(db, page_id, headers={"ETag": '"old"', "Last-Modified": "Mon, 02 Nov 2026 00:00:00 GMT"})
    newest = a_snapshot(db, page_id, headers={"etag": '"new"', "Server": "x"})
    checks.add(db, page_id, NOW, Outcome.NEW, snapshot_id=newest)

    assert checks.validators(snapshots.latest(db, page_id)) == {"etag": '"new"'}


def test_a_snapshot_is_unread_until_it_is_marked(db):
    page_id = a_page(db)
    one, two = a_snapshot(db, page_id), a_snapshot(db, page_id, headers={"ETag": '"1"'})
    assert [snapshot.id for snapshot in snapshots.unread_snapshots(db)] == [one, two]

    snapshots.mark_read(db, one, text_sha256="")
    snapshots.mark_read(db, two, text_sha256=text_hash("t1"))

    assert snapshots.unread_snapshots(db) == []
    assert snapshots.latest(db, page_id) == snapshots.get(db, two)
    assert snapshots.get(db, two).headers == {"ETag": '"1"'}
    assert [snapshot.id for snapshot in snapshots.of_page(db, page_id)] == [one, two]


def test_a_page_is_misread_while_its_newest_snapshot_is_no_law(db):
    page_id = a_page(db)
    snapshots.mark_read(db, a_snapshot(db, page_id), text_sha256="")
    assert snapshots.misread(db, "cn_cac_lamp") == [page_id]

    snapshots.mark_read(db, a_snapshot(db, page_id), text_sha256=text_hash("t1"))
    assert snapshots.misread(db, "cn_cac_lamp") == []


def test_work_undone_in_the_middle_is_found_again(db):
    snapshot_id = a_snapshot(db, a_page(db))

    def break_off():
        with transaction(db):
            snapshots.mark_read(db, snapshot_id, text_sha256=text_hash("t1"))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_off()

    assert [snapshot.id for snapshot in snapshots.unread_snapshots(db)] == [snapshot_id]


def test_an_instrument_is_stored_once(db):
    assert instruments.add_if_new(db, an_instrument())
    assert not instruments.add_if_new(db, an_instrument(title="Another"))

    assert instruments.get(db, "cn_lamp") == an_instrument()
    assert instruments.find(db, "cn_bell") is None
    assert [instrument.id for instrument in instruments.all_instruments(db)] == ["cn_lamp"]
    with pytest.raises(MissingRowError, match="cn_bell"):
        instruments.get(db, "cn_bell")


def test_the_last_looks_are_found_by_index_however_long_the_history(sqlite_db):
    plan = query(
        sqlite_db,
        "EXPLAIN QUERY PLAN SELECT id FROM checks WHERE page_id = 1 ORDER BY checked_at DESC, id DESC LIMIT 1",
    )

    assert not any("TEMP B-TREE" in row["detail"] or "SCAN" in row["detail"] for row in plan)


@pytest.mark.parametrize("sql", [checks._WAS_GOOD, checks._SEEN_AGAIN])
def test_whether_a_page_was_seen_is_found_by_index(sqlite_db, sql):
    plan = query(
        sqlite_db, f"EXPLAIN QUERY PLAN {sql}", page_id=1, **({"snapshot_id": 1} if ":snapshot_id" in sql else {})
    )

    assert any("checks_counted" in row["detail"] for row in plan)
    assert not any("SCAN checks" in row["detail"] or "SCAN again" in row["detail"] for row in plan)


def test_a_snapshot_is_seen_again_only_by_a_later_look_that_brought_the_same(db):
    sources.sync(db, [a_source()], NOW)
    (page,) = pages.all_pages(db)
    page_id = page.id
    first = a_snapshot(db, page_id)
    checks.add(db, page_id, NOW, Outcome.SAME, 200, first)  # of what stood there before
    checks.add(db, page_id, NOW, Outcome.NEW, 200, first)
    checks.add(db, page_id, LATER, Outcome.FAILED, 500)
    assert not checks.seen_again(db, page_id, first)

    checks.add(db, page_id, LATER, Outcome.NOT_MODIFIED, 304, first)
    assert checks.seen_again(db, page_id, first)
    assert checks.last(db, page_id).outcome is Outcome.NOT_MODIFIED
    assert checks.was_good(db, page_id)


def test_the_looks_at_a_source_are_told_from_all_its_pages(db):
    sources.sync(db, [a_source(urls=(LAMP, BELL)), a_source(id="cn_unseen", urls=("https://x.example/",))], NOW)
    lamp, bell = (page.id for page in pages.of_source(db, "cn_cac_lamp"))
    checks.add(db, lamp, NOW, Outcome.NEW)
    checks.add(db, bell, LATER, Outcome.FAILED, cause="timed out")
    pages.mark_gone(db, bell, LATER)

    looks = checks.of_sources(db)

    assert looks["cn_cac_lamp"] == checks.Looks(1, NOW, LATER, NOW)
    assert looks["cn_unseen"] == checks.Looks(1, NOW, None, None)


def test_bug_b6_the_last_good_snapshot_of_a_law_is_found(db):
    version = a_version(db)
    snapshots.mark_read(db, version.snapshot_id, text_sha256=version.text_sha256)
    snapshots.mark_read(db, a_snapshot(db, version.page_id, sha256="bb" * 32), text_sha256=text_hash("no such version"))

    good = snapshots.latest_good(db, "cn_cac_lamp", "https://regulator.example/lamp.htm")

    assert good is not None
    assert good.id == version.snapshot_id


def test_bug_b6_a_better_reader_leaves_the_last_good_snapshot_known(db):
    version = a_version(db)
    snapshots.mark_read(db, version.snapshot_id, text_sha256=version.text_sha256)
    versions.replace_reading(db, version, a_reading(an_article(1, "Read better.")), text_hash("better"))

    good = snapshots.latest_good(db, "cn_cac_lamp", "https://regulator.example/lamp.htm")

    assert good is not None
    assert good.id == version.snapshot_id


def test_what_a_source_knows_of_its_pages_is_read_at_once(db):
    sources.sync(db, [a_source(urls=(LAMP, BELL))], NOW)
    lamp = pages.find(db, "cn_cac_lamp", LAMP)
    older = a_snapshot(db, lamp.id)
    checks.add(db, lamp.id, NOW, Outcome.NEW, 200, older)
    newer = a_snapshot(db, lamp.id, sha256="bb" * 32, fetched_at=LATER, headers={"ETag": "v2"})
    checks.add(db, lamp.id, LATER, Outcome.NEW, 200, newer)
    checks.add(db, lamp.id, LATER + timedelta(hours=1), Outcome.NOT_MODIFIED, 304, newer)

    looks = snapshots.latest_of_pages(db, "cn_cac_lamp", [LAMP, BELL, "https://regulator.example/none.htm"])

    assert list(looks) == [LAMP]  # the other was never kept
    assert looks[LAMP].snapshot == snapshots.latest(db, lamp.id)
    assert (looks[LAMP].last_outcome, looks[LAMP].whole_at) == (Outcome.NOT_MODIFIED, LATER)


def test_whether_a_subject_has_a_problem_is_told_in_one_question(db):
    sources.sync(db, [a_source(urls=(LAMP, BELL))], NOW)
    lamp, bell = pages.find(db, "cn_cac_lamp", LAMP), pages.find(db, "cn_cac_lamp", BELL)
    problems.open_or_touch(db, Subject.of_page(lamp), Stage.FETCH, "http status", "answers 500", NOW)

    assert problems.stand(db, Subject.of_page(bell), Subject.of_page(lamp))
    assert not problems.stand(db, Subject.of_page(bell), Subject.of_source("cn_cac_lamp"))

    problems.resolve(db, Subject.of_page(lamp), Stage.FETCH, LATER)
    assert not problems.stand(db, Subject.of_page(lamp))
