"""The law as it will be: a text computed from a version and an amending act, never a version of record."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class PendingState(StrEnum):
    """Whether the official text came, and whether it reads as was computed."""

    PENDING = "pending"
    AGREED = "agreed"
    DIFFERED = "differed"


@dataclass(frozen=True, slots=True)
class PendingVersion:
    """What an amending act makes of a version of the law it amends, computed the day the act appeared.

    ``operations`` are its instructions as told in JSON; ``verdict`` names the units in which the official text agreed
    with the computed one and those in which it differed.
    """

    id: int
    instrument_id: str
    base_version_id: str
    amending_id: str
    amending_version_id: str
    computed_at: datetime
    effective_on: date | None
    instruction_count: int
    applied_count: int
    operations: tuple[dict[str, Any], ...] = ()
    state: PendingState = PendingState.PENDING
    judged_at: datetime | None = None
    judged_version_id: str | None = None
    verdict: dict[str, Any] = field(default_factory=dict)

    @property
    def open_count(self) -> int:
        """Return how many instructions were left open."""
        return self.instruction_count - self.applied_count
