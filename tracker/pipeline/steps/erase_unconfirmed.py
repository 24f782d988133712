"""Erase unconfirmed: an address whose owner never confirmed the sign-up is forgotten."""

from __future__ import annotations

from storage.records import Stage, Subject
from tracker.context import AppContext
from tracker.logs import logged_step
from tracker.pipeline.error_boundary import ErrorBoundary
from tracker.signing import CONFIRM_WITHIN
from tracker.subscriptions.erasure import forget_who_never_confirmed


@logged_step
def erase_unconfirmed(service: AppContext) -> None:
    """Forget everyone whose confirmation link has run out."""
    with ErrorBoundary(service, Subject.of_step("erase unconfirmed"), Stage.COMPOSE):
        emails = service.alert_settings.emails
        now = service.clock()
        forget_who_never_confirmed(service.db, emails, now - CONFIRM_WITHIN, now)
