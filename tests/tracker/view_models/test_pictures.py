"""Pictures rest on stored rows: events by week, articles by how often they changed whatever their number was."""

from contextlib import closing
from datetime import date, timedelta

import pytest

from storage import versions
from storage.archive import Archive
from storage.schema.open import open_database
from tests.tracker.web.conftest import NOW, fill
from tracker.view_models.pictures import activity_picture, heat_map, life_picture
from tracker.view_models.timeline import Moment


@pytest.fixture
def db(tmp_path):
    with closing(open_database(tmp_path / "clausewatch.db")) as new_db:
        fill(new_db, Archive(tmp_path / "archive"))
        yield new_db


def test_events_stand_in_their_week_and_place(db):
    activity = activity_picture(db, NOW.date() + timedelta(days=8), "Changes")
    assert [row.name for row in activity.rows] == ["China"]
    assert sum(activity.totals) == 2
    assert activity.totals[-2] == 2
    assert activity.weeks[-2] == date(2026, 3, 2)
    assert ">2<" in activity.picture
    assert activity_picture(db, NOW.date() + timedelta(days=300), "Changes").picture == ""


def test_articles_are_counted_once_a_set_of_changes(db):
    reading = versions.find_latest(db, "cn_practice").reading
    heat = heat_map(db, "cn_practice", reading, "Heat")
    assert {eid: times for eid, _, times in heat.rows} == {"art_1": 1, **{f"art_{n}": 0 for n in range(2, 6)}}
    assert "art. 1" in heat.picture
    assert heat_map(db, "cn_nothing", reading, "Heat").picture == ""


def test_a_life_of_one_day_is_not_drawn_and_superseded_days_are_left_out():
    moments = [Moment(date(2025, 1, 1), "adopted"), Moment(None, "applies"), Moment(date(2026, 1, 1), "amended")]
    assert life_picture(moments[:2], NOW.date(), "Life", "today") == ""
    picture = life_picture(moments, NOW.date(), "Life", "today")
    assert "mark square" in picture
    assert ">3<" in picture
