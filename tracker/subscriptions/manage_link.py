"""Manage link: a signed link, sent to an address, that lets its owner in to their subscriptions for a day.

Whatever is known of an address, the one who asks hears the same: nobody can find out here who is subscribed.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlite_utils import Database

from storage import messages, subscriptions
from storage.database.connection import transaction
from storage.errors import MissingRowError
from storage.records import Subscriber
from tracker.alerts.compose.address_message import Envelope, OutboxMail, address_to
from tracker.alerts.compose.message_body import MessageBody, print_page
from tracker.alerts.errors import SignUpError
from tracker.alerts.settings import AlertSettings
from tracker.errors import TokenError
from tracker.signing import MANAGE_WITHIN, manage_token, read_manage
from tracker.subscriptions.request import is_address
from tracker.wording.labels import words
from tracker.wording.phrases import day

MOST_LINKS = 3  # links to one address a day: the form must not be a way to flood somebody's mailbox


def ask_for_link(db: Database, address: str, settings: AlertSettings, now: datetime) -> None:
    """Send the owner of *address* a link to what is theirs, if anything is; raise SignUpError when it is no address."""
    if not is_address(address):
        raise SignUpError("that is no email address")
    with transaction(db):
        person = subscriptions.find_subscriber(db, address)
        if person is None or not _has_confirmed(db, person) or _sent_today(db, person, now) >= MOST_LINKS:
            return
        _send(db, person, settings, now)


def link_of(subscriber_id: int, settings: AlertSettings, now: datetime) -> str:
    """Return the path of a person's own page, for one who has just proved to read their mail."""
    return f"/manage?token={manage_token(settings.secret_key, subscriber_id, now)}"


def person_of(db: Database, token: str, settings: AlertSettings, now: datetime) -> Subscriber:
    """Return the person whom *token* lets in; raise TokenError when it is not ours, too old, or they are forgotten."""
    try:
        person = subscriptions.get_subscriber(db, read_manage(settings.secret_key, token, now))
    except MissingRowError:
        raise TokenError("this link has expired") from None
    if not is_address(person.address):
        raise TokenError("this link has expired")
    return person


def _has_confirmed(db: Database, person: Subscriber) -> bool:
    return any(not subscription.pending for subscription in subscriptions.of_subscriber(db, person.id))


def _sent_today(db: Database, person: Subscriber, now: datetime) -> int:
    since = now - timedelta(days=1)
    own = (message for message in messages.of_subscriber(db, person.id) if message.key.startswith("manage:"))
    return sum(message.composed_at > since for message in own)


def _send(db: Database, person: Subscriber, settings: AlertSettings, now: datetime) -> None:
    envelope = Envelope(f"manage:{person.id}:{now.isoformat()}", person, ())
    mail = _letter(envelope, settings, now)
    messages.add(db, mail.pending(envelope, now))


def _letter(envelope: Envelope, settings: AlertSettings, now: datetime) -> OutboxMail:
    labels = words(envelope.subscriber.language)
    heading, until = labels("manage.heading"), now + MANAGE_WITHIN
    context = {
        "subject": heading,
        "heading": heading,
        "manage_url": settings.address_of(link_of(envelope.subscriber.id, settings, now)),
        "until": f"{day(until.date(), labels)} {until:%H:%M} UTC",
    }
    page = print_page("_manage", context, {}, labels)
    details = {"home": settings.base_url}
    message_body = MessageBody(heading, page, foot="_foot_asked", words=labels, details=details)
    return address_to(message_body, envelope, settings, now, leavable=False)
