"""Watch canaries: daily where it is asked for; one that does not arrive, or does not fly at all, is an alarm."""

from __future__ import annotations

from datetime import datetime, timedelta

from storage import problems
from storage.database.connection import transaction
from storage.records import Stage, Subject, SubjectKind
from tracker.context import AppContext
from tracker.operations.canaries.canary_results import CanaryResult, CanaryState, load_results
from tracker.operations.canaries.run_canaries import run_canaries
from tracker.pipeline.error_boundary import ErrorBoundary

IS_MISSING, IS_OVERDUE = "canary missing", "canary overdue"
_DAILY = timedelta(hours=24)
_OVERDUE = timedelta(hours=50)
_ALL = Subject.of_step("canaries")


def watch_canaries(service: AppContext) -> None:
    """Let canaries fly when they are wanted and a day has passed; open a problem for each that is missing."""
    if not service.settings.canaries:
        return
    flown_at = _flown_at(service)
    now = service.clock()
    if flown_at is None or not timedelta() <= now - flown_at < _DAILY:
        with ErrorBoundary(service, Subject.of_step("fly canaries"), Stage.COMPARE):
            report_canaries(service, run_canaries(service))
    flown_at = _flown_at(service)
    with transaction(service.db):
        if flown_at is not None and now - flown_at > _OVERDUE:
            words = f"no canary flew since {flown_at:%Y-%m-%d %H:%M} UTC"
            problems.open_or_touch(service.db, _ALL, Stage.SILENCE, IS_OVERDUE, words, now)
        else:
            problems.resolve(service.db, _ALL, Stage.SILENCE, now, IS_OVERDUE)


def report_canaries(service: AppContext, results: list[CanaryResult]) -> None:
    """Open a problem of each source whose canary is missing, and end it with one that arrives."""
    now = service.clock()
    with transaction(service.db):
        for result in results:
            subject = Subject(SubjectKind.STEP, f"canary {result.source_id}", result.source_id)
            if result.state is CanaryState.MISSING:
                problems.open_or_touch(service.db, subject, Stage.COMPARE, IS_MISSING, result.text, now)
            else:
                problems.resolve(service.db, subject, Stage.COMPARE, now, IS_MISSING)


def _flown_at(service: AppContext) -> datetime | None:
    """Return when a canary last flew."""
    results = load_results(service.settings.home).values()
    return max((result.planted_at for result in results), default=None)
