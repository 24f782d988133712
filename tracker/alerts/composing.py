"""A message composed from stories: subject, text and HTML, and the headers that make it one of a thread."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import parseaddr
from itertools import groupby
from typing import Any

from storage.records import Cadence, Subscriber, Subscription
from tracker.alerts import rendering
from tracker.alerts.headers import mail_policy
from tracker.alerts.lines import one_line
from tracker.alerts.settings import AlertSettings
from tracker.alerts.stories import Budget, Material, Story, tell
from tracker.alerts.tokens import unsubscribe_token
from tracker.alerts.wording import day
from tracker.render.names import authority_short, jurisdiction_name, topic_name

LIMIT = 100_000  # bytes of a whole message; some readers clip what is longer
# from generous to a bare list: the first that keeps the message under the limit is taken
_BUDGETS = (
    Budget(40, 1_500, 60),
    Budget(25, 700, 60),
    Budget(15, 300, 50),
    Budget(5, 150, 40),
    Budget(2, 150, 20),
    Budget(0, 0, 40),  # without changes a story is brief, so more of them fit
    Budget(0, 0, 15),
    Budget(0, 0, 4),
)
_MOST_ENDED = 100  # more subscription ids would make the address longer than a header line may be
_CADENCES = {Cadence.AT_ONCE: "at once", Cadence.DAILY: "daily", Cadence.WEEKLY: "weekly"}


@dataclass(frozen=True, slots=True)
class Envelope:
    """Whom a message is for and why: one subscriber, and the subscriptions that are owed it."""

    key: str
    subscriber: Subscriber
    subscriptions: tuple[Subscription, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """A composed message with what the outbox needs to know about it."""

    subject: str
    mime_id: str
    mime: bytes


def compose_alert(envelope: Envelope, material: Material, settings: AlertSettings, now: datetime) -> Letter:
    """Return the message about one event."""

    def attempt(budget: Budget) -> Letter:
        story = tell(material, settings, now.date(), budget)
        root = message_id(settings, f"instrument:{story.instrument_id}")
        return _letter(envelope, settings, now, story.subject, "_message", {"stories": [story]}, thread=root)

    return _fitting(attempt)


def compose_digest(envelope: Envelope, materials: Sequence[Material], settings: AlertSettings, now: datetime) -> Letter:
    """Return one message about everything of a period, grouped by jurisdiction and instrument."""
    name = _CADENCES[envelope.subscriptions[0].cadence].capitalize()
    heading = f"{name} digest, {day(now.date())}: {len(materials)} update{'' if len(materials) == 1 else 's'}"

    def attempt(budget: Budget) -> Letter:
        stories = [tell(each, settings, now.date(), budget) for each in materials]
        groups = _grouped(stories, budget.stories)
        where = ", ".join(sorted({story.jurisdiction for story in stories if story.jurisdiction}))
        context = {
            "heading": heading,
            "groups": groups,
            "left_out": max(len(stories) - budget.stories, 0),
            "all_url": settings.address_of("changes"),
        }
        subject = f"{heading} · {where}" if where else heading
        return _letter(envelope, settings, now, subject, "_digest", context)

    return _fitting(attempt)


def message_id(settings: AlertSettings, key: str) -> str:
    """Return the id that a message of this home has for ever: the same key, the same id."""
    digest = hmac.new(settings.secret_key, f"message\n{key}".encode(), hashlib.sha256).hexdigest()
    return f"<{digest[:32]}@{_domain(settings)}>"


def reason(subscriptions: Sequence[Subscription]) -> str:
    """Return in words what the subscriptions ask for."""
    return " or ".join(dict.fromkeys(_wish(each) for each in subscriptions))


def _fitting(attempt: Callable[[Budget], Letter]) -> Letter:
    for budget in _BUDGETS:
        letter = attempt(budget)
        if len(letter.mime) <= LIMIT:
            break
    return letter


def _grouped(stories: Sequence[Story], most: int) -> list[tuple[str, list[list[Story]]]]:
    ordered = sorted(stories, key=lambda story: (story.jurisdiction, story.title, story.instrument_id))[:most]
    return [
        (where, [list(told) for _, told in groupby(there, key=lambda story: story.instrument_id)])
        for where, there in groupby(ordered, key=lambda story: story.jurisdiction)
    ]


def _letter(
    envelope: Envelope,
    settings: AlertSettings,
    now: datetime,
    subject: str,
    template: str,
    context: dict[str, Any],
    thread: str = "",
) -> Letter:
    subject = one_line(subject, 240)
    token = unsubscribe_token(settings.secret_key, [each.id for each in envelope.subscriptions[:_MOST_ENDED]])
    unsubscribe_url = settings.address_of(f"unsubscribe?token={token}")
    context = {
        **context,
        "subject": subject,
        "reason": one_line(reason(envelope.subscriptions), 1_000),
        "unsubscribe_url": unsubscribe_url,
    }
    message = _message(envelope, settings, now, subject)
    message["List-Unsubscribe"] = _unsubscribe_ways(settings, unsubscribe_url, token)
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if thread:
        message["In-Reply-To"] = thread
        message["References"] = thread
    message.set_content(rendering.text(template, context))
    message.add_alternative(rendering.html(template, context), subtype="html")
    message.set_boundary(f"=_{hashlib.sha256(envelope.key.encode()).hexdigest()[:32]}")  # the same bytes every time
    return Letter(subject, str(message["Message-ID"]), message.as_bytes())


def _message(envelope: Envelope, settings: AlertSettings, now: datetime, subject: str) -> EmailMessage:
    address = envelope.subscriber.address
    message = EmailMessage(policy=mail_policy().clone(utf8=not address.isascii()))
    our_name, our_address = parseaddr(settings.mail_from)
    message["From"] = _mailbox(our_name or "Clausewatch", our_address)
    message["To"] = _mailbox(envelope.subscriber.name, address)
    message["Subject"] = subject
    message["Date"] = now
    message["Message-ID"] = message_id(settings, envelope.key)
    message["List-Id"] = f"<alerts.{_domain(settings)}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    if settings.operator_email:
        message["Reply-To"] = _mailbox("", settings.operator_email)
    return message


def _mailbox(name: str, address: str) -> Address:
    username, _, domain = address.rpartition("@")
    return Address(one_line(name, 100), username, domain)


def _domain(settings: AlertSettings) -> str:
    domain = parseaddr(settings.mail_from)[1].rpartition("@")[2]
    return domain.encode("idna").decode() if domain else "localhost"


def _unsubscribe_ways(settings: AlertSettings, url: str, token: str) -> str:
    """Return the web address first, for one click; then the operator's mailbox when there is one."""
    by_mail = f" <mailto:{settings.operator_email}?subject=unsubscribe%20{token}>" if settings.operator_email else ""
    return f"<{url}>" + ("," + by_mail if by_mail else "")


def _wish(subscription: Subscription) -> str:
    filters = subscription.filters
    parts = [
        ", ".join(jurisdiction_name(each) for each in filters.jurisdictions),
        ", ".join(authority_short(each) for each in filters.authorities),
        ", ".join(filters.sources),
        ", ".join(filters.instruments),
        ", ".join(topic_name(each) for each in filters.topics),
        ", ".join(each.replace("_", " ") for each in filters.kinds),
        "the words " + ", ".join(f"“{each}”" for each in filters.words) if filters.words else "",
        f"{filters.least_weight.value} weight or more" if filters.least_weight else "",
    ]
    return f"{'; '.join(part for part in parts if part) or 'everything'} ({_CADENCES[subscription.cadence]})"
