"""A team's work on changes: what is open, who has it, and a trail that is only added to."""

from datetime import timedelta

import pytest

from storage import team_notes, watch_lists
from storage.database.connection import query, transaction
from storage.records import Filters
from storage.team_notes import TeamAct
from tests.tracker.alerts.builders import NOW
from tracker.errors import UsageError
from tracker.view_models.team.work_list import note, work_items


def acts(home):
    return [row.act.value for row in team_notes.of_set(home.db, home.change_set)]


def do(home, act, **more):
    return note(home.db, home.change_set, act, **{"who": "ana", "now": NOW, **more})


def test_a_change_is_open_until_somebody_reviewed_it_and_again_when_it_is_reopened(home):
    assert [item.is_open for item in work_items(home.db)] == [True]

    do(home, TeamAct.ASSIGN, whom="ben")
    do(home, TeamAct.COMMENT, text="affects us", who="ben")
    (item,) = work_items(home.db, assignee="ben")
    assert (item.assignee, item.comment_count, item.as_json()["open"]) == ("ben", 1, True)

    do(home, TeamAct.REVIEW, who="ben")
    assert work_items(home.db) == []
    assert [item.reviewer for item in work_items(home.db, open_only=False)] == ["ben"]

    do(home, TeamAct.REOPEN, text="once more")
    assert [item.is_open for item in work_items(home.db)] == [True]
    assert acts(home) == ["assign", "comment", "review", "reopen"]  # nothing was taken back


def test_a_review_of_one_unit_leaves_the_set_open(home):
    unit = "art_14"
    with pytest.raises(UsageError, match="nothing changed there"):
        do(home, TeamAct.REVIEW, unit="art_999")

    do(home, TeamAct.REVIEW, unit=next(iter(units_of(home)), unit))

    assert [item.is_open for item in work_items(home.db)] == [True]


def units_of(home):
    rows = query(home.db, "SELECT ifnull(new_unit, old_unit) AS unit FROM changes")
    return [row["unit"] for row in rows]


@pytest.mark.parametrize(
    ("act", "more", "why"),
    [
        (TeamAct.ASSIGN, {}, "to whom"),
        (TeamAct.COMMENT, {"text": "  "}, "without words"),
        (TeamAct.REVIEW, {"who": " "}, "who does it"),
    ],
)
def test_what_makes_no_sense_is_refused(home, act, more, why):
    with pytest.raises(UsageError, match=why):
        do(home, act, **more)
    assert acts(home) == []


def test_a_set_that_is_not_there_is_refused(home):
    with pytest.raises(UsageError, match="no such set of changes"):
        note(home.db, 999, TeamAct.REVIEW, who="ana", now=NOW)


def test_a_watch_list_is_shared_by_its_name(home):
    with transaction(home.db):
        assert watch_lists.add(home.db, "Lamps", Filters(topics=("content-labelling",)), "ana", NOW)
        assert not watch_lists.add(home.db, "Lamps", Filters(), "ben", NOW)

    watch_list = watch_lists.find(home.db, "Lamps")
    assert (watch_list.filters.topics, watch_list.made_by) == (("content-labelling",), "ana")

    with transaction(home.db):
        assert watch_lists.end(home.db, "Lamps", NOW + timedelta(days=1))
        assert not watch_lists.end(home.db, "Lamps", NOW)
        assert watch_lists.add(home.db, "Lamps", Filters(), "ben", NOW)
    assert [row.made_by for row in watch_lists.all_lists(home.db)] == ["ben"]
