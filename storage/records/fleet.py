"""A round of several machines, and its stages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class FleetStage(StrEnum):
    """The stages of a round, in order: the jobs of one may run side by side; the next begins when all have ended."""

    FETCH = "fetch"
    LEARN = "learn"
    READ = "read"
    CONFIRM = "confirm"
    COMPARE = "compare"
    COMPOSE = "compose"
    DELIVER = "deliver"

    @property
    def next(self) -> FleetStage | None:
        """The stage after this one."""
        stages = list(FleetStage)
        place = stages.index(self) + 1
        return stages[place] if place < len(stages) else None


@dataclass(frozen=True, slots=True)
class FleetRound:
    """One pass over what was due, done by the workers of a fleet; one is open at a time.

    ``baseline`` is where everything stood before, as the pipeline writes it down.
    """

    id: int
    started_at: datetime
    stage: FleetStage
    baseline: str
    ended_at: datetime | None = None
