"""The story: what happens to a page from the network to the mail, in order, and nowhere else.

Each step asks the database for rows the step before left unfinished and marks them done in the same transaction: kill
the process anywhere, start again, and nothing is lost and nothing is told twice. This is also the only place that
catches the unexpected: that row is set aside with its traceback as a Problem, and the others go on.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from crawlers.fetch import FetchJob, FetchPlace, fetch
from storage import checks, pages, problems, search, snapshots, versions
from storage.database import transaction
from storage.records import Outcome, Page, Snapshot, SourceKind, Stage, Standing
from tracker.alerts import compose_due, deliver_pending, match_events
from tracker.aside import OUTBOX, SEARCH, SetAside, guard
from tracker.errors import UsageError
from tracker.progress import Round, Silent, Teller
from tracker.reminders import open_reminders
from tracker.schedule import due, is_watched, silent
from tracker.service import Service
from tracker.steps import compare_version, read_snapshot
from tracker.tally import Tally

_SILENT = Silent()
_AT_ONCE = timedelta()


def one_round(
    service: Service,
    named: Sequence[str] | None = None,
    *,
    everything: bool = False,
    patience: timedelta = _AT_ONCE,
    teller: Teller = _SILENT,
) -> Round:
    """Do everything that is due, in order, and return what came of it.

    *named* sources are looked at whatever their schedule says; *everything* looks at all. Safe to stop and repeat at
    any point. The confirming second fetch of a changed page is made in the same round, or in the first one after
    *patience*.
    """
    before = Tally.of(service)
    wanted = _wanted(service, named, everything=everything)
    teller.step("fetch", f"{len(wanted)} pages")
    _fetch(service, wanted, full=False, patient=not (named or everything))
    teller.step("read", "")
    read_new_snapshots(service)
    unsure = _unsure(service, before.rows["versions"], patience)
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
    with SetAside(service, SEARCH, Stage.READ, "", lambda: None):
        search.index_new_versions(service.db)
    now, settings = service.clock(), service.alert_settings
    open_reminders(service.db, now, guard(service, Stage.MATCH))
    match_events(service.db, now, guard(service, Stage.MATCH))
    compose_due(service.db, now, settings, guard(service, Stage.COMPOSE))
    delivered = deliver_pending(service.db, now, settings, guard(service, Stage.DELIVERY))
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
            SetAside(service, page.source_id, Stage.READ, snapshot.url, partial(_skip, service, snapshot)),
            transaction(service.db),
        ):
            if not snapshots.is_unread(service.db, snapshot.id):
                continue
            if source is None or page.listing or source.kind is SourceKind.NEWS:
                _skip(service, snapshot)
            else:
                read_snapshot(service.db, service.archive, service.sources, page, snapshot, service.clock())


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
        with SetAside(service, version.source_id, Stage.COMPARE, version_id, mark), transaction(service.db):
            if versions.is_uncompared(service.db, version_id):
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


def _unsure(service: Service, newest_before: int, patience: timedelta) -> list[Page]:
    """Return the pages to be fetched once more: of every unconfirmed version, and of what this round quarantined."""
    fresh = versions.pages_since(service.db, newest_before)
    ripe = service.clock() - patience
    waiting = {v.page_id for v in versions.unconfirmed(service.db) if v.seen_at <= ripe}
    waiting |= {v.page_id for v in versions.quarantined(service.db)} & fresh
    found = [pages.get(service.db, page_id) for page_id in sorted(waiting)]
    return [page for page in found if is_watched(service.sources, page)]


def _fetch(service: Service, wanted: Sequence[Page], *, full: bool, patient: bool = False) -> None:
    """Look at pages; a *patient* look leaves alone a host that asked us to wait, one a person asked for does not."""
    if not wanted:
        return
    jobs = [FetchJob(p.source_id, (p.url,), full=full, patient=patient) for p in wanted]
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
