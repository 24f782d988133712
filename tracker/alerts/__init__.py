"""TELL. Events become alerts, alerts become messages, messages arrive; each step can be stopped and repeated."""

from tracker.alerts.compose.compose_due import compose_due
from tracker.alerts.compose.operator_mail import tell_operators
from tracker.alerts.compose.subscription_reason import describe_with_titles
from tracker.alerts.deliver.deliver_pending import DeliveryReport, deliver_pending
from tracker.alerts.deliver.webhooks import secret_of as webhook_secret
from tracker.alerts.errors import AlertError, MailServerError, RetractionError, SignUpError
from tracker.alerts.match.match_events import match_events
from tracker.alerts.match.retract import retract
from tracker.alerts.settings import AlertSettings

__all__ = [
    "AlertError",
    "AlertSettings",
    "DeliveryReport",
    "MailServerError",
    "RetractionError",
    "SignUpError",
    "compose_due",
    "deliver_pending",
    "describe_with_titles",
    "match_events",
    "retract",
    "tell_operators",
    "webhook_secret",
]
