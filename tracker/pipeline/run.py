"""The story: what happens to a page from the network to the mail, in order, and nowhere else.

Each step asks the database for rows the step before left unfinished and marks them done in the same transaction: kill
the process anywhere, start again, and nothing is lost and nothing is told twice. This is also the only place that
catches the unexpected: that row is set aside with its traceback as a Problem, and the others go on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from functools import partial

from crawlers.child.fetch import FetchJob, FetchPlace, fetch
from storage import checks, furniture, pages, problems, snapshots, versions
from storage.database.connection import newest_row, transaction
from storage.records import Outcome, Page, ReviewState, Snapshot, SourceKind, Stage
from storage.search import index
from tracker.alerts import compose_due, deliver_pending, match_events, tell_operators
from tracker.alerts.match.withdraw_reminders import withdraw_stale
from tracker.context import AppContext
from tracker.pipeline.error_boundary import (
    OPERATORS,
    OUTBOX,
    SEARCH,
    TEMPLATES,
    BatchBoundary,
    ErrorBoundary,
)
from tracker.pipeline.round_baseline import RoundBaseline
from tracker.pipeline.round_report import NoProgress, Progress, RoundReport
from tracker.pipeline.schedule_inputs import schedule_of
from tracker.pipeline.steps.open_reminders import open_reminders
from tracker.pipeline.versions import flapping, template_changes
from tracker.schedule import is_watched, silent
from tracker.signing import CONFIRM_WITHIN
from tracker.subscriptions.erasure import forget_who_never_confirmed

_SILENT = NoProgress()
_AT_ONCE = timedelta()
_HOUR = timedelta(hours=1)
_MOST_LOOKS = 3
_SEEDS, _ENOUGH = 2, 4  # looks at a page that is new: two, and as many as it takes to learn where they differ
_OF_A_LIST = 3


def one_round(
    service: AppContext,
    named: Sequence[str] | None = None,
    *,
    everything: bool = False,
    patience: timedelta = _AT_ONCE,
    teller: Progress = _SILENT,
) -> RoundReport:
    """Do everything that is due, in order, and return what came of it.

    *named* sources are looked at whatever their schedule says; *everything* looks at all. Safe to stop and repeat at
    any point. The confirming second fetch of a changed page is made in the same round, or in the first one after
    *patience*; a round with patience also leaves to later rounds what would be too much for a host in one hour.
    """
    before = RoundBaseline.of(service)
    wanted = _wanted(service, named, everything=everything, patience=patience)
    teller.step("fetch", f"{len(wanted)} pages")
    _fetch(service, wanted, full=False, patient=not (named or everything))
    teller.step("read", "")
    _look_to_learn(service, before, teller)
    read_new_snapshots(service)
    _look_to_confirm(service, before, patience, teller)
    watch_for_silence(service)
    teller.step("compare", "")
    finish(service)
    return before.since(service)


def _look_to_learn(service: AppContext, before: RoundBaseline, teller: Progress) -> None:
    """Look again at pages that are new, before they are read, to learn what changes by itself.

    A page that says the same twice is looked at twice; one that does not, as often as it takes to know why.
    """
    learned = learn_from_new_snapshots(service)
    while new := _to_learn(service, before):
        teller.step("learn", f"{len(new)} pages")
        looked = newest_row(service.db, "checks")
        _fetch(service, new, full=True)
        learned = learn_from_new_snapshots(service, after=learned)
        if newest_row(service.db, "checks") == looked:
            return


def _look_to_confirm(service: AppContext, before: RoundBaseline, patience: timedelta, teller: Progress) -> None:
    """Look again at what changed, until it is confirmed or known to change by itself; the rest waits for a round."""
    for look in range(_MOST_LOOKS):
        unsure = needs_confirmation(service, before.rows["versions"], patience, first=look == 0)
        if not unsure:
            return
        teller.step("confirm", f"{len(unsure)} pages")
        _fetch(service, unsure, full=True)
        read_new_snapshots(service)
        confirm_versions(service)


def finish(service: AppContext) -> None:
    """Take everything already fetched to its end: read, compare, match, compose, deliver."""
    read_new_snapshots(service)
    resolve_read_problems(service)
    confirm_versions(service)
    with ErrorBoundary(service, TEMPLATES, Stage.COMPARE, "", lambda: None), transaction(service.db):
        template_changes.hold_redesigns(service.db, service.clock())
        template_changes.watch_templates(service.db, service.clock())
        flapping.close_what_rests(service.db, service.clock())
        problems.close(service.db, TEMPLATES, Stage.COMPARE, service.clock())
    compare_new_versions(service)
    with ErrorBoundary(service, SEARCH, Stage.READ, "", lambda: None):
        index.index_new_versions(service.db)
        with transaction(service.db):
            problems.close(service.db, SEARCH, Stage.READ, service.clock())
    now, settings = service.clock(), service.alert_settings
    with closing(BatchBoundary(service, Stage.MATCH)) as guard:
        open_reminders(service.db, now, guard)
        match_events(service.db, now, guard)
    with closing(BatchBoundary(service, Stage.COMPOSE)) as guard:
        forget_who_never_confirmed(service.db, settings.emails, now - CONFIRM_WITHIN)
        withdraw_stale(service.db, now)
        compose_due(service.db, now, settings, guard)
    with ErrorBoundary(service, OPERATORS, Stage.COMPOSE, "", lambda: None):
        titles = {source.id: source.title for source in service.sources.values()}
        tell_operators(service.db, titles, settings, now)
    delivered = deliver_pending(service.db, now, settings, BatchBoundary(service, Stage.DELIVERY))
    with transaction(service.db):
        if delivered.error:
            problems.open_or_touch(service.db, OUTBOX, Stage.DELIVERY, "mail server", delivered.error, "", now)
        else:
            problems.close(service.db, OUTBOX, Stage.DELIVERY, now)


def learn_from_new_snapshots(service: AppContext, after: int = 0) -> int:
    """Learn what changes by itself from each unread snapshot after the one with this id; return the newest one's id."""
    newest = after
    for snapshot in snapshots.unread_snapshots(service.db):
        page = pages.get(service.db, snapshot.page_id)
        newest = max(newest, snapshot.id)
        if snapshot.id > after and _is_read(service, page):
            from tracker.pipeline.steps.learn_furniture import learn_from  # noqa: PLC0415

            mark = partial(_skip, service, snapshot)
            with ErrorBoundary(service, page.source_id, Stage.READ, snapshot.url, mark), transaction(service.db):
                learn_from(service.db, service.archive, page, snapshot)
    return newest


def read_new_snapshots(service: AppContext) -> None:
    """Read every snapshot that no one has read; what is no law opens a Problem and is no version."""
    learn_from_new_snapshots(service)
    for snapshot in snapshots.unread_snapshots(service.db):
        page = pages.get(service.db, snapshot.page_id)
        with (
            ErrorBoundary(service, page.source_id, Stage.READ, snapshot.url, partial(_skip, service, snapshot)),
            transaction(service.db),
        ):
            if not snapshots.is_unread(service.db, snapshot.id):
                continue
            if _is_read(service, page):
                from tracker.pipeline.versions.record_version import read_snapshot  # noqa: PLC0415 - most rounds read nothing, and stay light

                read_snapshot(service.db, service.archive, service.sources, page, snapshot, service.clock())
            else:
                _skip(service, snapshot)


def resolve_read_problems(service: AppContext) -> None:
    """Close the read problem of each source none of whose pages is misread: the last of them may have gone."""
    for problem in problems.open_problems(service.db):
        ours = problem.stage is Stage.READ and problem.source_id in service.sources
        if ours and not snapshots.misread(service.db, problem.source_id):
            problems.close(service.db, problem.source_id, Stage.READ, service.clock())


def confirm_versions(service: AppContext) -> None:
    """Confirm each version whose page, looked at again, still said the same."""
    for version in versions.unconfirmed_versions(service.db):
        if checks.seen_again(service.db, version.page_id, version.snapshot_id):
            with transaction(service.db):
                versions.set_standing(service.db, version.id, ReviewState.CONFIRMED)


def compare_new_versions(service: AppContext) -> None:
    """Compare every confirmed version with the one before it, and note the events that follow."""
    for row in versions.uncompared_versions(service.db):
        mark = partial(versions.mark_compared, service.db, row.id)
        with ErrorBoundary(service, row.source_id, Stage.COMPARE, row.id, mark), transaction(service.db):
            if versions.is_uncompared(service.db, row.id):
                from tracker.pipeline.versions.record_version import compare_version  # noqa: PLC0415

                version = versions.get(service.db, row.id)
                compare_version(service.db, service.archive, service.sources, version, service.clock())


def watch_for_silence(service: AppContext) -> None:
    """Open a Problem for each source not read within its longest silence, close it for those that were."""
    now = service.clock()
    quiet = silent(service.sources, pages.all_pages(service.db), checks.latest_good(service.db), now)
    with transaction(service.db):
        for source, last in quiet:
            since = f"not read since {last:%Y-%m-%d %H:%M} UTC" if last else "never read since it was declared"
            problems.open_or_touch(service.db, source.id, Stage.SILENCE, "silence", since, source.urls[0], now)
        for source_id in service.sources.keys() - {source.id for source, _ in quiet}:
            problems.close(service.db, source_id, Stage.SILENCE, now)


def _wanted(
    service: AppContext, named: Sequence[str] | None, *, everything: bool, patience: timedelta
) -> Sequence[Page]:
    if named or everything:
        known = [p for p in pages.all_pages(service.db) if is_watched(service.sources, p)]
        return [p for p in known if everything or p.source_id in (named or ())]
    now, schedule = service.clock(), schedule_of(service)
    found = schedule.due(now)
    if not patience:
        return found
    return schedule.within_hours_share(found, [c.page_id for c in checks.since(service.db, now - _HOUR)])


def _to_learn(service: AppContext, before: RoundBaseline) -> list[Page]:
    """Return the pages first looked at in this round whose looks do not yet tell what changes by itself.

    Of what a list leads to, the first few pages are enough: what they show helps with the others of the host.
    """
    unsettled = furniture.pages_with_candidates(service.db)
    found: list[Page] = []
    of_list: Counter[str] = Counter()
    for page_id, looks in checks.first_looks(service.db, before.rows["checks"]).items():
        page, last = pages.get(service.db, page_id), checks.last(service.db, page_id)
        if not _is_read(service, page) or last is None or last.outcome is Outcome.FAILED:
            continue
        found_by_list = page.url not in service.sources[page.source_id].urls
        of_list[page.source_id] += found_by_list
        enough = _ENOUGH if page_id in unsettled else _SEEDS
        if looks < enough and not (found_by_list and of_list[page.source_id] > _OF_A_LIST):
            found.append(page)
    return found


def _is_read(service: AppContext, page: Page) -> bool:
    """Say whether what a page holds is read as law, or only walked and listed."""
    source = service.sources.get(page.source_id)
    return source is not None and not page.listing and source.kind is not SourceKind.NEWS


def needs_confirmation(service: AppContext, newest_before: int, patience: timedelta, *, first: bool) -> list[Page]:
    """Return the pages to be fetched once more: of every unconfirmed version, and of what this round quarantined."""
    fresh = versions.pages_since(service.db, newest_before)
    ripe = service.clock() - patience
    waiting = {v.page_id for v in versions.unconfirmed_versions(service.db) if v.seen_at <= ripe}
    if first:
        waiting |= {v.page_id for v in versions.quarantined_versions(service.db)} & fresh
    found = [pages.get(service.db, page_id) for page_id in sorted(waiting)]
    return [page for page in found if is_watched(service.sources, page)]


def _fetch(service: AppContext, wanted: Sequence[Page], *, full: bool, patient: bool = False) -> None:
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


def _skip(service: AppContext, snapshot: Snapshot) -> None:
    snapshots.mark_read(service.db, snapshot.id, text_sha256="")
