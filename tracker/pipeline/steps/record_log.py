"""Record the log: what happened in this round becomes leaves of the transparency log, and one signed checkpoint."""

from __future__ import annotations

from storage import problems
from storage.database.connection import transaction
from storage.records import Stage
from tracker.context import AppContext
from tracker.evidence import transparency_log
from tracker.pipeline.error_boundary import LOG, ErrorBoundary


def record_log(service: AppContext) -> None:
    """Log everything that was never logged; a log that cannot be written stops nothing, and catches up later."""
    with ErrorBoundary(service, LOG, Stage.READ, "", lambda: None):
        transparency_log.record_log(service.db, transparency_log.places_of(service), service.clock())
        with transaction(service.db):
            problems.close(service.db, LOG, Stage.READ, service.clock())
