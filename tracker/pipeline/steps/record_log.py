"""Record the log: what happened in this round becomes leaves of the transparency log, and one signed checkpoint."""

from __future__ import annotations

from storage.records import Stage, Subject
from tracker.context import AppContext
from tracker.pipeline.error_boundary import ErrorBoundary


def record_log(service: AppContext) -> None:
    """Log everything that was never logged; a log that cannot be written stops nothing, and catches up later."""
    from tracker.evidence import transparency_log  # noqa: PLC0415 - lightness: not while a crawl runs beside us

    with ErrorBoundary(service, Subject.of_step("record log"), Stage.READ):
        transparency_log.record_log(service.db, transparency_log.places_of(service), service.clock())
