"""Alerts and messages: what is owed to whom, and what was composed and sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.records.subscription import Channel


@dataclass(frozen=True, slots=True)
class Alert:
    """One event owed to one subscription; unique.

    ``owed_at`` may lie ahead: a reminder is owed on the subscriber's own day. ``withdrawn_at`` says since when it is
    not worth telling any more.
    """

    id: int
    subscription_id: int
    event_id: int
    owed_at: datetime
    message_id: int | None = None
    withdrawn_at: datetime | None = None


class MessageStatus(StrEnum):
    """Where a message is on its way."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"


class Audience(StrEnum):
    """Whom a message is for: those who subscribed, or those who run the service."""

    READER = "reader"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Message:
    """Composed for one channel; unique by ``key`` (subscriber, channel, cadence, period or event).

    ``mime`` is the whole message as bytes, so that what is retried is what was composed: mail, or the JSON that another
    ``channel`` carries to its ``target``.
    ``filed_at`` says when it was written to the folder of its audience.
    """

    id: int
    key: str
    subscriber_id: int
    address: str
    subject: str
    mime_id: str
    mime: bytes
    status: MessageStatus
    composed_at: datetime
    filed_at: datetime | None = None
    sent_at: datetime | None = None
    tries: int = 0
    next_try_at: datetime | None = None
    error: str = ""
    channel: Channel = Channel.EMAIL
    target: str = ""
    audience: Audience = Audience.READER
