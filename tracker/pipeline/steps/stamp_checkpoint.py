"""Stamp the checkpoint: others certify when the log was signed; who cannot be reached is asked again later."""

from __future__ import annotations

from storage import problems
from storage.database.connection import transaction
from storage.records import Stage, Subject
from tracker.context import AppContext
from tracker.evidence.stamps import stamp_newest, stamp_sources
from tracker.pipeline.error_boundary import ErrorBoundary

_STEP = Subject.of_step("stamps")


def stamp_checkpoint(service: AppContext) -> None:
    """Have the newest checkpoint stamped where that is configured; failing is a problem, and stops nothing."""
    settings = service.settings
    sources = stamp_sources(settings.stamp_urls, settings.calendar_urls)
    if not sources:
        return
    with ErrorBoundary(service, Subject.of_step("stamp checkpoint"), Stage.READ):
        failures = list(stamp_newest(service.db, sources, service.clock()))
        with transaction(service.db):
            for failure in failures:
                problems.open_or_touch(
                    service.db, _STEP, Stage.DELIVERY, "no stamp", failure, service.clock(), one_at_a_time=True
                )
            if not failures:
                problems.resolve(service.db, _STEP, Stage.DELIVERY, service.clock())
