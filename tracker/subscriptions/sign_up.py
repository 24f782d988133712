"""The way in: somebody asks, the address is asked back, and only its owner's click makes a subscription.

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
from tracker.alerts.compose.message import Envelope, OutboxMail, addressed
from tracker.alerts.compose.message_body import MessageBody, printed_page
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


def sign_up(db: Database, wish: SubscriptionRequest, settings: AlertSettings, now: datetime) -> None:
    """Keep *wish* as pending and ask its address to confirm; raise SignUpError when it cannot be.

    The answer is the same for an address we know, one we do not, and one that was asked too often today.
    """
    checked(wish)
    with transaction(db):
        known = subscriptions.find_subscriber(db, wish.address)
        if known is not None and _asked_today(db, known, now) >= MOST_ASKED:
            return
        person = subscriptions.add_subscriber(
            db,
            wish.address,
            name=one_line(wish.name, _LONGEST),
            timezone=wish.timezone,
            language=wish.language,
        )
        made = subscriptions.add(
            db,
            person,
            wish.filters,
            cadence=wish.cadence,
            hour=wish.hour,
            now=now,
            pending=True,
            when_quiet=wish.when_quiet,
            weekday=wish.weekday,
        )
        _ask(db, subscriptions.get_subscriber(db, person), subscriptions.get(db, made), settings, now)


def confirm(db: Database, token: str, settings: AlertSettings, now: datetime) -> Subscription:
    """Begin the subscription of *token* and return it; a second click changes nothing. Raises TokenError."""
    with transaction(db):
        found = subscriptions.find(db, read_confirm(settings.secret_key, token, now))
        if found is None or not found.active:
            raise TokenError("this link has expired")
        if subscriptions.confirm(db, found.id, now):
            subscriptions.clear_refused(db, found.subscriber_id)
        return subscriptions.get(db, found.id)


def checked(wish: SubscriptionRequest) -> None:
    """Raise SignUpError, in words for the one who asked, when *wish* cannot be kept."""
    filters = wish.filters
    texts = [*filters.words, *filters.instruments, *filters.provisions, *filters.sources, *filters.authorities]
    if not is_address(wish.address):
        raise SignUpError("that is no email address")
    if wish.timezone not in available_timezones():
        raise SignUpError(f"there is no time zone {one_line(wish.timezone, 40)!r}; one looks like Asia/Shanghai")
    if not 0 <= wish.hour <= 23:
        raise SignUpError("the hour is a number from 0 to 23")
    if any(_LINK.search(one_line(each, len(each))) for each in filters.words):  # as our mail would print them
        raise SignUpError("words to look for are words of the law; addresses of mail and of web pages are not taken")
    if len(texts) > _MOST_WORDS or any(not 0 < len(text.strip()) <= _LONGEST for text in texts):
        raise SignUpError(f"at most {_MOST_WORDS} words and names, each of at most {_LONGEST} characters")


def is_address(text: str) -> bool:
    """Say whether *text* is one email address, in any script."""
    return len(text) <= 254 and text.isprintable() and _ADDRESS.fullmatch(text) is not None


def _asked_today(db: Database, known: Subscriber, now: datetime) -> int:
    since = now - timedelta(days=1)
    return sum(each.pending and each.created_at > since for each in subscriptions.of_subscriber(db, known.id))


def _ask(db: Database, person: Subscriber, made: Subscription, settings: AlertSettings, now: datetime) -> None:
    envelope = Envelope(f"confirm:{made.id}:{now.isoformat()}", person, (made,), titles_of(db, [made], person.language))
    letter = confirmation(envelope, settings, now)
    messages.add(db, letter.pending(envelope, now))


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
        "reason": one_line(reason(envelope.subscriptions, words, envelope.titles, quoted=False), 1_000),
        "confirm_url": settings.address_of(f"confirm?token={token}"),
        "until": day((now + CONFIRM_WITHIN).date(), words),
    }
    body = printed_page("_confirm", context, {}, words)
    sheet = MessageBody(heading, body, foot="_foot_asked", details={"home": settings.base_url}, words=words)
    return addressed(sheet, envelope, settings, now, leavable=False)
