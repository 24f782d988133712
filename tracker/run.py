"""The story: what happens to a page from the network to the mail, in order, and nowhere else.

Each step asks the database for rows the step before left unfinished and marks them done in the same transaction: kill
the process anywhere, start again, and nothing is lost and nothing is told twice. This is also the only place that
catches the unexpected: that row is set aside with its traceback as a Problem, and the others go on.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sqlite_utils import Database

from crawlers.fetch import FetchJob, FetchPlace, fetch
from storage import checks, messages, pages, problems, snapshots, sources, versions
from storage.archive import Archive
from storage.database import newest_row, open_database, transaction
from storage.records import Outcome, Page, Snapshot, Source, SourceKind, Stage, Standing
from tracker.alerts import AlertSettings, compose_due, deliver_pending, match_events
from tracker.config import Settings
from tracker.errors import UsageError
from tracker.progress import Round, RoundProblem, Silent, Teller
from tracker.schedule import due, is_watched, silent
from tracker.steps import compare_version, read_snapshot

Clock = Callable[[], datetime]
_SILENT = Silent()
OUTBOX = "outbox"  # the "source" of problems that no page causes
_COUNTED = ("pages", "checks", "versions", "changes", "alerts", "instruments")


@dataclass(frozen=True)
class Service:
    """What the journey works with: one database, one archive, the declarations, the settings and a clock."""

    db: Database
    archive: Archive
    sources: Mapping[str, Source]
    settings: Settings
    clock: Clock = lambda: datetime.now(UTC)
    given_clock: bool = False
    folders: tuple[Path, ...] = ()

    @property
    def alert_settings(self) -> AlertSettings:
        """The part of the settings that composing and delivering need."""
        s = self.settings
        return AlertSettings(
            home=s.home,
            base_url=s.base_url,
            mail_from=s.mail_from,
            smtp_url=s.smtp_url or None,
            secret_key=s.key(),
            operator_email=s.operator_email or None,
        )


def open_service(
    settings: Settings,
    declared: Mapping[str, Source],
    folders: tuple[Path, ...],
    clock: Clock | None = None,
    *,
    to_watch: bool = True,
) -> Service:
    """Open the home of *settings*; *to_watch* also records the declared sources.

    Raises StorageError when the database is damaged, another program's or of a newer Clausewatch.
    """
    settings.home.mkdir(parents=True, exist_ok=True)
    db = open_database(settings.database)
    service = Service(
        db,
        Archive(settings.archive),
        declared,
        settings,
        clock or (lambda: datetime.now(UTC)),
        given_clock=clock is not None,
        folders=folders,
    )
    if to_watch:
        sources.sync(db, declared.values(), service.clock())
    return service


def one_round(
    service: Service, named: Sequence[str] | None = None, *, everything: bool = False, teller: Teller = _SILENT
) -> Round:
    """Do everything that is due, in order, and return what came of it.

    *named* sources are looked at whatever their schedule says; *everything* looks at all. Safe to stop and repeat at
    any point. The confirming second fetch of a changed page is made in the same round.
    """
    before = _Marks.of(service)
    wanted = _wanted(service, named, everything=everything)
    teller.step("fetch", f"{len(wanted)} pages")
    _fetch(service, wanted, full=False)
    if fresh := _first_looks(service, before.page):
        _fetch(service, fresh, full=False)
    teller.step("read", "")
    read_new_snapshots(service)
    unsure = _unsure(service, before.rows["versions"])
    if unsure:
        teller.step("confirm", f"{len(unsure)} pages")
        _fetch(service, unsure, full=True)
        read_new_snapshots(service)
        settle_confirmations(service)
    teller.step("compare", "")
    finish(service)
    watch_for_silence(service)
    return before.since(service)


def finish(service: Service) -> None:
    """Take everything already fetched to its end: read, compare, match, compose, deliver."""
    read_new_snapshots(service)
    settle_confirmations(service)
    compare_new_versions(service)
    now, settings = service.clock(), service.alert_settings
    match_events(service.db, now, _guard(service, Stage.MATCH))
    compose_due(service.db, now, settings, _guard(service, Stage.COMPOSE))
    delivered = deliver_pending(service.db, now, settings, _guard(service, Stage.DELIVERY))
    with transaction(service.db):
        if delivered.error:
            problems.open_or_touch(service.db, OUTBOX, Stage.DELIVERY, "mail server", delivered.error, "", now)
        else:
            problems.close(service.db, OUTBOX, Stage.DELIVERY, now)


def read_new_snapshots(service: Service) -> None:
    """Read every snapshot that no one has read; what is no law opens a Problem and is no version."""
    for snapshot in snapshots.unread(service.db):
        page = pages.get(service.db, snapshot.page_id)
        source = service.sources.get(page.source_id)
        with (
            _set_aside(service, page.source_id, Stage.READ, snapshot.url, partial(_skip, service, snapshot)),
            transaction(service.db),
        ):
            if source is None or page.listing or source.kind is SourceKind.NEWS:
                _skip(service, snapshot)
            else:
                read_snapshot(service.db, service.archive, source, page, snapshot, service.clock())


def settle_confirmations(service: Service) -> None:
    """Confirm each version whose page, looked at again, still said the same."""
    for version in versions.unconfirmed(service.db):
        looks = [c for c in checks.of_page(service.db, version.page_id) if c.outcome is not Outcome.FAILED]
        seen = next((i for i, c in enumerate(looks) if c.snapshot_id == version.snapshot_id), None)
        if seen is None:
            continue
        again = [c for c in looks[seen + 1 :] if c.outcome in {Outcome.SAME, Outcome.NOT_MODIFIED}]
        if again:
            with transaction(service.db):
                versions.set_standing(service.db, version.id, Standing.CONFIRMED)


def compare_new_versions(service: Service) -> None:
    """Compare every confirmed version with the one before it, and note the events that follow."""
    for version_id in versions.uncompared(service.db):
        version = versions.get(service.db, version_id)
        mark = partial(versions.mark_compared, service.db, version_id)
        with _set_aside(service, version.source_id, Stage.COMPARE, version_id, mark), transaction(service.db):
            compare_version(service.db, service.archive, service.sources, version, service.clock())


def decide(service: Service, number: int, standing: Standing) -> None:
    """Approve or reject the quarantined version of problem *number*, then tell what follows.

    Raises UsageError when there is no such open problem or it is about no version.
    """
    found = next((p for p in problems.open_problems(service.db) if p.id == number), None)
    if found is None or found.version_id is None:
        raise UsageError(f"problem {number}: not open, or not about a version; see `clausewatch problems`")
    with transaction(service.db):
        versions.set_standing(service.db, found.version_id, standing)
        problems.close_one(service.db, number, service.clock())
    finish(service)


def watch_for_silence(service: Service) -> None:
    """Open a Problem for each source not read within its longest silence, close it for those that were."""
    now = service.clock()
    quiet = silent(service.sources, pages.all_pages(service.db), checks.latest_good(service.db), now)
    with transaction(service.db):
        for source, last in quiet:
            since = f"not read since {last:%Y-%m-%d %H:%M} UTC" if last else "never read since it was declared"
            problems.open_or_touch(service.db, source.id, Stage.SILENCE, "silence", since, source.urls[0], now)
        for source_id in service.sources.keys() - {source.id for source, _ in quiet}:
            problems.close(service.db, source_id, Stage.SILENCE, now)


def _wanted(service: Service, named: Sequence[str] | None, *, everything: bool) -> list[Page]:
    known = [p for p in pages.all_pages(service.db) if is_watched(service.sources, p)]
    if named:
        return [p for p in known if p.source_id in named]
    if everything:
        return known
    return due(service.sources, known, checks.latest(service.db), service.clock())


def _unsure(service: Service, newest_before: int) -> list[Page]:
    """Return the pages to be fetched once more: of every unconfirmed version, and of what this round quarantined."""
    fresh = versions.pages_since(service.db, newest_before)
    waiting = {v.page_id for v in versions.unconfirmed(service.db)}
    waiting |= {v.page_id for v in versions.quarantined(service.db)} & fresh
    found = [pages.get(service.db, page_id) for page_id in sorted(waiting)]
    return [page for page in found if is_watched(service.sources, page)]


def _first_looks(service: Service, newest_before: int) -> list[Page]:
    """Return the pages a list of this round led to that the crawl itself did not look at."""
    looked = checks.latest(service.db)
    return [
        p
        for p in pages.all_pages(service.db)
        if p.id > newest_before and p.id not in looked and is_watched(service.sources, p)
    ]


def _fetch(service: Service, wanted: Sequence[Page], *, full: bool) -> None:
    if not wanted:
        return
    jobs = [FetchJob(p.source_id, (p.url,), full=full) for p in wanted]
    place = FetchPlace(
        home=service.settings.home,
        database=service.settings.database,
        archive=service.settings.archive,
        declarations=service.folders,
        contact=service.settings.contact,
        now=service.clock() if service.given_clock else None,
    )
    fetch(jobs, place)


def _skip(service: Service, snapshot: Snapshot) -> None:
    snapshots.mark_read(service.db, snapshot.id, text_sha256="")


def _guard(service: Service, stage: Stage) -> Callable[[str], _set_aside]:
    """Return what the alert steps put around one row's work; the row stays as it is and is tried again."""
    return lambda key: _set_aside(service, OUTBOX, stage, key, lambda: None)


class _set_aside:  # noqa: N801 - reads as a verb in a with statement
    """Turn the unexpected in one row's work into a Problem, mark the row, and let the others go on."""

    def __init__(self, service: Service, source_id: str, stage: Stage, url: str, mark: Callable[[], None]) -> None:
        self.service, self.source_id, self.stage, self.url, self.mark = service, source_id, stage, url, mark

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> bool:
        if error is None or not isinstance(error, Exception):
            return False
        text = "".join(traceback.format_exception(error))[-4000:]
        with transaction(self.service.db):
            problems.open_or_touch(
                self.service.db, self.source_id, self.stage, "defect", text, self.url, self.service.clock()
            )
            self.mark()
        return True


@dataclass(frozen=True)
class _Marks:
    """The newest row of each table before a round, so that the round can say what it made."""

    rows: Mapping[str, int]
    open_problems: frozenset[int]
    filed: int

    @property
    def page(self) -> int:
        return self.rows["pages"]

    @classmethod
    def of(cls, service: Service) -> _Marks:
        db = service.db
        rows = {table: newest_row(db, table) for table in _COUNTED}
        return cls(rows, frozenset(p.id for p in problems.open_problems(db)), messages.count_handled(db))

    def since(self, service: Service) -> Round:
        db = service.db
        looks = checks.after(db, self.rows["checks"])
        by_page = {c.page_id: c for c in reversed(looks)}
        changed = versions.pages_since(db, self.rows["versions"])
        now_open = problems.open_problems(db)
        touched = [p for p in now_open if p.last_seen_at >= service.clock() or p.id not in self.open_problems]
        return Round(
            checked=len(by_page),
            unchanged=sum(c.outcome is not Outcome.FAILED and c.page_id not in changed for c in by_page.values()),
            new_instruments=newest_row(db, "instruments") - self.rows["instruments"],
            new_versions=newest_row(db, "versions") - self.rows["versions"],
            changes=newest_row(db, "changes") - self.rows["changes"],
            alerts=newest_row(db, "alerts") - self.rows["alerts"],
            emails=messages.count_handled(db) - self.filed,
            problems=tuple(RoundProblem(p.source_id, p.stage.value, p.cause, p.opened_at) for p in touched),
            closed=len(self.open_problems - {p.id for p in now_open}),
        )
