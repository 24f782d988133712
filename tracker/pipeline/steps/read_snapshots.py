"""Read snapshots: each one that nobody has read becomes a version, nothing new, or a Problem."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from storage import pages, problems, snapshots
from storage.database.connection import transaction
from storage.records import Page, SourceKind, Stage, Subject, SubjectKind
from tracker.context import AppContext
from tracker.logs import logged_step
from tracker.pipeline.error_boundary import DEFECT, ErrorBoundary
from tracker.pipeline.versions.release import release_stamp
from tracker.schedule import is_watched

_OF_PAGES = {Stage.FETCH, Stage.PAGE, Stage.READ, Stage.COMPARE}


def every_page(_page: Page) -> bool:
    """Return that a page is among those to read: one machine reads them all."""
    return True


@logged_step
def read_snapshots(service: AppContext, is_ours: Callable[[Page], bool] = every_page) -> None:
    """Read every snapshot that no one has read, of the pages that *is_ours*.

    What is no law opens a Problem and is no version.
    """
    release = release_stamp()
    for snapshot in snapshots.unread_snapshots(service.db, release):
        page = pages.get(service.db, snapshot.page_id)
        if not is_ours(page):
            continue
        mark = partial(snapshots.mark_failed, service.db, snapshot.id, release)
        with ErrorBoundary(service, Subject.of_page(page), Stage.READ, mark), transaction(service.db):
            if not snapshots.is_unread(service.db, snapshot.id):
                continue
            if is_read(service, page):
                from tracker.pipeline.versions.record_version import read_snapshot  # noqa: PLC0415 - lightness: most rounds read nothing, and start without the reader

                read_snapshot(service.db, service.archive, service.sources, page, snapshot, service.clock())
            else:
                snapshots.mark_read(service.db, snapshot.id, text_sha256="")
            snapshots.pass_over_failed(service.db, page.id, snapshot.id)


@logged_step
def resolve_read_problems(service: AppContext) -> None:
    """End the problems of pages that are looked at no longer, or that an operator knows to be no law."""
    for problem in problems.open_subjects(service.db):
        if problem.subject_kind is not SubjectKind.PAGE or problem.stage not in _OF_PAGES:
            continue
        page = pages.get(service.db, int(problem.subject_id))
        is_known = page.dismissed and problem.stage is Stage.READ and problem.cause != DEFECT
        if is_known or not is_watched(service.sources, page):
            with transaction(service.db):
                problems.close_one(service.db, problem.id, service.clock())


def is_read(service: AppContext, page: Page) -> bool:
    """Return whether what a page holds is read as law, or only walked and listed."""
    source = service.sources.get(page.source_id)
    return source is not None and not page.listing and source.kind is not SourceKind.NEWS
