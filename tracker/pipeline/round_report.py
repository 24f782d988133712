"""What a round did, and how a waiting person is told."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Protocol


class Progress(Protocol):
    """Someone who is told how far a round is."""

    def step(self, name: str, detail: str) -> None:
        """Say that step *name* begins."""


class NoProgress:
    """Progress that says nothing."""

    def step(self, name: str, detail: str) -> None:
        """Say nothing."""


@dataclass(frozen=True, slots=True)
class RoundProblem:
    """What went wrong in a round: one per source, stage and cause; of a step, under the name of the step."""

    source: str
    stage: str
    cause: str
    since: datetime


@dataclass(frozen=True, slots=True)
class RoundReport:
    """One pass over what was due, in figures; ``checked`` counts pages, ``emails`` messages filed or sent."""

    checked: int = 0
    unchanged: int = 0
    new_instruments: int = 0
    new_versions: int = 0
    changes: int = 0
    alerts: int = 0
    emails: int = 0
    problems: tuple[RoundProblem, ...] = ()
    closed: int = 0

    def as_json(self) -> dict[str, Any]:
        """Return the shape ``clausewatch/round/1`` of DESIGN section 5."""
        figures = asdict(self)
        figures["problems"] = [
            {"source": p.source, "stage": p.stage, "cause": p.cause, "since": p.since.isoformat()}
            for p in self.problems
        ]
        return {"schema": "clausewatch/round/1", **figures}
