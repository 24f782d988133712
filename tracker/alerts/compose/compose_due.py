"""Step *compose*: what is owed and due becomes messages in the outbox, each composed once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from itertools import count, islice

from sqlite_utils import Database

from storage import alerts, messages
from storage.database.connection import transaction
from storage.records import Cadence, Channel
from tracker.alerts.boundary import StepBoundary, no_boundary
from tracker.alerts.compose.address_message import Envelope, OutboxMail, address_to
from tracker.alerts.compose.channel_payloads import compose_notice
from tracker.alerts.compose.due_alerts import DueMessage, all_due
from tracker.alerts.compose.event_cache import EventCache
from tracker.alerts.compose.message_body import MessageBody
from tracker.alerts.compose.print_cache import PrintCache
from tracker.alerts.compose.recipient import reader_of
from tracker.alerts.compose.subscription_reason import titles_of
from tracker.alerts.compose.translation import Translator
from tracker.alerts.settings import AlertSettings

_AT_A_TIME = 50  # messages of one transaction: each is one wait for the disk, and keeps other writers out


class _ComposedElsewhereError(Exception):
    """Another process told these alerts first; what was composed here is undone."""


class _Composer:
    """Composes the messages of one pass."""

    def __init__(self, db: Database, settings: AlertSettings, now: datetime) -> None:
        self._db, self._settings, self._now = db, settings, now
        self._shelf, self._translator = EventCache(db), Translator(db, settings, now)
        self._press = PrintCache(settings, self._translator.find)

    def all_due(self) -> Iterator[DueMessage]:
        return all_due(self._db, self._shelf, self._now)

    def prepare(self, due: DueMessage) -> None:
        """Have translated what one message needs, while no transaction keeps others from writing."""
        if self._settings.translate_url:
            materials = (self._shelf.material(event_id) for event_id in due.event_ids)
            self._translator.prepare(materials, reader_of(due.subscriber, self._now))

    def compose(self, due: DueMessage) -> None:
        """Compose one message and mark its alerts; what comes late for a period already told gets one of its own."""
        with transaction(self._db):
            if due.quiet is not None and messages.known_keys(self._db, [due.key]):
                raise _ComposedElsewhereError
            message_id = next(filter(None, (self._add(due, turn) for turn in count(1))))
            alert_ids = [alert.id for alert in due.alerts]
            if alert_ids and not alerts.set_message(self._db, alert_ids, message_id):
                raise _ComposedElsewhereError

    def _add(self, due: DueMessage, turn: int) -> int | None:
        due = due if turn == 1 else replace(due, key=f"{due.key}#{turn}")
        if messages.known_keys(self._db, [due.key]):
            return None
        wanted_by = tuple(due.subscriptions.values())
        envelope = Envelope(due.key, due.subscriber, wanted_by, titles_of(self._db, wanted_by, due.subscriber.language))
        mail = self._letter(due, envelope)
        return messages.add(self._db, mail.pending(envelope, self._now, channel=due.channel, target=due.target))

    def _letter(self, due: DueMessage, envelope: Envelope) -> OutboxMail:
        materials = [self._shelf.material(event_id) for event_id in due.event_ids]
        message_body = self._message_body(due)
        if due.channel is not Channel.EMAIL:
            return compose_notice(due.channel, message_body, envelope, materials, self._settings, self._now)
        return address_to(message_body, envelope, self._settings, self._now)

    def _message_body(self, due: DueMessage) -> MessageBody:
        materials = [self._shelf.material(event_id) for event_id in due.event_ids]
        reader = reader_of(due.subscriber, self._now)
        if due.quiet is not None:
            return self._press.quiet(due.cadence, due.quiet.looked_at, due.quiet.with_problems, reader)
        if due.storm:
            return self._press.storm(materials, reader)
        if due.cadence is Cadence.AT_ONCE:
            return self._press.alert(materials[0], reader)
        return self._press.digest(due.cadence, materials, reader)


def compose_due(db: Database, now: datetime, settings: AlertSettings, guard: StepBoundary = no_boundary) -> int:
    """Compose every message that is due; return how many there are."""
    composer, count_composed = _Composer(db, settings, now), 0
    due_messages = composer.all_due()
    while batch := list(islice(due_messages, _AT_A_TIME)):
        for due in batch:
            with guard(due.key):
                composer.prepare(due)
        with transaction(db):
            for due in batch:
                with guard(due.key), suppress(_ComposedElsewhereError):
                    composer.compose(due)
                    count_composed += 1
    return count_composed
