"""Compare versions: each confirmed one with the one before it, and the events that follow."""

from __future__ import annotations

from functools import partial

from storage import version_queue, versions
from storage.database.connection import transaction
from storage.records import Stage, Subject
from tracker.context import AppContext
from tracker.logs import logged_step
from tracker.pipeline.error_boundary import ErrorBoundary
from tracker.pipeline.versions.release import release_stamp


@logged_step
def compare_versions(service: AppContext) -> None:
    """Compare every confirmed version with the one before it, and note the events that follow.

    One that fails has a Problem of its own and stays as it is: a newer release tries it again.
    """
    release = release_stamp()
    for row in version_queue.uncompared_versions(service.db, release):
        mark = partial(version_queue.mark_failed, service.db, row.id, release)
        subject = Subject.of_version(row, versions.page_of(service.db, row).url)
        with ErrorBoundary(service, subject, Stage.COMPARE, mark), transaction(service.db):
            if version_queue.is_uncompared(service.db, row.id):
                from tracker.pipeline.versions.record_version import compare_version  # noqa: PLC0415 - lightness: most rounds compare nothing

                version = versions.get(service.db, row.id)
                compare_version(service.db, service.archive, service.sources, version, service.clock())
