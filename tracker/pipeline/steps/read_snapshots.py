"""Read snapshots: each one that nobody has read becomes a version, nothing new, or a Problem."""

from __future__ import annotations

from functools import partial

from storage import pages, problems, snapshots
from storage.database.connection import transaction
from storage.records import Page, Snapshot, SourceKind, Stage
from tracker.context import AppContext
from tracker.logs import logged_step
from tracker.pipeline.error_boundary import ErrorBoundary


@logged_step
def read_snapshots(service: AppContext) -> None:
    """Read every snapshot that no one has read; what is no law opens a Problem and is no version."""
    for snapshot in snapshots.unread_snapshots(service.db):
        page = pages.get(service.db, snapshot.page_id)
        with (
            ErrorBoundary(service, page.source_id, Stage.READ, snapshot.url, partial(skip_snapshot, service, snapshot)),
            transaction(service.db),
        ):
            if not snapshots.is_unread(service.db, snapshot.id):
                continue
            if is_read(service, page):
                from tracker.pipeline.versions.record_version import read_snapshot  # noqa: PLC0415 - lightness: most rounds read nothing, and start without the reader

                read_snapshot(service.db, service.archive, service.sources, page, snapshot, service.clock())
            else:
                skip_snapshot(service, snapshot)


@logged_step
def resolve_read_problems(service: AppContext) -> None:
    """Close the read problem of each source none of whose pages is misread: the last of them may have gone."""
    for problem in problems.open_problems(service.db):
        ours = problem.stage is Stage.READ and problem.source_id in service.sources
        if ours and not snapshots.misread(service.db, problem.source_id):
            problems.close(service.db, problem.source_id, Stage.READ, service.clock())


def is_read(service: AppContext, page: Page) -> bool:
    """Return whether what a page holds is read as law, or only walked and listed."""
    source = service.sources.get(page.source_id)
    return source is not None and not page.listing and source.kind is not SourceKind.NEWS


def skip_snapshot(service: AppContext, snapshot: Snapshot) -> None:
    """Mark a snapshot as read and no law."""
    snapshots.mark_read(service.db, snapshot.id, text_sha256="")
