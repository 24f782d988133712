"""Withdraw stale reminders: an alert about a date that has moved or passed is not told any more."""

from __future__ import annotations

from tracker.alerts.match.withdraw_reminders import withdraw_stale
from tracker.context import AppContext
from tracker.logs import logged_step


@logged_step
def withdraw_stale_reminders(service: AppContext) -> None:
    """Take back the reminders nobody was told of yet whose date is another by now."""
    withdraw_stale(service.db, service.clock())
