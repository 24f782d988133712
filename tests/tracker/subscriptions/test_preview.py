from __future__ import annotations

from datetime import timedelta

from storage.records import EventKind, Filters
from tests.storage.builders import uncomposed_alerts
from tests.tracker.alerts.builders import NOW
from tracker.subscriptions.preview import preview


def a_past(home) -> None:
    home.happen(at=NOW - timedelta(days=60))
    home.happen(key="two", at=NOW - timedelta(days=1))
    home.happen(key="gone", kind=EventKind.REPEALED, change_set_id=None)


def test_a_preview_counts_what_would_have_been_sent_by_month(home):
    a_past(home)

    forecast = preview(home.db, Filters(kinds=("new_version",)))

    assert (len(forecast.items), forecast.of) == (2, 3)
    assert forecast.by_month == {"2026-09": 1, "2026-11": 1}
    assert forecast.items[0].subject == (
        "China · Provisions on Lamp Talk Services: 2 provisions changed, 1 new (art. 15)"
    )


def test_a_preview_owes_nothing_to_anybody(home):
    a_past(home)
    preview(home.db, Filters())

    assert uncomposed_alerts(home.db) == []


def test_words_and_provisions_are_foreseen_too(home):
    a_past(home)

    assert len(preview(home.db, Filters(words=("夜间记录",))).items) == 2
    assert len(preview(home.db, Filters(provisions=("art_99",), kinds=("new_version",))).items) == 0


def test_a_preview_says_how_many_a_week_and_warns_of_noise(home):
    for number in range(200):
        home.happen(key=f"n{number}", at=NOW - timedelta(hours=number))
    result = preview(home.db, Filters())

    assert (168 <= result.per_week(NOW) <= 170, result.last_year(NOW)) == (True, 200)
    assert "more than anybody reads" in result.advice(NOW)
    assert (
        preview(home.db, Filters(jurisdictions=("eu",))).advice(NOW).startswith("nothing that ever happened here fits")
    )
    assert result.last_year(NOW + timedelta(days=800)) == 0
