"""Step *deliver*: every message is filed in the home, and sent when a way is configured."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parseaddr

from sqlite_utils import Database

from storage import messages
from storage.database.connection import transaction
from storage.errors import StorageError
from storage.messages import PendingMessage
from storage.records import Channel, Message, MessageStatus
from tracker.alerts.boundary import StepBoundary, no_boundary
from tracker.alerts.deliver.chat import notify
from tracker.alerts.deliver.file_outbox import file_outbox
from tracker.alerts.deliver.outcome import DeliveryResult, close_what_is_well, mark
from tracker.alerts.deliver.send_queue import SendQueue
from tracker.alerts.deliver.sent_journal import SentJournal
from tracker.alerts.deliver.smtp import SmtpSession, server_of
from tracker.alerts.deliver.webhooks import post
from tracker.alerts.errors import MailServerError
from tracker.alerts.settings import NOBODY, AlertSettings
from tracker.locks import try_delivery_lock
from tracker.logs import log_event

_COURIERS = 4  # connections at most: they overlap what is said before a message, and how long the server reads it
SENDERS: dict[Channel, Callable[[Message, AlertSettings, datetime], DeliveryResult]] = {
    Channel.WEBHOOK: post,
    Channel.APPRISE: notify,
}
_LONGEST = 300.0  # seconds of one pass; what is left is for the next one


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What one pass over the outbox did.

    ``error`` says why the mail server could not be used at all, ``filing_error`` why no file could be written.
    """

    filed_count: int = 0
    sent_count: int = 0
    failed_count: int = 0
    retried_count: int = 0
    error: str = ""
    filing_error: str = ""


def deliver_pending(
    db: Database, now: datetime, settings: AlertSettings, guard: StepBoundary = no_boundary
) -> DeliveryReport:
    """File what is not yet filed, and send what is pending and due; a message is marked as soon as it is done.

    While another process delivers, nothing is done here: it sees to everything.
    """
    with try_delivery_lock(settings.home, db) as mine:
        return _Pass(db, now, settings, guard).run() if mine else DeliveryReport()


@dataclass
class _Pass:
    """One pass over the outbox."""

    db: Database
    now: datetime
    settings: AlertSettings
    guard: StepBoundary
    journal: SentJournal = field(init=False)
    outcomes: list[str] = field(default_factory=list)
    held_lanes: set[tuple[int, str, str]] = field(default_factory=set)  # who was put off gets nothing later before it
    mark_lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    is_unmarkable: bool = False  # the database takes nothing: nothing more may be given away
    end: float = field(default_factory=lambda: time.monotonic() + _LONGEST)

    def run(self) -> DeliveryReport:
        try:
            self.journal = SentJournal(self.settings.home)
        except OSError as failure:
            return DeliveryReport(filing_error=f"{self.settings.home}: {failure.strerror or failure}")
        self.journal.settle(self.db)
        file_failures, error = file_outbox(self.db, self.settings, self.now, self.guard), ""
        pending = messages.due_messages(self.db, self.now)
        mail = [message for message in pending if message.channel is Channel.EMAIL and message.address != NOBODY]
        others = [message for message in pending if message.channel is not Channel.EMAIL]
        with messages.fast_commits(self.db):
            if mail and self.settings.smtp_url:
                error = asyncio.run(self._send(mail))
            for message in others:
                self._post(message)
        sent_count, failed_count, retried_count = (self.outcomes.count(word) for word in ("sent", "failed", "retried"))
        with transaction(self.db):
            close_what_is_well(self.db, self.now, well=bool(sent_count and not failed_count))
        return DeliveryReport(file_failures.count, sent_count, failed_count, retried_count, error, file_failures.error)

    async def _send(self, mail: Sequence[PendingMessage]) -> str:
        """Send mail over a few connections; say why the server is away when it is and something is left."""
        queue = SendQueue(mail, self.settings.domain_pause, self.end)
        try:
            server_of(self.settings.smtp_url or "")
        except MailServerError as error:  # a setting that names no server
            return str(error)
        errors = await asyncio.gather(*(self._serve(queue) for _ in range(min(queue.count, _COURIERS))))
        return next(filter(None, errors), "") if len(queue) else ""

    async def _serve(self, queue: SendQueue) -> str:
        """Carry what the lanes give, over one connection; say why no connection could be had."""
        async with SmtpSession(server_of(self.settings.smtp_url or ""), patience=self.settings.patience) as session:
            while waiting_message := await queue.take():
                try:
                    await session.open()
                except MailServerError as error:
                    queue.put_back(waiting_message)
                    return str(error)
                await self._carry(session, waiting_message)
                queue.give_back(waiting_message)
        return ""

    async def _carry(self, session: SmtpSession, waiting_message: PendingMessage) -> None:
        message = messages.get(self.db, waiting_message.id)
        if waiting_message.lane in self.held_lanes or message.status is not MessageStatus.PENDING:
            return
        answer = await session.offer(parseaddr(self.settings.mail_from)[1], message.address, message.mime)
        async with self.mark_lock:  # whatever kills us, one message at most is with the server and not marked
            if not self.is_unmarkable:
                self._mark(waiting_message, message, answer or await session.settle())

    def _post(self, waiting_message: PendingMessage) -> None:
        """Hand a message to a way other than mail."""
        message = messages.get(self.db, waiting_message.id)
        if (
            waiting_message.lane in self.held_lanes
            or message.status is not MessageStatus.PENDING
            or time.monotonic() > self.end
            or self.is_unmarkable
        ):
            return
        self._mark(waiting_message, message, SENDERS[waiting_message.channel](message, self.settings, self.now))

    def _mark(self, waiting_message: PendingMessage, message: Message, answer: DeliveryResult) -> None:
        with self.guard(message.key):
            self.outcomes.append(self._mark_or_note(message, answer))
            channel = message.channel.value
            log_event("mail", self.outcomes[-1], message=message.id, channel=channel, subscriber=message.subscriber_id)
        if not answer.ok and not answer.final:
            self.held_lanes.add(waiting_message.lane)

    def _mark_or_note(self, message: Message, answer: DeliveryResult) -> str:
        """Mark what became of a message; where the database takes nothing, the journal has room for what was sent."""
        try:
            return mark(self.db, message, answer, self.now)
        except StorageError:
            self.is_unmarkable = True
            if answer.ok:
                self.journal.note(message.id, self.now)
            raise
