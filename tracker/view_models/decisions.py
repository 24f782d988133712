"""Decisions that wait for an operator: quarantined versions, one by one or all of a template change together."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from crawlers.hosts.host_lock import host_key
from storage import events, instruments, problems, versions
from storage.records import Problem
from storage.versions import VersionRow

ROUND_HELD = "round held"
"""The cause of the problem with which the publish gate holds a round."""


@dataclass(frozen=True, slots=True)
class WaitingDecision:
    """One open problem that an operator decides, with every version that stands or falls with it."""

    problem: Problem
    versions: tuple[VersionRow, ...]
    titles: tuple[str, ...]

    @property
    def is_round(self) -> bool:
        """Return whether it is about all that one round found."""
        return self.problem.cause == ROUND_HELD

    @property
    def is_template_change(self) -> bool:
        """Return whether it is about all pages of a host at once."""
        return self.problem.version_id is None and not self.is_round

    @property
    def title(self) -> str:
        """The title of the law, or what changed its template."""
        return (
            f"{self.problem.source_id}: {self.problem.cause}"
            if not self.versions or self.is_template_change
            else self.titles[0]
        )


def waiting_decisions(db: Database) -> list[WaitingDecision]:
    """Return what waits for a decision, oldest first: the one query behind number, list and problems page."""
    quarantined, open_problems = versions.quarantined_versions(db), problems.open_problems(db)
    own = {problem.version_id for problem in open_problems}
    decisions = []
    for problem in open_problems:
        rows = tuple(row for row in quarantined if _is_about(db, problem, row, has_own=row.id in own))
        if problem.cause == ROUND_HELD:
            titles_held = tuple(instruments.get(db, event.instrument_id).title for event in events.held_events(db))
            decisions.append(WaitingDecision(problem, (), tuple(dict.fromkeys(titles_held))))
        elif rows:
            titles = tuple(instruments.get(db, row.instrument_id).title or row.instrument_id for row in rows)
            decisions.append(WaitingDecision(problem, rows, titles))
    return decisions


def find_decision(db: Database, problem_id: int) -> WaitingDecision | None:
    """Return the decision about one problem, if it still waits."""
    return next((decision for decision in waiting_decisions(db) if decision.problem.id == problem_id), None)


def _is_about(db: Database, problem: Problem, row: VersionRow, *, has_own: bool) -> bool:
    """Return whether a version waits on *problem*: it is about that version, or about the host of its page.

    A version that has a problem of its own is decided by that one alone.
    """
    if problem.version_id is not None or has_own:
        return problem.version_id == row.id
    return problem.source_id == host_key(versions.page_of(db, row).url)
