"""Long commands say how much is done and how long it still takes."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from storage import checks, pages, sources
from storage.records import Outcome, Source
from tracker.cli.remaining_time import RemainingTime, RoundProgress, duration


@pytest.fixture
def told():
    return []


def test_counts_are_told_with_the_time_that_is_left(told):
    now = [0.0]
    timed = RemainingTime(told.append, lambda: now[0])
    for done, at in ((10, 10.0), (20, 20.0), (100, 100.0)):
        now[0] = at
        timed(f"read {done} of 100 versions")

    assert told == [
        "  read 10 of 100 versions, about 2 min left",
        "  read 20 of 100 versions, about 1 min left",
        "  read 100 of 100 versions",
    ]


def test_another_kind_of_work_is_estimated_anew(told):
    now = [0.0]
    timed = RemainingTime(told.append, lambda: now[0])
    now[0] = 100.0
    timed("snapshot: 50 of 100")
    timed("version: 10 of 100")
    now[0] = 110.0
    timed("version: 20 of 100")

    assert told[1:] == ["  version: 10 of 100", "  version: 20 of 100, about 1 min left"]


def test_what_holds_no_count_is_told_as_it_is(told):
    RemainingTime(told.append)("database")

    assert told == ["  database"]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 s"), (59, "59 s"), (61, "1 min"), (3599, "60 min"), (7200, "2 h"), (7500, "2 h 5 min")],
)
def test_a_duration_is_for_people(seconds, words):
    assert duration(seconds) == words


def test_pages_are_counted_while_they_are_fetched(db, tmp_path, told):
    now = datetime(2026, 3, 2, tzinfo=UTC)
    source = Source("eu_lamps", "eu", "Lamps", (), "en", "page", ("https://lamps.example",), timedelta(days=1))
    sources.sync(db, [source], now)
    numbers = [pages.add(db, source.id, f"https://lamps.example/{n}", listing=False, now=now) for n in range(4)]
    progress = RoundProgress(tmp_path / "clausewatch.db", told.append, pause=0.05)

    progress.step("fetch", "4 pages")
    for number in (*numbers[:3], numbers[0]):
        checks.add(db, number, now, Outcome.SAME, status=200)
    for _ in range(500):
        if any("3 of 4" in line for line in told):
            break
        time.sleep(0.02)
    progress.step("read", "")

    assert told[0] == "  fetch 4 pages"
    assert any(line.startswith("  fetched 3 of 4 pages") for line in told)
    assert told[-1] == "  read"
