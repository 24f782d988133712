"""What a page's looks are said to have found is what its versions and sets of changes say."""

from datetime import timedelta

import pytest

from storage import changes, checks, pages, snapshots, versions
from storage.database.connection import transaction
from storage.records import Outcome, ReviewState
from tests.tracker.lockfile.law_home import FIRST_DAY, LawHome, a_regulation
from tracker.view_models.look_log import carried_versions, looks_of

ARTICLES = [[1, "Subject", ["Lamps are lit.", "Lamps are put out."]], [2, "Scope", ["Harbours.", "Piers."]]]
CHANGED_ARTICLES = [ARTICLES[0], [2, "Scope", ["Harbours and ponds.", "Piers."]]]
DAY = timedelta(days=1)


@pytest.fixture
def page(db):
    """A page looked at on five days: first read, confirmed, redesigned, changed, confirmed."""
    home = LawHome(db)
    home.publish("eu_32025R9001", "Lamp Act", a_regulation(9001, ARTICLES))
    home.days["eu_32025R9001"] = 4
    home.publish("eu_32025R9001", "Lamp Act", a_regulation(9001, CHANGED_ARTICLES))
    (page,) = pages.of_source(db, "eu_32025R9001_page")
    old, new = (row.snapshot_id for row in versions.of_page(db, page.id))
    with transaction(db):
        for snapshot, text in ((old, "eu_32025R9001@2026-03-02"), (new, "eu_32025R9001@2026-03-07")):
            snapshots.mark_read(db, snapshot, text_sha256=text)
        looks = [(FIRST_DAY, Outcome.NEW, old), (FIRST_DAY + DAY, Outcome.SAME, None)]
        looks += [(FIRST_DAY + 2 * DAY, Outcome.NEW, another(db, page.id, FIRST_DAY + 2 * DAY, "2026-03-02"))]
        looks += [(FIRST_DAY + 5 * DAY, Outcome.NEW, new)]
        later = FIRST_DAY + 5 * DAY + timedelta(minutes=10)
        looks += [(later, Outcome.NEW, another(db, page.id, later, "2026-03-07"))]
        for at, outcome, snapshot in looks:
            checks.add(db, page.id, at, outcome, status=200, snapshot_id=snapshot)
    return page


def another(db, page_id, at, day):
    snapshot = snapshots.add(db, page_id, "https://law.example", at, 200, "text/html", f"s{at}", 1, {}, "")
    snapshots.mark_read(db, snapshot, text_sha256=f"eu_32025R9001@{day}")
    return snapshot


def notes_of(db, page):
    return [(note.says, note.address) if note else None for _, note in reversed(looks_of(db, page.id))]


def test_the_look_that_found_the_change_says_so_and_links_it(db, page):
    (change_set,) = changes.of_instrument(db, "eu_32025R9001")
    first, same, redesign_note, change_note, confirming_note = notes_of(db, page)

    assert first[0] == "we checked and read the law for the first time"
    assert change_note == ("we checked and the law had changed", f"/changes/{change_set.id}")
    assert confirming_note[0] == "we checked a second time and read the same text"
    assert (same, redesign_note) == (None, None)  # nothing came of them


@pytest.mark.parametrize(
    ("standing", "words"),
    [(ReviewState.UNCONFIRMED, "a second check will confirm it"), (ReviewState.QUARANTINED, "an operator must decide"),
     (ReviewState.REJECTED, "was not accepted as the law")],
)  # fmt: skip
def test_a_text_that_does_not_stand_is_never_said_to_be_the_law(db, page, standing, words):
    with transaction(db):
        versions.set_standing(db, versions.of_page(db, page.id)[-1].id, standing)

    assert words in notes_of(db, page)[3][0]


def test_each_snapshot_names_the_version_it_carries(db, page):
    ids = [snapshot.id for snapshot in snapshots.of_page(db, page.id)]

    version_ids = carried_versions(db, page.id, ids)

    assert [version_ids[number].id[-2:] for number in sorted(version_ids)] == ["02", "07", "02", "07"]


def test_a_snapshot_that_was_read_as_no_law_carries_none(db, page):
    with transaction(db):
        snapshot_id = snapshots.add(
            db, page.id, "https://law.example", FIRST_DAY + 9 * DAY, 200, "text/html", "x", 1, {}, ""
        )
        snapshots.mark_read(db, snapshot_id, text_sha256="")

    assert carried_versions(db, page.id, [snapshot_id]) == {}
