"""Withdraw stale reminders: an alert about a date that has moved or passed is not told any more."""

from __future__ import annotations

from storage.records import Stage, Subject
from tracker.alerts.match.withdraw_reminders import withdraw_stale
from tracker.context import AppContext
from tracker.logs import logged_step
from tracker.pipeline.error_boundary import ErrorBoundary


@logged_step
def withdraw_stale_reminders(service: AppContext) -> None:
    """Take back the reminders nobody was told of yet whose date is another by now."""
    with ErrorBoundary(service, Subject.of_step("withdraw stale reminders"), Stage.COMPOSE):
        withdraw_stale(service.db, service.clock())
