"""Operator report: which problems operators are to be told of now; without all that makes a mail of them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from storage import problems
from storage.records import Problem

REMIND_AFTER = timedelta(weeks=1)
_NEARLY = timedelta(days=1)  # what is due within a day is reminded of together with what is due


@dataclass(frozen=True, slots=True)
class Report:
    """What one mail tells: problems that are new, that still stand, and that have ended."""

    new: tuple[Problem, ...] = ()
    still_open: tuple[Problem, ...] = ()
    over: tuple[Problem, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.still_open or self.over)

    @property
    def all(self) -> tuple[Problem, ...]:
        """Every problem of the report."""
        return self.new + self.still_open + self.over

    def summed_up(self) -> Report:
        """Return the report as it is told: pages of one source with one trouble are one problem."""
        return Report(*(tuple(problems.summed_up(part)) for part in (self.new, self.still_open, self.over)))

    @property
    def key(self) -> str:
        """What makes the mail one: the same problems at the same point of their life are told once."""
        parts = [f"{p.id} {p.told_at} {p.closed_at}" for p in self.all]
        return f"operator:{hashlib.sha256(chr(10).join(parts).encode()).hexdigest()[:32]}"


def due_report(db: Database, now: datetime) -> Report:
    """Return what operators are to be told: what opened, what has stood for a week since, and what ended."""
    still_open = problems.told_before(db, now - REMIND_AFTER)
    if still_open:
        still_open = problems.told_before(db, now - REMIND_AFTER + _NEARLY)
    return Report(tuple(problems.untold_problems(db)), tuple(still_open), tuple(problems.ended_untold(db)))
