"""A message addressed to one person, with the headers that make it one of a thread and offer a way out."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import parseaddr
from functools import lru_cache

from storage.records import Audience, Channel, Message, MessageStatus, Subscriber, Subscription
from tracker.alerts.compose.mail_headers import mail_policy
from tracker.alerts.compose.message_body import MessageBody
from tracker.alerts.compose.print_cache import LIMIT, PrintCache, domain_of, message_id
from tracker.alerts.compose.recipient import reader_of
from tracker.alerts.compose.story import Material
from tracker.alerts.compose.subscription_reason import Titles, reason
from tracker.alerts.settings import AlertSettings
from tracker.signing import unsubscribe_token
from tracker.wording.text_fit import one_line

__all__ = ["LIMIT", "Envelope", "OutboxMail", "address_to", "compose_alert", "compose_digest"]
_MOST_ENDED = 100  # more subscription ids would make the address longer than a header line may be


@dataclass(frozen=True, slots=True)
class Envelope:
    """Whom a message is for and why: one subscriber, and the subscriptions that are owed it.

    ``titles`` says what the instruments and sources are called that the subscriptions name.
    """

    key: str
    subscriber: Subscriber
    subscriptions: tuple[Subscription, ...]
    titles: Titles = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OutboxMail:
    """A composed message with what the outbox needs to know about it."""

    subject: str
    mime_id: str
    mime: bytes

    def pending(
        self,
        envelope: Envelope,
        now: datetime,
        *,
        channel: Channel = Channel.EMAIL,
        target: str = "",
        audience: Audience = Audience.READER,
    ) -> Message:
        """Return this letter as a message that waits in the outbox for whom *envelope* names."""
        return Message(
            id=0,
            key=envelope.key,
            subscriber_id=envelope.subscriber.id,
            address=envelope.subscriber.address,
            subject=self.subject,
            mime_id=self.mime_id,
            mime=self.mime,
            status=MessageStatus.PENDING,
            composed_at=now,
            channel=channel,
            target=target,
            audience=audience,
        )


def compose_alert(envelope: Envelope, material: Material, settings: AlertSettings, now: datetime) -> OutboxMail:
    """Return the message about one event."""
    message_body = PrintCache(settings).alert(material, reader_of(envelope.subscriber, now))
    return address_to(message_body, envelope, settings, now)


def compose_digest(
    envelope: Envelope, materials: Sequence[Material], settings: AlertSettings, now: datetime
) -> OutboxMail:
    """Return one message about everything of a period, grouped by jurisdiction and instrument."""
    reader = reader_of(envelope.subscriber, now)
    message_body = PrintCache(settings).digest(envelope.subscriptions[0].cadence, materials, reader)
    return address_to(message_body, envelope, settings, now)


def address_to(
    message_body: MessageBody, envelope: Envelope, settings: AlertSettings, now: datetime, *, leavable: bool = True
) -> OutboxMail:
    """Return *message_body* as the message to one person; *leavable* offers the way out of the subscriptions."""
    message = _personal(message_body, envelope, settings)
    way_out = ""
    if leavable:
        token = unsubscribe_token(
            settings.secret_key, [subscription.id for subscription in envelope.subscriptions[:_MOST_ENDED]]
        )
        way_out = settings.address_of(f"unsubscribe?token={token}")
        message["List-Unsubscribe"] = _unsubscribe_ways(settings, way_out, token)
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    boundary = f"=_{hashlib.sha256(envelope.key.encode()).hexdigest()[:32]}"  # the same bytes every time
    kind = f'MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="{boundary}"\r\n\r\n'
    body = message_body.for_reader(
        one_line(reason(envelope.subscriptions, message_body.words, envelope.titles), 1_000), way_out
    )
    parts = b"".join(_part(boundary, kind, text) for kind, text in (("plain", body.text), ("html", body.html)))
    shared_headers = _shared_headers(
        message_body.subject, settings, now, utf8=not envelope.subscriber.address.isascii()
    )
    mime = shared_headers + _lines(message) + kind.encode() + parts + f"--{boundary}--\r\n".encode()
    return OutboxMail(message_body.subject, str(message["Message-ID"]), mime)


def _part(boundary: str, kind: str, text: str) -> bytes:
    """Return one form of the body; encoded in C, for there are thousands."""
    raw = text.encode()
    quoted_printable = binascii.b2a_qp(raw, istext=True)
    content = base64.encodebytes(raw.replace(b"\n", b"\r\n"))
    name, content = (
        ("base64", content) if len(content) < len(quoted_printable) else ("quoted-printable", quoted_printable)
    )
    head = f'--{boundary}\nContent-Type: text/{kind}; charset="utf-8"\nContent-Transfer-Encoding: {name}\n\n'
    return (head.encode() + content + b"\n").replace(b"\n", b"\r\n")


def _personal(message_body: MessageBody, envelope: Envelope, settings: AlertSettings) -> EmailMessage:
    """Return a message with the headers that differ from reader to reader."""
    address = envelope.subscriber.address
    message = EmailMessage(policy=mail_policy().clone(utf8=not address.isascii()))
    message["To"] = _mailbox(envelope.subscriber.name, address)
    message["Message-ID"] = message_id(settings, envelope.key)
    if message_body.thread:
        message["In-Reply-To"] = message_body.thread
        message["References"] = message_body.thread
    return message


@lru_cache(maxsize=256)
def _shared_headers(subject: str, settings: AlertSettings, now: datetime, *, utf8: bool) -> bytes:
    """Return the header lines that all readers of one message body get."""
    message = EmailMessage(policy=mail_policy().clone(utf8=utf8))
    our_name, our_address = parseaddr(settings.mail_from)
    message["From"] = _mailbox(our_name or "Clausewatch", our_address)
    message["Subject"] = subject
    message["Date"] = now
    message["List-Id"] = f"<alerts.{domain_of(settings)}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    if settings.operator_email:
        message["Reply-To"] = _mailbox("", settings.operator_email)
    return _lines(message)


def _lines(message: EmailMessage) -> bytes:
    return message.as_bytes().rstrip() + b"\r\n"


def _mailbox(name: str, address: str) -> Address:
    username, _, domain = address.rpartition("@")
    return Address(one_line(name, 100), username, domain)


def _unsubscribe_ways(settings: AlertSettings, url: str, token: str) -> str:
    """Return the web address first, for one click; then the operator's mailbox when there is one."""
    by_mail = f" <mailto:{settings.operator_email}?subject=unsubscribe%20{token}>" if settings.operator_email else ""
    return f"<{url}>" + ("," + by_mail if by_mail else "")
