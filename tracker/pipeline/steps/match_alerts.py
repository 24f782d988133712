"""Match alerts: open the reminders of dates that are near, and owe each event to the subscriptions it matches."""

from __future__ import annotations

from contextlib import closing

from storage.records import Stage
from tracker.alerts import match_events
from tracker.context import AppContext
from tracker.logs import logged_step
from tracker.pipeline.error_boundary import BatchBoundary
from tracker.pipeline.steps.open_reminders import open_reminders


@logged_step
def match_alerts(service: AppContext) -> None:
    """Owe what happened, and what is about to, to everyone who asked for it."""
    now = service.clock()
    with closing(BatchBoundary(service, Stage.MATCH)) as boundary:
        open_reminders(service.db, now, boundary)
        match_events(service.db, now, boundary)
