"""What a leaf of the log costs, and a quick and a full look at it: `python -m benchmarks.log_cost`."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.results_page import keep_page
from storage import checks, log, pages, sources
from storage.database.connection import transaction
from storage.records import Outcome, Source
from storage.schema.open import open_database
from tracker.evidence.transparency_log import LogPlaces, record_log
from tracker.evidence.verify_log import verify_log

_NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
MOST_MILLISECONDS = 1.0


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


def main() -> int:
    """Measure, and write the figures; status 1 when a leaf costs more than it may."""
    to_log, to_verify = measure(2_000)
    text = (
        f"# What the log costs\n\nA leaf takes {to_log:.3f} ms to be logged, and {to_verify:.3f} ms to be verified.\n"
    )
    print(text)
    keep_page("log_cost", text)
    return 1 if to_log > MOST_MILLISECONDS else 0


if __name__ == "__main__":
    sys.exit(main())
