"""What a leaf of the log costs, and the log's share of a round's time: `python -m benchmarks.log_cost`."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.results_page import keep_page
from benchmarks.tampering.home import open_home
from crawlers.practice import Practice
from crawlers.practice import declarations as practice_declarations
from storage import checks, log, pages, sources
from storage.database.connection import transaction
from storage.records import Outcome, Source
from storage.schema.open import open_database
from tracker.context import AppContext
from tracker.evidence.transparency_log import LogPlaces, record_log
from tracker.evidence.verify_log import verify_log
from tracker.pipeline import run

_NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
MOST_MILLISECONDS = 1.0
MOST_SHARE = 0.05


def measure(looks: int, rounds: int = 5) -> tuple[float, float]:
    """Return the milliseconds a leaf takes to be logged and signed, and those of verifying one."""
    with TemporaryDirectory(prefix="clausewatch-") as folder:
        home = Path(folder)
        db, places = open_database(home / "db"), LogPlaces(home, home / "archive", "watch.example")
        source = Source("eu_x", "eu", "X", ("eu_ep",), "en", "page", ("https://law.example/x",), timedelta(days=1))
        sources.sync(db, [source], _NOW)
        [page] = pages.of_source(db, source.id)
        seconds = 0.0
        for number in range(rounds):
            at = _NOW + timedelta(hours=number)
            with transaction(db):
                for look in range(looks):
                    checks.add(db, page.id, at + timedelta(seconds=look), Outcome.SAME, 304)
            start = time.perf_counter()
            record_log(db, places, at + timedelta(hours=1))
            seconds += time.perf_counter() - start
        size = log.size(db)
        start = time.perf_counter()
        assert list(verify_log(db, places)) == []
        verifying_seconds = time.perf_counter() - start
        db.close()
    return seconds * 1000 / size, verifying_seconds * 1000 / size


def share_of_rounds(last_day: int = 4) -> float:
    """Return which share of the time of rounds over the practice regulators the log's step takes."""
    seconds = {"log": 0.0, "round": 0.0}
    with TemporaryDirectory(prefix="clausewatch-") as folder, Practice() as practice:
        declarations = Path(folder) / "declarations"
        for name, text in practice_declarations(practice.origins).items():
            path = declarations / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        for practice.day in range(1, last_day + 1):
            with open_home(Path(folder) / "home", declarations, practice.day) as service, _step_timed(seconds):
                start = time.perf_counter()
                run.one_round(service, all_pages=True)
                seconds["round"] += time.perf_counter() - start
    return seconds["log"] / seconds["round"]


@contextmanager
def _step_timed(seconds: dict[str, float]) -> Iterator[None]:
    """Let the log's step be timed while rounds are made."""

    def timed_step(service: AppContext) -> None:
        start = time.perf_counter()
        steps[-1](service)
        seconds["log"] += time.perf_counter() - start

    steps = run.DELIVER
    run.DELIVER = (*steps[:-1], timed_step)
    try:
        yield
    finally:
        run.DELIVER = steps


def main() -> int:
    """Measure, and write the figures; status 1 when the log costs more than it may."""
    to_log, to_verify = measure(2_000)
    share = share_of_rounds()
    text = (
        f"# What the log costs\n\nA leaf takes {to_log:.3f} ms to be logged, and {to_verify:.3f} ms to be verified; "
        f"the log's step takes {share:.1%} of the time of four rounds over the practice regulators.\n"
    )
    print(text)
    keep_page("log_cost", text)
    return 1 if to_log > MOST_MILLISECONDS or share > MOST_SHARE else 0


if __name__ == "__main__":
    sys.exit(main())
