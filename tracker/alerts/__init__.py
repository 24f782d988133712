"""TELL. Events become alerts, alerts become messages, messages arrive; each step can be stopped and repeated."""

from tracker.alerts.delivery import Delivered, deliver_pending
from tracker.alerts.errors import AlertError, MailServerError, RetractionError, SignUpError, TokenError
from tracker.alerts.foreseeing import Foreseen, preview
from tracker.alerts.forgetting import export_person, forget_person
from tracker.alerts.joining import Wish, confirm, sign_up
from tracker.alerts.leaving import unsubscribe
from tracker.alerts.managing import ask_for_link, link_of, person_of
from tracker.alerts.operators import tell_operators
from tracker.alerts.outbox import compose_due
from tracker.alerts.owing import match_events
from tracker.alerts.reasons import in_words
from tracker.alerts.retracting import retract
from tracker.alerts.settings import AlertSettings
from tracker.alerts.webhooks import secret_of as webhook_secret

__all__ = [
    "AlertError",
    "AlertSettings",
    "Delivered",
    "Foreseen",
    "MailServerError",
    "RetractionError",
    "SignUpError",
    "TokenError",
    "Wish",
    "ask_for_link",
    "compose_due",
    "confirm",
    "deliver_pending",
    "export_person",
    "forget_person",
    "in_words",
    "link_of",
    "match_events",
    "person_of",
    "preview",
    "retract",
    "sign_up",
    "tell_operators",
    "unsubscribe",
    "webhook_secret",
]
