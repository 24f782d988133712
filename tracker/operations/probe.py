"""Probe: one polite look at sources (robots.txt, list, a detail, a text), with a verdict for each and what mends it."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from crawlers.child.fetch import FetchJob, FetchPlace, fetch
from crawlers.declaration.proposals import find_proposal
from crawlers.failure_causes import Cause
from storage import checks, pages, problems, snapshots
from storage import sources as stored_sources
from storage.archive import Archive
from storage.records import Outcome, Page, Problem, Source
from storage.schema.open import open_database
from tracker.config import Settings
from tracker.context import AppContext
from tracker.operations.dry_run import DryRun, judge, trial_settings
from tracker.pipeline.steps.read_snapshots import read_snapshots
from tracker.pipeline.versions.reading_attempt import attempt

_NEW_PAGES = 2  # of a list: one detail and one text
_BATCH = 24  # sources that one crawl looks at: progress is told after each
_MOST_TITLES = 5
_WALL_STATUS = {401, 403, 407, 412, 418, 429, 503, 521}
_WALLS = {Cause.CHALLENGE, Cause.BLOCKED, Cause.LOGIN, Cause.BACK_OFF, Cause.ELSEWHERE}
_OTHER_SHAPE = {
    Cause.SHAPE_CHANGED, Cause.TOO_FEW_ITEMS, Cause.TOO_MANY_ITEMS, Cause.UNREADABLE, Cause.EMPTY_SHELL, Cause.EMPTY,
    Cause.WRONG_TYPE, Cause.OTHER_LANGUAGE, Cause.NOT_RENDERED,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProbeResult:
    """What one look at a source came to: a verdict (works, robots, wall …), why, and what would mend it."""

    id: str
    verdict: str
    rows: int
    titles: tuple[str, ...]
    read: Mapping[str, Any] | None
    why: str | None
    proposal: Mapping[str, Any] | None
    trial: DryRun | None = None

    def shape(self) -> dict[str, Any]:
        """Return it for JSON."""
        return {key: value for key, value in asdict(self).items() if key != "trial"}


def probe(
    source_ids: Sequence[str],
    sources: Mapping[str, Source],
    settings: Settings,
    *,
    dormant_too: bool = False,
    record: Path | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> list[ProbeResult]:
    """Look once at each source, in a folder that is thrown away; *record* keeps the answers for tests to play.

    With *dormant_too*, those that no round asks are looked at, too, but for those that wait for a key.
    """
    asked_ids = [source_id for source_id in source_ids if _is_asked(sources[source_id], dormant_too=dormant_too)]
    with TemporaryDirectory(prefix="clausewatch-") as name:
        home = Path(name)
        folders = tuple(settings.folders)
        place = FetchPlace(
            home, home / "db", home / "archive", folders, settings.contact,
            most_new=_NEW_PAGES, private_targets=settings.private_targets, trust_clock=True,
        )  # fmt: skip
        with contextlib.closing(open_database(place.database)) as db:
            stored_sources.sync(db, sources.values(), datetime.now(UTC))
        for start in range(0, len(asked_ids), _BATCH):
            fetch([FetchJob(source_id) for source_id in asked_ids[start : start + _BATCH]], place)
            tell(f"{min(start + _BATCH, len(asked_ids))} of {len(asked_ids)} sources looked at")
        with contextlib.closing(open_database(place.database)) as db:
            service = AppContext(db, Archive(place.archive), sources, trial_settings(home, settings.contact))
            read_snapshots(service)
            if record is not None:
                _record(service, asked_ids, record)
            return [_result(service, sources[one], settings.home, is_asked=one in asked_ids) for one in source_ids]


def _is_asked(source: Source, *, dormant_too: bool) -> bool:
    return not source.dormant or (dormant_too and source.key is None)


def _result(service: AppContext, source: Source, home: Path, *, is_asked: bool) -> ProbeResult:
    if not is_asked:
        return ProbeResult(source.id, "dormant", 0, (), None, source.dormant, None)
    watched_pages = pages.of_source(service.db, source.id)
    listed_pages = [page for page in watched_pages if page.url not in source.urls]
    problem = next((p for p in problems.open_problems(service.db) if p.source_id == source.id), None)
    titles = tuple(page.title for page in listed_pages if page.title)[:_MOST_TITLES]
    proposal = find_proposal(service.settings.home, source.id)
    if proposal is not None:
        _hand_on(service.settings.home, home, source.id)
    return ProbeResult(
        source.id,
        _verdict(problem, has_rows=bool(listed_pages)),
        len(listed_pages),
        titles,
        _text_read(service, source, watched_pages),
        problem.text if problem else None,
        {"params": dict(proposal.params), "evidence": proposal.evidence} if proposal else None,
        judge(service, source),
    )


def _hand_on(probe_home: Path, home: Path, source_id: str) -> None:
    """Keep a proposal beyond the folder that is thrown away, so that it can be accepted."""
    name = f"proposals/{source_id}.json"
    (home / name).parent.mkdir(parents=True, exist_ok=True)
    (home / name).write_bytes((probe_home / name).read_bytes())


def _verdict(problem: Problem | None, *, has_rows: bool) -> str:
    if problem is None:
        return "works"
    if problem.cause == Cause.ROBOTS:
        return "robots"
    status = re.search(r"\banswers (\d{3})\b", problem.text)
    if problem.cause in _WALLS or (status and int(status[1]) in _WALL_STATUS):
        return "wall"
    is_read = problem.cause not in set(Cause)  # something arrived, and was no law
    if is_read and has_rows:
        return "unreadable"  # the list is as declared; what it leads to wants another reader, or a converter
    return "shape_changed" if is_read or problem.cause in _OTHER_SHAPE else "dead"


def _text_read(service: AppContext, source: Source, watched_pages: Sequence[Page]) -> Mapping[str, Any] | None:
    """Return what the first text that can be read is: its title and how many units of each kind it has."""
    looks = checks.latest(service.db)
    for page in watched_pages:
        snapshot = snapshots.latest(service.db, page.id)
        if page.listing or snapshot is None or looks[page.id].outcome is Outcome.FAILED:
            continue
        reading = attempt(service.db, service.archive, source, page, snapshot).reading
        if reading is not None and reading.provisions:
            return {"instrument": page.instrument_id or None, "title": reading.title, "counts": reading.counts}
    return None


def _record(service: AppContext, source_ids: Sequence[str], folder: Path) -> None:
    """Keep what arrived as files with a table of answers, in the form that a player of answers reads."""
    answers = []
    for source_id in source_ids:
        for page in pages.of_source(service.db, source_id):
            snapshot = snapshots.latest(service.db, page.id)
            if snapshot is not None:
                parts = urlsplit(snapshot.url)
                file = f"{source_id}/{snapshot.sha256[:12]}"
                (folder / file).parent.mkdir(parents=True, exist_ok=True)
                (folder / file).write_bytes(service.archive.body(snapshot.archived_as))
                answers.append(
                    {
                        "source": source_id,
                        "host": parts.netloc,
                        "method": "*",
                        "path": f"^{re.escape(parts.path)}$",
                        "query": re.escape(parts.query),
                        "status": snapshot.status,
                        "headers": {"Content-Type": snapshot.media_type},
                        "file": file,
                        "grade": "recorded",
                        "origin": f"probe of {snapshot.fetched_at:%Y-%m-%d}",
                    }
                )
    folder.mkdir(parents=True, exist_ok=True)
    table = json.dumps({"answers": answers}, ensure_ascii=False, indent=1)
    (folder / "answers.json").write_text(table, encoding="utf-8")
