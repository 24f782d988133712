"""File the outbox: every message becomes a file in the home, whatever else is done with it.

They are written together, for one wait for the disk. When that fails each is written alone: one bad message holds up
no other, and a folder that takes no file at all is told apart from a message that cannot be written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from storage import messages
from storage.database.connection import transaction
from storage.records import Audience, Message
from tracker.alerts.boundary import StepBoundary, TogetherBoundary
from tracker.alerts.eml_files import file_messages
from tracker.alerts.settings import AlertSettings

_TOGETHER = 500


@dataclass(frozen=True, slots=True)
class FilingReport:
    """How many messages were written, and why a folder takes none; empty when every folder does."""

    count: int = 0
    error: str = ""


def file_outbox(db: Database, settings: AlertSettings, now: datetime, boundary: StepBoundary) -> FilingReport:
    """Write what is in no folder yet, and mark it filed."""
    batch: list[Message] = []
    for message_id in messages.unfiled_ids(db):
        with boundary(f"message {message_id}"):
            batch.append(messages.get(db, message_id))
    folders = ((Audience.READER, settings.emails), (Audience.OPERATOR, settings.operator))
    reports = [
        _file_in(db, folder, [message for message in batch if message.audience is audience], now, boundary)
        for audience, folder in folders
    ]
    return FilingReport(sum(r.count for r in reports), next((r.error for r in reports if r.error), ""))


def _file_in(
    db: Database, folder: Path, batch: Sequence[Message], now: datetime, boundary: StepBoundary
) -> FilingReport:
    count, error = 0, ""
    for at in range(0, len(batch), _TOGETHER):
        together = batch[at : at + _TOGETHER]
        attempt = TogetherBoundary()
        with attempt:
            _write(db, folder, together, now)
        if not attempt.has_failed:
            for message in together:
                with boundary(message.key):  # what failed alone before has succeeded
                    count += 1
            continue
        alone = _file_alone(db, folder, together, now, boundary)
        count, error = count + alone.count, error or alone.error
    return FilingReport(count, error)


def _file_alone(
    db: Database, folder: Path, together: Sequence[Message], now: datetime, boundary: StepBoundary
) -> FilingReport:
    count, refusals = 0, []
    for message in together:
        with boundary(message.key):
            try:
                _write(db, folder, [message], now)
                count += 1
            except OSError as error:
                refusals.append((message, error))
    if refusals and not count:
        return FilingReport(0, f"{folder}: {refusals[0][1]}")
    for message, refusal in refusals:  # the folder takes others: it is this message's own
        with boundary(message.key):
            raise refusal
    return FilingReport(count)


def _write(db: Database, folder: Path, together: Sequence[Message], now: datetime) -> None:
    with transaction(db):
        file_messages(folder, together)
        for message in together:
            messages.mark_filed(db, message.id, now)
