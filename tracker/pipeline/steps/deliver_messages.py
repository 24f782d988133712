"""Deliver messages: file the outbox in the home, and send it when a way is configured."""

from __future__ import annotations

from storage import problems
from storage.database.connection import transaction
from storage.records import Stage
from tracker.alerts import deliver_pending
from tracker.context import AppContext
from tracker.logs import logged_step
from tracker.pipeline.error_boundary import OUTBOX, BatchBoundary


@logged_step
def deliver_messages(service: AppContext) -> None:
    """File and send what is pending; a mail server that is away is a Problem until it is back."""
    now = service.clock()
    delivered = deliver_pending(service.db, now, service.alert_settings, BatchBoundary(service, Stage.DELIVERY))
    with transaction(service.db):
        if delivered.error:
            problems.open_or_touch(service.db, OUTBOX, Stage.DELIVERY, "mail server", delivered.error, "", now)
        else:
            problems.close(service.db, OUTBOX, Stage.DELIVERY, now)
