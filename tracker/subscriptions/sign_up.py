"""Sign-up with double opt-in: the address is asked back, and only its owner's click makes a subscription.

Whatever is known of an address, the one who asks hears the same: nobody can find out here who is subscribed.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlite_utils import Database

from storage import messages, subscriptions
from storage.database.connection import transaction
from storage.records import Subscriber, Subscription
from tracker.alerts.compose.address_message import Envelope, OutboxMail, address_to
from tracker.alerts.compose.message_body import MessageBody, print_page
from tracker.alerts.compose.subscription_reason import reason, titles_of
from tracker.alerts.settings import AlertSettings
from tracker.errors import TokenError
from tracker.signing import CONFIRM_WITHIN, confirm_token, read_confirm
from tracker.subscriptions.request import SubscriptionRequest, store_request, validate_request, validate_words
from tracker.wording.labels import words as labels
from tracker.wording.phrases import day
from tracker.wording.text_fit import one_line

MOST_ASKED = 3  # questions to one address a day: the form must not be a way to flood somebody's mailbox


def sign_up(db: Database, request: SubscriptionRequest, settings: AlertSettings, now: datetime) -> Subscription | None:
    """Keep *request* as pending and ask its address to confirm; raise SignUpError when it cannot be.

    Whoever asks without a key hears the same for an address we know, one we do not, and one that was asked too often
    today, for which nothing is kept.
    """
    validate_request(request)
    validate_words(request)
    with transaction(db):
        person = subscriptions.find_subscriber(db, request.address)
        if person is not None and _asked_today(db, person, now) >= MOST_ASKED:
            return None
        subscription = store_request(db, request, now, pending=True)
        _ask(db, subscriptions.get_subscriber(db, subscription.subscriber_id), subscription, settings, now)
        return subscription


def confirm(db: Database, token: str, settings: AlertSettings, now: datetime) -> Subscription:
    """Begin the subscription of *token* and return it; a second click changes nothing. Raises TokenError."""
    with transaction(db):
        subscription = subscriptions.find(db, read_confirm(settings.secret_key, token, now))
        if subscription is None or not subscription.active:
            raise TokenError("this link has expired")
        if subscriptions.confirm(db, subscription.id, now):
            subscriptions.clear_refused(db, subscription.subscriber_id)
        return subscriptions.get(db, subscription.id)


def _asked_today(db: Database, person: Subscriber, now: datetime) -> int:
    since = now - timedelta(days=1)
    return sum(
        subscription.pending and subscription.created_at > since
        for subscription in subscriptions.of_subscriber(db, person.id)
    )


def _ask(db: Database, person: Subscriber, subscription: Subscription, settings: AlertSettings, now: datetime) -> None:
    envelope = Envelope(
        f"confirm:{subscription.id}:{now.isoformat()}",
        person,
        (subscription,),
        titles_of(db, [subscription], person.language),
    )
    mail = confirmation(envelope, settings, now)
    messages.add(db, mail.pending(envelope, now))


def confirmation(envelope: Envelope, settings: AlertSettings, now: datetime) -> OutboxMail:
    """Return the message that asks an address whether its owner wants a subscription."""
    words = labels(envelope.subscriber.language)
    heading = words("confirm.heading")
    token = confirm_token(settings.secret_key, envelope.subscriptions[0].id, now)
    context = {
        "subject": heading,
        "heading": heading,
        "lead": words("confirm.lead"),
        # nobody's own words go to an address that has not asked for them yet
        "reason": one_line(reason(envelope.subscriptions, words, envelope.titles, quote_words=False), 1_000),
        "confirm_url": settings.address_of(f"confirm?token={token}"),
        "until": day((now + CONFIRM_WITHIN).date(), words),
    }
    body = print_page("_confirm", context, {}, words)
    message_body = MessageBody(heading, body, foot="_foot_asked", details={"home": settings.base_url}, words=words)
    return address_to(message_body, envelope, settings, now, leavable=False)
