"""Compare versions: each confirmed one with the one before it, and the events that follow."""

from __future__ import annotations

from functools import partial

from storage import versions
from storage.database.connection import transaction
from storage.records import Stage
from tracker.context import AppContext
from tracker.logs import logged_step
from tracker.pipeline.error_boundary import ErrorBoundary


@logged_step
def compare_versions(service: AppContext) -> None:
    """Compare every confirmed version with the one before it, and note the events that follow."""
    for row in versions.uncompared_versions(service.db):
        mark = partial(versions.mark_compared, service.db, row.id)
        with ErrorBoundary(service, row.source_id, Stage.COMPARE, row.id, mark), transaction(service.db):
            if versions.is_uncompared(service.db, row.id):
                from tracker.pipeline.versions.record_version import compare_version  # noqa: PLC0415 - lightness: most rounds compare nothing

                version = versions.get(service.db, row.id)
                compare_version(service.db, service.archive, service.sources, version, service.clock())
