"""What a job of the queue is called and what it is told: all that scheduler and workers share."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from storage.records import FleetStage

TASK = "clausewatch.stage"


@dataclass(frozen=True, slots=True)
class StageJob:
    """One job: a *share* of a stage of a round, with the pages to look at or how many shares there are.

    ``at`` is the time that a drill gives, as text; empty for the real one.
    """

    round_id: int
    stage: FleetStage
    share: str = "0"
    shares: int = 1
    pages: tuple[int, ...] = ()
    at: str = ""

    @classmethod
    def from_args(cls, args: dict[str, Any]) -> StageJob:
        """Return the job that the queue's arguments tell."""
        return cls(**{**args, "stage": FleetStage(args["stage"]), "pages": tuple(args["pages"])})

    def as_args(self) -> dict[str, Any]:
        """Return the job as arguments of the queue."""
        return {**asdict(self), "stage": self.stage.value, "pages": list(self.pages)}

    @property
    def queueing_lock(self) -> str:
        """What keeps a job from waiting in the queue twice; never given together with a retry, which would fail."""
        return f"{self.round_id} {self.stage.value} {self.share}"
