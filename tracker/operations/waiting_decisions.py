"""What waits for an operator's decision: quarantined versions, and template changes with all their versions."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from storage import problems, versions
from storage.records import Problem
from storage.versions import VersionRow
from tracker.operations.review import waits_for_decision
from tracker.pipeline.versions import template_changes


@dataclass(frozen=True, slots=True)
class WaitingDecision:
    """One decision an operator owes: a problem, and the versions that are approved or rejected with it."""

    problem: Problem
    versions: tuple[VersionRow, ...]

    @property
    def is_template_change(self) -> bool:
        """Whether many pages of a host changed alike, and all of them are decided at once."""
        return self.problem.cause == template_changes.TEMPLATE


def waiting_decisions(db: Database) -> list[WaitingDecision]:
    """Return what waits for a decision, oldest first: each quarantined version is in exactly one of them."""
    row_of = {row.id: row for row in versions.quarantined_versions(db)}
    decisions = []
    for problem in problems.open_subjects(db):
        if problem.cause == template_changes.TEMPLATE:
            rows = template_changes.held_versions(db, problem.source_id)
        elif waits_for_decision(problem):
            rows = [row_of[problem.version_id]] if problem.version_id in row_of else []
        else:
            continue
        if rows:
            decisions.append(WaitingDecision(problem, tuple(rows)))
    return decisions
