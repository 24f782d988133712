"""An alert that proved wrong is taken back by an operator: everyone who was told of its event hears so, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlite_utils import Database

from storage import alerts, events
from storage.database.connection import transaction
from storage.records import Event, EventKind, Weight
from tracker.alerts.errors import RetractionError

_LONGEST = 600


def retract(db: Database, message_id: int, why: str, now: datetime, instrument_id: str = "") -> int:
    """Note that what a message told was wrong; return how many events are taken back that were not before.

    *instrument_id* chooses from a message about several. Raises RetractionError when it leaves nothing, or a choice.
    """
    told_events = [events.get(db, event.event_id) for event in alerts.of_message(db, message_id)]
    wrong = {event.id: event for event in told_events if instrument_id in {"", event.instrument_id}}
    if not wrong:
        raise RetractionError(f"message {message_id}: there is none, or it tells nothing of that instrument")
    instrument_ids = sorted({event.instrument_id for event in wrong.values()})
    if len(instrument_ids) > 1:
        raise RetractionError(
            f"message {message_id} is about several instruments; choose one: {', '.join(instrument_ids)}"
        )
    with transaction(db):
        return sum(events.add(db, _retraction(event, why, now)) is not None for event in wrong.values())


def _retraction(wrong: Event, why: str, now: datetime) -> Event:
    return replace(
        wrong,
        id=0,
        key=f"{EventKind.CORRECTED.value}:told:{wrong.key}",
        kind=EventKind.CORRECTED,
        at=now,
        change_set_id=None,
        weight=Weight.HIGH,
        on=None,
        details={"retracted": wrong.id, "basis": why[:_LONGEST]},
    )
