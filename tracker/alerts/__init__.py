"""TELL. Events become alerts, alerts become messages, messages arrive; each step can be stopped and repeated."""

from tracker.alerts.delivery import Delivered, deliver_pending
from tracker.alerts.errors import AlertError, MailServerError, TokenError
from tracker.alerts.leaving import unsubscribe
from tracker.alerts.outbox import compose_due
from tracker.alerts.owing import match_events
from tracker.alerts.settings import AlertSettings

__all__ = [
    "AlertError",
    "AlertSettings",
    "Delivered",
    "MailServerError",
    "TokenError",
    "compose_due",
    "deliver_pending",
    "match_events",
    "unsubscribe",
]
