"""Rhythms: counted in one query, also where there are many looks."""

import time
from datetime import date, timedelta

from storage import check_history, checks, pages, sources
from storage.database.connection import execute_many, transaction
from storage.records import Outcome
from tests.storage.builders import NOW, a_page, a_source, a_version

DAY = timedelta(days=1)


def test_a_rhythm_counts_good_looks_and_the_failures_since(db):
    page_id = a_page(db)
    for day, outcome in enumerate((Outcome.NEW, Outcome.FAILED, Outcome.SAME, Outcome.FAILED, Outcome.FAILED)):
        checks.add(db, page_id, NOW + day * DAY, outcome, cause="timed out" if outcome is Outcome.FAILED else "")

    (rhythm,) = check_history.of_pages(db, NOW - DAY).values()

    assert (rhythm.looks, rhythm.first_at, rhythm.last_good_at) == (2, NOW, NOW + 2 * DAY)
    assert (rhythm.failures, rhythm.cause, rhythm.last_at) == (2, "timed out", NOW + 4 * DAY)


def test_a_later_date_on_a_list_is_a_hint_and_an_earlier_or_equal_one_is_none(db):
    page_id = a_page(db)
    url = pages.get(db, page_id).url
    assert pages.relist(db, {url: date(2020, 1, 1)}, NOW) == 1
    assert pages.get(db, page_id).hinted_at < NOW  # older than any look: for the schedule, nothing
    assert pages.relist(db, {url: date(2020, 1, 1)}, NOW) == 0
    assert pages.relist(db, {url: date(2020, 1, 2)}, NOW) == 1
    assert pages.get(db, page_id).hinted_at == NOW


def test_what_a_list_found_at_one_instant_is_one_change_of_the_list(db):
    sources.sync(db, [a_source(id="cn_list", spider="listing")], NOW)
    (listing,) = pages.all_pages(db)
    checks.add(db, listing.id, NOW, Outcome.NEW)
    for n in range(3):
        pages.add(db, "cn_list", f"https://x.example/{n}", listing=False, discovered=True, now=NOW + (n // 2) * DAY)

    assert check_history.of_pages(db, NOW - DAY)[listing.id].changes == 2


def test_a_first_version_is_no_change(db):
    version = a_version(db)
    checks.add(db, version.page_id, NOW, Outcome.NEW)
    assert check_history.of_pages(db, NOW - DAY)[version.page_id].changes == 0


def test_a_hundred_thousand_looks_are_counted_quickly(db):
    sources.sync(db, [a_source(urls=tuple(f"https://x.example/{n}" for n in range(2000)))], NOW)
    ids = [page.id for page in pages.all_pages(db)]
    looks = [(i, (NOW + n * DAY).isoformat(timespec="microseconds"), "same", "", "") for i in ids for n in range(50)]
    with transaction(db):
        execute_many(db, "INSERT INTO checks (page_id, checked_at, outcome, cause, text) VALUES (?, ?, ?, ?, ?)", looks)
    start = time.process_time()
    histories = check_history.of_pages(db, NOW - DAY)

    assert {r.looks for r in histories.values()} == {50}
    assert time.process_time() - start < 2
