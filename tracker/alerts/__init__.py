"""TELL. Events become alerts, alerts become messages, messages arrive; each step can be stopped and repeated."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tracker.alerts.compose.compose_due import compose_due
    from tracker.alerts.compose.due_alerts import is_message_due
    from tracker.alerts.compose.operator_mail import tell_operators
    from tracker.alerts.compose.subscription_reason import describe_filters, describe_with_titles
    from tracker.alerts.deliver.deliver_pending import DeliveryReport, deliver_pending
    from tracker.alerts.deliver.webhooks import secret_of as webhook_secret
    from tracker.alerts.errors import AlertError, MailServerError, RetractionError, SignUpError
    from tracker.alerts.match.match_events import match_events
    from tracker.alerts.match.retract import retract
    from tracker.alerts.operator_report import due_report
    from tracker.alerts.settings import AlertSettings

_PLACES = {
    "AlertError": ("tracker.alerts.errors", "AlertError"),
    "AlertSettings": ("tracker.alerts.settings", "AlertSettings"),
    "DeliveryReport": ("tracker.alerts.deliver.deliver_pending", "DeliveryReport"),
    "MailServerError": ("tracker.alerts.errors", "MailServerError"),
    "RetractionError": ("tracker.alerts.errors", "RetractionError"),
    "SignUpError": ("tracker.alerts.errors", "SignUpError"),
    "compose_due": ("tracker.alerts.compose.compose_due", "compose_due"),
    "deliver_pending": ("tracker.alerts.deliver.deliver_pending", "deliver_pending"),
    "describe_filters": ("tracker.alerts.compose.subscription_reason", "describe_filters"),
    "describe_with_titles": ("tracker.alerts.compose.subscription_reason", "describe_with_titles"),
    "due_report": ("tracker.alerts.operator_report", "due_report"),
    "is_message_due": ("tracker.alerts.compose.due_alerts", "is_message_due"),
    "match_events": ("tracker.alerts.match.match_events", "match_events"),
    "retract": ("tracker.alerts.match.retract", "retract"),
    "tell_operators": ("tracker.alerts.compose.operator_mail", "tell_operators"),
    "webhook_secret": ("tracker.alerts.deliver.webhooks", "secret_of"),
}

__all__ = [
    "AlertError",
    "AlertSettings",
    "DeliveryReport",
    "MailServerError",
    "RetractionError",
    "SignUpError",
    "compose_due",
    "deliver_pending",
    "describe_filters",
    "describe_with_titles",
    "due_report",
    "is_message_due",
    "match_events",
    "retract",
    "tell_operators",
    "webhook_secret",
]


def __getattr__(name: str) -> Any:
    """Return a part when it is first asked for: a round that fetches needs none of them in memory."""
    if name not in _PLACES:
        raise AttributeError(name)
    module, attribute = _PLACES[name]
    return getattr(import_module(module), attribute)
