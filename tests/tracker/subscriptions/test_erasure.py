from __future__ import annotations

import json

import pytest

from storage import alerts, messages, subscriptions
from tests.tracker.alerts.builders import NOW
from tracker.alerts import compose_due, deliver_pending, match_events
from tracker.subscriptions.erasure import export_person, forget_person

ADDRESS = "ana@policy.example"


def tell_news(home) -> None:
    home.wish(home.person(name="Ana Example"), words=("灯语",))
    home.wish(home.person("bo@policy.example"))
    home.happen()
    match_events(home.db, NOW)
    compose_due(home.db, NOW, home.settings)
    deliver_pending(home.db, NOW, home.settings)


def test_a_person_may_have_everything_we_know_of_them(home):
    tell_news(home)

    shape = export_person(home.db, ADDRESS.upper())

    assert shape["subscriber"]["name"] == "Ana Example"
    assert shape["subscriptions"][0]["filters"] == {"words": ["灯语"]}
    assert [row["event"] for row in shape["alerts"]] == ["new_version:cn_lamp:2"]
    assert shape["messages"][0]["subject"].startswith("China · ")
    assert json.dumps(shape)
    assert export_person(home.db, "nobody@policy.example") is None


@pytest.mark.sqlite
def test_who_is_forgotten_is_in_no_row_no_file_and_not_in_the_database_file(home):
    tell_news(home)
    count_before = messages.count_handled(home.db)

    assert forget_person(home.db, ADDRESS, home.settings.emails, NOW)

    raw = (home.settings.home / "clausewatch.db").read_bytes()
    assert ADDRESS.encode() not in raw
    assert b"Ana Example" not in raw
    assert [b"bo@policy.example" in path.read_bytes() for path in home.files()] == [True]
    assert (messages.count_handled(home.db), len(alerts.of_event(home.db, 1))) == (count_before, 2)
    assert not forget_person(home.db, ADDRESS, home.settings.emails, NOW)


def test_the_others_and_a_new_beginning_are_not_touched(home):
    tell_news(home)
    forget_person(home.db, ADDRESS, home.settings.emails, NOW)

    again = home.wish(home.person(ADDRESS))

    assert [row.id for row in subscriptions.active(home.db)] == [2, again]
