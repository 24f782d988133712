"""Events: what a subscriber may be told."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from storage.records.change import Weight


class EventKind(StrEnum):
    """Why a subscriber may be told."""

    NEW_INSTRUMENT = "new_instrument"
    NEW_VERSION = "new_version"
    DRAFT_OPENED = "draft_opened"
    DATE_NEAR = "date_near"
    DATE_MOVED = "date_moved"
    AMENDING_ACT = "amending_act"
    REPEALED = "repealed"
    CORRECTED = "corrected"
    REVERSED = "reversed"
    WILL_CHANGE = "will_change"
    DIFFERED = "differed"


@dataclass(frozen=True, slots=True)
class Event:
    """Something a subscriber may be told; unique by ``key`` (kind, instrument and version or date).

    ``details`` is small JSON for the composer: dates, the relation's words, the other instrument.
    ``change_set_id`` names the stored comparison of a new version.
    """

    id: int
    key: str
    kind: EventKind
    instrument_id: str
    at: datetime
    version_id: str | None = None
    change_set_id: int | None = None
    weight: Weight = Weight.MEDIUM
    jurisdiction: str = ""
    authorities: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    source_id: str = ""
    on: date | None = None
    details: dict[str, Any] = field(default_factory=dict)
