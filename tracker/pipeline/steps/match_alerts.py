"""Match alerts: open the reminders of dates that are near, and owe each event to the subscriptions it matches."""

from __future__ import annotations

from storage.records import Stage, Subject
from tracker.context import AppContext
from tracker.logs import logged_step
from tracker.pipeline.error_boundary import BatchBoundary, ErrorBoundary
from tracker.pipeline.steps.open_reminders import open_reminders


@logged_step
def match_alerts(service: AppContext) -> None:
    """Owe what happened, and what is about to, to everyone who asked for it."""
    from tracker.alerts import match_events  # noqa: PLC0415 - lightness: not while a crawl runs beside us

    boundary = BatchBoundary(service, Stage.MATCH, lambda key: Subject.of_event(key, "match alerts"))
    with ErrorBoundary(service, Subject.of_step("match alerts"), Stage.MATCH):
        match_events(service.db, service.clock(), boundary)


@logged_step
def open_due_reminders(service: AppContext) -> None:
    """Open the events of dates that are near."""
    boundary = BatchBoundary(service, Stage.MATCH, lambda key: Subject.of_event(key, "open reminders"))
    with ErrorBoundary(service, Subject.of_step("open reminders"), Stage.MATCH):
        open_reminders(service.db, service.clock(), boundary)
