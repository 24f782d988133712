"""Outcome of a delivery, written down: sent, a retry after a while, or given up and the operator told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from storage import messages, problems, subscriptions
from storage.database.connection import transaction
from storage.records import Channel, Message, Stage, Subject

ADDRESSES, MESSAGES = Subject.of_step("addresses"), Subject.of_step("messages")
# how long to wait after each refusal that may pass; after the last one the message has failed
_MAIL = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 30, 60, 120, 240, 480, 720, 1_440, 1_440))
_POST = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 40, 120, 300, 600, 840, 960))  # two days in all
WAITS = {Channel.EMAIL: _MAIL, Channel.WEBHOOK: _POST, Channel.APPRISE: _POST}


@dataclass(frozen=True, slots=True)
class DeliveryResult:
    """What the server made of one message: no code means that it did not say."""

    ok: bool
    code: int | None = None
    text: str = ""
    about_address: bool = False

    @property
    def final(self) -> bool:
        """Return whether trying again is pointless."""
        return self.code is not None and 500 <= self.code < 600


def mark(db: Database, message: Message, answer: DeliveryResult, now: datetime) -> str:
    """Mark what became of a message and return the word for it."""
    waits = WAITS[message.channel]
    text = answer.text.replace(message.address, "the address") if message.address else answer.text
    with transaction(db):
        if answer.ok:
            messages.mark_sent(db, message.id, now)
            return "sent"
        if answer.final or message.tries >= len(waits):
            messages.mark_failed(db, message.id, text)
            _tell_operator(db, message, answer, text, now)
            return "failed"
        messages.mark_retry(db, message.id, text, now + waits[message.tries])
        return "retried"


def close_what_is_well(db: Database, now: datetime, *, well: bool) -> None:
    """Close the problem of refused addresses when none is left, that of given-up messages when a pass went *well*."""
    if not subscriptions.refused_subscribers(db):
        problems.resolve(db, ADDRESSES, Stage.DELIVERY, now)
    if well:
        problems.resolve(db, MESSAGES, Stage.DELIVERY, now)


def _tell_operator(db: Database, message: Message, answer: DeliveryResult, text: str, now: datetime) -> None:
    """Mark the address that is refused for good, give up what else waits for it, and open a problem."""
    who = f"subscriber {message.subscriber_id}"
    if message.channel is not Channel.EMAIL:
        given_up = f"{who}, {message.channel.value}: given up, {text}"
        problems.open_or_touch(db, MESSAGES, Stage.DELIVERY, "message given up", given_up, now)
        return
    if answer.final and answer.about_address:
        subscriptions.mark_refused(db, message.subscriber_id, text, now)
        messages.fail_waiting(db, message.subscriber_id, Channel.EMAIL, text)
        addresses = "; ".join(
            f"subscriber {subscriber.id}: {subscriber.refusal}"
            for subscriber in subscriptions.refused_subscribers(db)[:20]
        )
        problems.open_or_touch(db, ADDRESSES, Stage.DELIVERY, "address refused", addresses, now)
    else:
        problems.open_or_touch(db, MESSAGES, Stage.DELIVERY, "message given up", f"{who}: {text}", now)
