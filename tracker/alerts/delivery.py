"""Step *deliver*: every message is filed in the home, and sent when a mail server is configured."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr

from sqlite_utils import Database

from storage import messages
from storage.database import transaction
from storage.records import Message
from tracker.alerts.errors import MailServerError
from tracker.alerts.filing import file_message
from tracker.alerts.guard import Guard, unguarded
from tracker.alerts.settings import AlertSettings
from tracker.alerts.smtp import Answer, Courier, server_of

# how long to wait after each refusal that may pass; after the last one the message has failed
_WAITS = tuple(timedelta(minutes=each) for each in (5, 15, 30, 60, 120, 240, 480, 720, 1_440, 1_440))


@dataclass(frozen=True, slots=True)
class Delivered:
    """What one pass over the outbox did; ``error`` says why the mail server could not be used at all."""

    filed: int = 0
    sent: int = 0
    failed: int = 0
    retried: int = 0
    error: str = ""


def deliver_pending(db: Database, now: datetime, settings: AlertSettings, guard: Guard = unguarded) -> Delivered:
    """File what is not yet filed, and send what is pending and due; a message is marked as soon as it is done."""
    waiting, filed = list(messages.pending(db, now)), 0
    for message in waiting:
        with guard(message.key):
            filed += _file(db, message, settings, now)
    if not settings.smtp_url or not waiting:
        return Delivered(filed=filed)
    ended, error = asyncio.run(_send(db, waiting, settings, now, guard))
    return Delivered(
        filed=filed,
        sent=ended.count("sent"),
        failed=ended.count("failed"),
        retried=ended.count("retried"),
        error=error,
    )


def _file(db: Database, message: Message, settings: AlertSettings, now: datetime) -> bool:
    if message.filed_at is not None:
        return False
    with transaction(db):
        file_message(settings.emails, message)
        messages.mark_filed(db, message.id, now)
    return True


async def _send(
    db: Database, waiting: list[Message], settings: AlertSettings, now: datetime, guard: Guard
) -> tuple[list[str], str]:
    """Send one message after the other; a server that is away leaves the rest as they are."""
    sender = parseaddr(settings.mail_from)[1]
    ended: list[str] = []
    held: set[str] = set()  # who was put off gets nothing later before it
    try:
        async with Courier(server_of(settings.smtp_url or "")) as courier:
            for message in waiting:
                if message.address in held:
                    continue
                answer = await courier.carry(sender, message.address, message.mime)
                with guard(message.key):
                    ended.append(_mark(db, message, answer, now))
                if not answer.accepted and not answer.final:
                    held.add(message.address)
    except MailServerError as error:
        return ended, str(error)
    return ended, ""


def _mark(db: Database, message: Message, answer: Answer, now: datetime) -> str:
    """Mark what became of a message and return the word for it."""
    with transaction(db):
        if answer.accepted:
            messages.mark_sent(db, message.id, now)
            return "sent"
        if answer.final or message.tries >= len(_WAITS):
            messages.mark_failed(db, message.id, answer.text)
            return "failed"
        messages.mark_retry(db, message.id, answer.text, now + _WAITS[message.tries])
        return "retried"
