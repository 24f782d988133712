"""Sign-up with double opt-in: the address is asked back, and only its owner's click makes a subscription.

Whatever is known of an address, the one who asks hears the same: nobody can find out here who is subscribed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import available_timezones

from sqlite_utils import Database

from storage import messages, subscriptions
from storage.database.connection import transaction
from storage.records import Cadence, Filters, Subscriber, Subscription, Weekday
from tracker.alerts.compose.address_message import Envelope, OutboxMail, address_to
from tracker.alerts.compose.message_body import MessageBody, print_page
from tracker.alerts.compose.subscription_reason import reason, titles_of
from tracker.alerts.errors import SignUpError
from tracker.alerts.settings import AlertSettings
from tracker.errors import TokenError
from tracker.signing import CONFIRM_WITHIN, confirm_token, read_confirm
from tracker.wording.labels import words as labels
from tracker.wording.phrases import day
from tracker.wording.text_fit import one_line

MOST_ASKED = 3  # questions to one address a day: the form must not be a way to flood somebody's mailbox
_ADDRESS = re.compile(r"[^\s@<>,;:\"\\()\[\]]{1,64}@[^\s@<>,;:\"\\()\[\]]{1,250}")
_LINK = re.compile(r"://|www\.|@|\w\.[^\W\d]{2,}\b", re.IGNORECASE)
_MOST_WORDS = 20
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class SubscriptionRequest:
    """What somebody asks for on the form."""

    address: str
    filters: Filters = field(default_factory=Filters)
    cadence: Cadence = Cadence.AT_ONCE
    hour: int = 8
    timezone: str = "UTC"
    name: str = ""
    language: str = "en"
    when_quiet: bool = False
    weekday: Weekday = Weekday.MONDAY


def sign_up(db: Database, request: SubscriptionRequest, settings: AlertSettings, now: datetime) -> None:
    """Keep *request* as pending and ask its address to confirm; raise SignUpError when it cannot be.

    The answer is the same for an address we know, one we do not, and one that was asked too often today.
    """
    validate_request(request)
    with transaction(db):
        earlier_person = subscriptions.find_subscriber(db, request.address)
        if earlier_person is not None and _asked_today(db, earlier_person, now) >= MOST_ASKED:
            return
        subscriber_id = subscriptions.add_subscriber(
            db,
            request.address,
            name=one_line(request.name, _LONGEST),
            timezone=request.timezone,
            language=request.language,
        )
        subscription_id = subscriptions.add(
            db,
            subscriber_id,
            request.filters,
            cadence=request.cadence,
            hour=request.hour,
            now=now,
            pending=True,
            when_quiet=request.when_quiet,
            weekday=request.weekday,
        )
        _ask(db, subscriptions.get_subscriber(db, subscriber_id), subscriptions.get(db, subscription_id), settings, now)


def confirm(db: Database, token: str, settings: AlertSettings, now: datetime) -> Subscription:
    """Begin the subscription of *token* and return it; a second click changes nothing. Raises TokenError."""
    with transaction(db):
        subscription = subscriptions.find(db, read_confirm(settings.secret_key, token, now))
        if subscription is None or not subscription.active:
            raise TokenError("this link has expired")
        if subscriptions.confirm(db, subscription.id, now):
            subscriptions.clear_refused(db, subscription.subscriber_id)
        return subscriptions.get(db, subscription.id)


def validate_request(request: SubscriptionRequest) -> None:
    """Raise SignUpError, in words for the one who asked, when *request* cannot be kept."""
    filters = request.filters
    texts = [*filters.words, *filters.instruments, *filters.provisions, *filters.sources, *filters.authorities]
    if not is_address(request.address):
        raise SignUpError("that is no email address")
    if request.timezone not in available_timezones():
        raise SignUpError(f"there is no time zone {one_line(request.timezone, 40)!r}; one looks like Asia/Shanghai")
    if not 0 <= request.hour <= 23:
        raise SignUpError("the hour is a number from 0 to 23")
    if any(_LINK.search(one_line(word, len(word))) for word in filters.words):  # as our mail would print them
        raise SignUpError("words to look for are words of the law; addresses of mail and of web pages are not taken")
    if len(texts) > _MOST_WORDS or any(not 0 < len(text.strip()) <= _LONGEST for text in texts):
        raise SignUpError(f"at most {_MOST_WORDS} words and names, each of at most {_LONGEST} characters")


def is_address(text: str) -> bool:
    """Return whether *text* is one email address, in any script."""
    return len(text) <= 254 and text.isprintable() and _ADDRESS.fullmatch(text) is not None


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
