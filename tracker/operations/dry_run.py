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
from storage.records import Outcome, Page, ProvisionKind, Reading, Source, SourceKind
from storage.schema.open import open_database
from tracker.pipeline.versions.reading_attempt import hints_for
from tracker.reading import RefusedError, read

_OPERATIVE = frozenset({ProvisionKind.ARTICLE, ProvisionKind.RULE, ProvisionKind.REGULATION, ProvisionKind.SECTION})
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
    wanted: Sequence[str],
    sources: Mapping[str, Source],
    folders: Sequence[Path],
    contact: str,
    *,
    timeout: timedelta | None = None,
) -> list[DryRun]:
    """Look once at each of *wanted*, in a folder that is thrown away; what takes longer than *timeout* is a problem."""
    with TemporaryDirectory(prefix="clausewatch-") as name:
        home = Path(name)
        place = FetchPlace(home, home / "db", home / "archive", tuple(folders), contact, most_new=_NEW_PAGES)
        with contextlib.closing(open_database(place.database)) as db:
            stored_sources.sync(db, sources.values(), datetime.now(UTC))
        fetch([FetchJob(source_id) for source_id in wanted], place, timeout=timeout)
        with contextlib.closing(open_database(place.database)) as db:
            return [_trial(db, Archive(place.archive), sources[source_id]) for source_id in wanted]


def _trial(db: Database, archive: Archive, source: Source) -> DryRun:
    watched = pages.of_source(db, source.id)
    items = [page for page in watched if page.url not in source.urls]
    failed = next((p for p in problems.open_problems(db) if p.source_id == source.id), None)
    if failed is not None:
        return DryRun(source.id, failed.cause, len(items), 0, "", failed.text)
    looks = checks.latest(db)
    read_pages = [p for p in watched if not p.listing and p.id in looks and looks[p.id].outcome is not Outcome.FAILED]
    if source.kind is SourceKind.NEWS or not read_pages:
        return DryRun(source.id, "", len(items), 0, items[0].title if items else "", "")
    return _read(db, archive, source, read_pages[0], len(items))


def _read(db: Database, archive: Archive, source: Source, page: Page, items: int) -> DryRun:
    snapshot = snapshots.latest(db, page.id)
    assert snapshot is not None, "a look that did not fail kept something"
    try:
        reading = read(archive.body(snapshot.archived_as), hints_for(source, page, snapshot))
    except RefusedError as error:
        return DryRun(source.id, "refused", items, 0, page.title, str(error))
    count, least = units(reading), source.expect.min_provisions
    problem = "too few provisions" if count < least else ""
    text = f"{count} provisions read, at least {least} expected" if problem else ""
    fatal = next((flaw for flaw in reading.flaws if flaw.fatal), None)
    if fatal:
        problem, text = fatal.cause, fatal.text
    return DryRun(source.id, problem, items, count, reading.title, text)


def units(reading: Reading) -> int:
    """Return how many articles, sections or rules were read, or pieces of a text that has none."""
    operative = sum(1 for provision in reading.walk() if provision.kind in _OPERATIVE)
    return operative or sum(1 for provision in reading.provisions if provision.kind is not ProvisionKind.RECITAL)
