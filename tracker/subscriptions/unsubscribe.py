"""Unsubscribe: a token from one of our messages ends the subscriptions it names, and no others."""

from __future__ import annotations

from sqlite_utils import Database

from storage import subscriptions
from storage.database.connection import transaction
from tracker.alerts.settings import AlertSettings
from tracker.signing import read_unsubscribe


def unsubscribe(db: Database, token: str, settings: AlertSettings) -> int:
    """End the subscriptions of *token* and return how many were still active; raise TokenError when it is not ours."""
    subscription_ids = read_unsubscribe(settings.secret_key, token)
    with transaction(db):
        return sum(subscriptions.deactivate(db, subscription_id) for subscription_id in subscription_ids)
