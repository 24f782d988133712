"""Instruments and versions: the law itself, and its text as read at one time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.records.reading import Reading


class Status(StrEnum):
    """Where an instrument stands in its life on a given day; worked out from its dates."""

    IN_FORCE = "in_force"
    DRAFT = "draft"
    ADOPTED = "adopted"
    NOT_YET_IN_FORCE = "not_yet_in_force"
    REPEALED = "repealed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Instrument:
    """The law itself through time."""

    id: str
    jurisdiction: str
    title: str
    title_native: str = ""
    source_id: str = ""
    url: str = ""
    first_seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Identifier:
    """What a law is recognised by: a number in the one spelling of its scheme, or a title in normal form."""

    scheme: str
    value: str


class ReviewState(StrEnum):
    """Whether a version may be told about: a surprising one waits for a second fetch, a collapse for an operator."""

    UNCONFIRMED = "unconfirmed"
    CONFIRMED = "confirmed"
    QUARANTINED = "quarantined"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Version:
    """The text of an instrument as read from one snapshot, in one language, from one source."""

    id: str
    instrument_id: str
    source_id: str
    page_id: int
    snapshot_id: int
    language: str
    seen_at: datetime
    standing: ReviewState
    first: bool
    text_sha256: str
    reading: Reading
