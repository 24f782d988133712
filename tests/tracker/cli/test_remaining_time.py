"""Long commands say how much is done and how long it still takes."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from storage import checks, pages, sources
from storage.records import Outcome, Source
from tracker.cli.remaining_time import RemainingTime, RoundProgress, duration


@pytest.fixture
def lines():
    return []


def test_counts_are_told_with_the_time_that_is_left(lines):
    now = [0.0]
    clock = RemainingTime(lines.append, lambda: now[0])
    for count, at in ((10, 10.0), (20, 20.0), (100, 100.0)):
        now[0] = at
        clock(f"read {count} of 100 versions")

    assert lines == [
        "  read 10 of 100 versions, about 2 min left",
        "  read 20 of 100 versions, about 1 min left",
        "  read 100 of 100 versions",
    ]


def test_another_kind_of_work_is_estimated_anew(lines):
    now = [0.0]
    clock = RemainingTime(lines.append, lambda: now[0])
    now[0] = 100.0
    clock("snapshot: 50 of 100")
    clock("version: 10 of 100")
    now[0] = 110.0
    clock("version: 20 of 100")

    assert lines[1:] == ["  version: 10 of 100", "  version: 20 of 100, about 1 min left"]


def test_what_holds_no_count_is_told_as_it_is(lines):
    RemainingTime(lines.append)("database")

    assert lines == ["  database"]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 s"), (59, "59 s"), (61, "1 min"), (3599, "60 min"), (7200, "2 h"), (7500, "2 h 5 min")],
)
def test_a_duration_is_for_people(seconds, words):
    assert duration(seconds) == words


def test_pages_are_counted_while_they_are_fetched(db, tmp_path, lines):
    now = datetime(2026, 3, 2, tzinfo=UTC)
    source = Source("eu_lamps", "eu", "Lamps", (), "en", "page", ("https://lamps.example",), timedelta(days=1))
    sources.sync(db, [source], now)
    numbers = [pages.add(db, source.id, f"https://lamps.example/{n}", listing=False, now=now) for n in range(4)]
    progress = RoundProgress(tmp_path / "clausewatch.db", lines.append, pause=0.05)

    progress.step("fetch", "4 pages")
    for number in (*numbers[:3], numbers[0]):
        checks.add(db, number, now, Outcome.SAME, status=200)
    for _ in range(500):
        if any("3 of 4" in line for line in lines):
            break
        time.sleep(0.02)
    progress.step("read", "")

    assert lines[0] == "  fetch 4 pages"
    assert any(line.startswith("  fetched 3 of 4 pages") for line in lines)
    assert lines[-1] == "  read"
