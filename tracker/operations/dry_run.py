"""Dry run: try declarations on the web, read-only; everything happens in a folder that is thrown away."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlite_utils import Database

from crawlers.child.fetch import FetchJob, FetchPlace, fetch
from storage import checks, pages, problems, snapshots
from storage import sources as stored_sources
from storage.archive import Archive
from storage.records import Outcome, Page, Problem, Source, SourceKind, Stage
from storage.schema.open import open_database
from tracker.config import Settings
from tracker.context import AppContext
from tracker.pipeline.error_boundary import DEFECT
from tracker.pipeline.steps.read_snapshots import read_snapshots
from tracker.pipeline.versions.reading_attempt import DOUBTFUL, attempt, operative

_NEW_PAGES = 2  # of a list: enough to see whether its pages can be read


@dataclass(frozen=True, slots=True)
class DryRun:
    """What came of one look at one source; ``problem`` is empty when its expectations hold."""

    id: str
    problem: str
    items: int
    provisions: int
    title: str
    text: str

    def shape(self) -> dict[str, Any]:
        """Return it for JSON."""
        return asdict(self)


def try_out(
    wanted_url: Sequence[str],
    sources: Mapping[str, Source],
    folders: Sequence[Path],
    contact: str,
    *,
    private_targets: str = "",
    timeout: timedelta | None = None,
) -> list[DryRun]:
    """Look once at each of *wanted_url*, in a folder that is thrown away; longer than *timeout* is a problem.

    What was fetched is read by the step of the journey itself, so that a dry run says what a first check would.
    """
    with TemporaryDirectory(prefix="clausewatch-") as name:
        home = Path(name)
        place = FetchPlace(
            home, home / "db", home / "archive", tuple(folders), contact,
            most_new=_NEW_PAGES, private_targets=private_targets, trust_clock=True,
        )  # fmt: skip
        with contextlib.closing(open_database(place.database)) as db:
            stored_sources.sync(db, sources.values(), datetime.now(UTC))
        fetch([FetchJob(source_id) for source_id in wanted_url], place, timeout=timeout)
        with contextlib.closing(open_database(place.database)) as db:
            service = AppContext(db, Archive(place.archive), sources, trial_settings(home, contact))
            read_snapshots(service)
            return [judge(service, sources[source_id]) for source_id in wanted_url]


def judge(service: AppContext, source: Source) -> DryRun:
    """Return what one look at a source came to, as a first check would judge it."""
    db = service.db
    watched_pages = pages.of_source(db, source.id)
    items = [page for page in watched_pages if page.url not in source.urls]
    problem = next((p for p in problems.open_problems(db) if p.source_id == source.id), None)
    page = _page_shown(db, watched_pages, problem)
    if source.kind is SourceKind.NEWS or page is None:
        title = items[0].title if items and problem is None else ""
        return DryRun(
            source.id, problem.cause if problem else "", len(items), 0, title, problem.text if problem else ""
        )
    return _with_reading(service, source, page, problem, len(items))


def _page_shown(db: Database, watched_pages: Sequence[Page], problem: Problem | None) -> Page | None:
    """Return the page whose reading is shown: the one the problem is about, else the first that was read."""
    if problem is not None and problem.stage is not Stage.READ:
        return None
    looks = checks.latest(db)
    read_pages = [p for p in watched_pages if not p.listing and p.id in looks]
    candidates = [p for p in read_pages if looks[p.id].outcome is not Outcome.FAILED]
    return next((p for p in candidates if problem is None or p.url == problem.url), None)


def _with_reading(service: AppContext, source: Source, page: Page, problem: Problem | None, items: int) -> DryRun:
    if problem is not None and problem.cause == DEFECT:
        return DryRun(source.id, problem.cause, items, 0, page.title, problem.text)
    snapshot = snapshots.latest(service.db, page.id)
    assert snapshot is not None, "a look that did not fail kept something"
    result = attempt(service.db, service.archive, source, page, snapshot)
    count = len(operative(result.reading)) if result.reading else 0
    title = result.reading.title if result.reading else page.title
    cause = result.cause or (DOUBTFUL if result.doubts else "")
    return DryRun(source.id, cause, items, count, title, result.text or result.doubts)


def trial_settings(home: Path, contact: str) -> Settings:
    """Return the settings of a trial in a home of its own; the store that is configured is not touched."""
    return Settings(home=home, contact=contact, database_url="")
