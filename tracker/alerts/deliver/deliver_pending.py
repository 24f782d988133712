"""Step *deliver*: every message is filed in the home, and sent when a way is configured."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parseaddr

from sqlite_utils import Database

from storage import messages
from storage.database.connection import transaction
from storage.messages import PendingMessage
from storage.records import Audience, Channel, Message, MessageStatus
from tracker.alerts.boundary import StepBoundary, unguarded
from tracker.alerts.deliver.chat import notify
from tracker.alerts.deliver.outcome import close_what_is_well, mark
from tracker.alerts.deliver.send_queue import Lanes
from tracker.alerts.deliver.smtp import DeliveryResult, SmtpSession, server_of
from tracker.alerts.deliver.webhooks import post
from tracker.alerts.eml_files import file_messages
from tracker.alerts.errors import MailServerError
from tracker.alerts.settings import NOBODY, AlertSettings
from tracker.locks import try_delivery_lock

_COURIERS = 4  # connections at most: they overlap what is said before a message, and how long the server reads it
_FILED_TOGETHER = 500
_LONGEST = 300.0  # seconds of one pass; what is left is for the next one


@dataclass(frozen=True, slots=True)
class Delivered:
    """What one pass over the outbox did; ``error`` says why the mail server could not be used at all."""

    filed: int = 0
    sent: int = 0
    failed: int = 0
    retried: int = 0
    error: str = ""


def deliver_pending(db: Database, now: datetime, settings: AlertSettings, guard: StepBoundary = unguarded) -> Delivered:
    """File what is not yet filed, and send what is pending and due; a message is marked as soon as it is done.

    While another process delivers, nothing is done here: it sees to everything.
    """
    with try_delivery_lock(settings.home) as mine:
        return _Pass(db, now, settings, guard).run() if mine else Delivered()


@dataclass
class _Pass:
    """One pass over the outbox."""

    db: Database
    now: datetime
    settings: AlertSettings
    guard: StepBoundary
    ended: list[str] = field(default_factory=list)
    held: set[tuple[int, str, str]] = field(default_factory=set)  # who was put off gets nothing later before it
    landing: asyncio.Lock = field(default_factory=asyncio.Lock)
    end: float = field(default_factory=lambda: time.monotonic() + _LONGEST)

    def run(self) -> Delivered:
        filed, error = self._file(), ""
        waiting = messages.due_messages(self.db, self.now)
        mail = [each for each in waiting if each.channel is Channel.EMAIL and each.address != NOBODY]
        others = [each for each in waiting if each.channel is not Channel.EMAIL]
        with messages.fast_commits(self.db):
            if mail and self.settings.smtp_url:
                error = asyncio.run(self._send(mail))
            for each in others:
                self._post(each)
        sent, failed, retried = (self.ended.count(word) for word in ("sent", "failed", "retried"))
        with transaction(self.db):
            close_what_is_well(self.db, self.now, well=bool(sent and not failed))
        return Delivered(filed, sent, failed, retried, error)

    def _file(self) -> int:
        """Write what is in no folder yet."""
        unfiled, filed = messages.unfiled_ids(self.db), 0
        for at in range(0, len(unfiled), _FILED_TOGETHER):
            together = unfiled[at : at + _FILED_TOGETHER]
            with self.guard(f"filing {together[0]}"), transaction(self.db):
                found = [messages.get(self.db, each) for each in together]
                for_operators = [each for each in found if each.audience is Audience.OPERATOR]
                file_messages(self.settings.emails, [each for each in found if each.audience is Audience.READER])
                file_messages(self.settings.operator, for_operators)
                for each in together:
                    messages.mark_filed(self.db, each, self.now)
                filed += len(together)
        return filed

    async def _send(self, mail: Sequence[PendingMessage]) -> str:
        """Send mail over a few connections; say why the server is away when it is and something is left."""
        lanes = Lanes(mail, self.settings.domain_pause, self.end)
        said = await asyncio.gather(*(self._serve(lanes) for _ in range(min(lanes.count, _COURIERS))))
        return next(filter(None, said), "") if len(lanes) else ""

    async def _serve(self, lanes: Lanes) -> str:
        """Carry what the lanes give, over one connection; say why no connection could be had."""
        async with SmtpSession(server_of(self.settings.smtp_url or ""), patience=self.settings.patience) as courier:
            while each := await lanes.take():
                try:
                    await courier.open()
                except MailServerError as error:
                    lanes.put_back(each)
                    return str(error)
                await self._carry(courier, each)
                lanes.give_back(each)
        return ""

    async def _carry(self, courier: SmtpSession, each: PendingMessage) -> None:
        message = messages.get(self.db, each.id)
        if each.lane in self.held or message.status is not MessageStatus.PENDING:
            return
        answer = await courier.offer(parseaddr(self.settings.mail_from)[1], message.address, message.mime)
        async with self.landing:  # whatever kills us, one message at most is with the server and not marked
            self._mark(each, message, answer or await courier.settle())

    def _post(self, each: PendingMessage) -> None:
        """Hand a message to a way other than mail."""
        message = messages.get(self.db, each.id)
        if each.lane in self.held or message.status is not MessageStatus.PENDING or time.monotonic() > self.end:
            return
        answer = post(message, self.settings, self.now) if each.channel is Channel.WEBHOOK else notify(message)
        self._mark(each, message, answer)

    def _mark(self, each: PendingMessage, message: Message, answer: DeliveryResult) -> None:
        with self.guard(message.key):
            self.ended.append(mark(self.db, message, answer, self.now))
        if not answer.accepted and not answer.final:
            self.held.add(each.lane)
