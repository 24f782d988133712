"""Lists: what pages page through, filtered and in order."""

from datetime import timedelta

import pytest

from storage import changes, events, instruments, sources, versions
from storage.records import Comparison, EventKind, ReviewState, Weight
from tests.storage.builders import NOW, a_version, an_event, text_hash

HOUR = timedelta(hours=1)


@pytest.fixture
def three_events(db):
    """Tell of a changed text, a date that moved and a repeal, an hour apart."""
    old, new = a_version(db), a_version(db, text_sha256=text_hash("t2"))
    pair = {"old_version_id": old.id, "new_version_id": new.id}
    set_id = changes.add_set(db, comparison=Comparison(summary={"modified": 2}), at=NOW, **pair)
    events.add(db, an_event(jurisdiction="cn", version_id=new.id, change_set_id=set_id, weight=Weight.LOW))
    for hours, kind in enumerate((EventKind.DATE_MOVED, EventKind.REPEALED), 1):
        events.add(db, an_event(key=kind, kind=kind, at=NOW + hours * HOUR, jurisdiction="eu", weight=Weight.HIGH))
    return set_id


def kinds(rows):
    return [summary.event.kind.value for summary in rows]


def test_what_was_told_is_listed_newest_first_with_what_it_is_about(db, three_events):
    rows = events.list_events(db)

    assert kinds(rows) == ["repealed", "date_moved", "new_version"]
    assert (rows[2].title, rows[2].language, rows[2].summary) == ("Lamp Talk Provisions", "zh", {"modified": 2})
    assert rows[2].event.change_set_id == three_events
    assert (rows[0].summary, rows[0].words_id) == ({}, None)


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        pytest.param({"jurisdiction": "cn"}, ["new_version"], id="jurisdiction"),
        pytest.param({"weights": ["high"]}, ["repealed", "date_moved"], id="weight"),
        pytest.param({"kinds": ["date_moved", "new_version"]}, ["date_moved", "new_version"], id="kinds"),
        pytest.param({"limit": 1, "offset": 1}, ["date_moved"], id="second page"),
        pytest.param({"jurisdiction": "cn", "weights": ["high"]}, [], id="both"),
    ],
)
def test_a_list_is_filtered_and_paged(db, three_events, filters, left):
    assert kinds(events.list_events(db, **filters)) == left


@pytest.mark.parametrize("standing", [ReviewState.QUARANTINED, ReviewState.REJECTED, ReviewState.UNCONFIRMED])
def test_a_version_that_does_not_stand_counts_nowhere(db, standing):
    a_version(db)
    a_version(db, text_sha256=text_hash("t2"), seen_at=NOW + HOUR, standing=standing)

    assert sources.changed_at(db) == {"cn_cac_lamp": NOW}
    assert [summary.versions for summary in instruments.list_instruments(db)] == [1]
    assert len(versions.of_instrument(db, "cn_lamp")) == 2
    assert len(versions.of_instrument(db, "cn_lamp", ReviewState.CONFIRMED)) == 1
