"""What operators decide about problems, and what follows from it."""

from __future__ import annotations

from storage import operator_writes, pages, problems, snapshots, version_queue, versions
from storage.database.connection import transaction
from storage.records import Page, Problem, ReviewState, Stage, SubjectKind
from tracker.context import AppContext
from tracker.errors import UsageError
from tracker.pipeline.error_boundary import DEFECT
from tracker.pipeline.run import finish
from tracker.pipeline.steps.guards.publish_gate import ROUND_HELD, decide_round
from tracker.pipeline.versions import template_changes
from tracker.pipeline.versions.reading_attempt import attempt
from tracker.pipeline.versions.record_version import compare_version

_SOMEBODY = "an operator"


def decide(service: AppContext, number: int, standing: ReviewState, who: str = _SOMEBODY) -> None:
    """Approve or reject the quarantined version of problem *number*, then tell what follows.

    Raises as ``record_decision``.
    """
    record_decision(service, number, standing, who)
    finish(service)


def record_decision(service: AppContext, number: int, standing: ReviewState, who: str = _SOMEBODY) -> None:
    """Approve or reject the quarantined version of problem *number*, all of a template change, or a round.

    ``finish`` tells what follows. Raises UsageError when there is no such open problem or it is about no version.
    """
    problem = _find(service, number)
    is_template = problem is not None and problem.cause == template_changes.TEMPLATE
    is_round = problem is not None and problem.cause == ROUND_HELD
    if problem is None or not (is_template or is_round or waits_for_decision(problem)):
        raise UsageError(f"problem {number}: not open, or not about a version or a round; see `clausewatch problems`")
    with transaction(service.db):
        if is_round:
            decide_round(service, standing)
        elif problem.version_id is None:
            _decide_template_change(service, problem, standing)
        else:
            versions.set_standing(service.db, problem.version_id, standing)
        problems.close_one(service.db, problem.id, service.clock())
        act = "approved" if standing is ReviewState.CONFIRMED else "rejected"
        operator_writes.note(service.db, who, act, f"problem {number}", service.clock())


def waits_for_decision(problem: Problem) -> bool:
    """Return whether a problem is a quarantined version's, which an operator approves or rejects."""
    return problem.version_id is not None and problem.stage is Stage.PAGE


def dismiss(service: AppContext, number: int, url: str = "", *, who: str = _SOMEBODY) -> list[Page]:
    """Take the pages of the read problem *number* for known and no law, or only the one at *url*; return them.

    Its pages are those of the source with the same trouble. A page is a problem again when it reads otherwise: for
    another reason, or under another title. Raises UsageError when there is no such open problem, or no such page in it.
    """
    problem = _find(service, number)
    source = service.sources.get(problem.source_id) if problem else None
    if problem is None or source is None or problem.stage is not Stage.READ or problem.cause == DEFECT:
        raise UsageError(f"problem {number}: not open, or not about pages that are no law; see `clausewatch problems`")
    own = {int(other.subject_id): other for other in _group(service, problem) if other.subject_kind is SubjectKind.PAGE}
    misread = [pages.get(service.db, page_id) for page_id in own]
    dismissals = [page for page in misread if url in {"", page.url}]
    if url and not dismissals:
        raise UsageError(f"{url}: no page of problem {number}; its pages are {', '.join(page.url for page in misread)}")
    with transaction(service.db):
        for page in dismissals:
            latest = snapshots.latest(service.db, page.id)
            assert latest is not None, "a page that was misread has no snapshot"
            pages.dismiss(service.db, page.id, attempt(service.db, service.archive, source, page, latest).verdict)
            problems.close_one(service.db, own[page.id].id, service.clock())
        operator_writes.note(service.db, who, "dismissed", f"problem {number}", service.clock())
    finish(service)
    return dismissals


def retry(service: AppContext, number: int, *, who: str = _SOMEBODY) -> Problem:
    """Let what failed in problem *number* be tried again at once, by this release, and return the problem.

    What a person asks for is a decision on its subject: the problem ends, and opens again when it still fails. Raises
    UsageError when there is no such open problem, or it is no defect.
    """
    problem = _find(service, number)
    if problem is None or problem.cause != DEFECT:
        raise UsageError(f"problem {number}: not open, or no defect of ours; see `clausewatch problems`")
    with transaction(service.db):
        for other in _group(service, problem):
            if other.subject_kind is SubjectKind.VERSION:
                version_queue.mark_failed(service.db, other.subject_id, "")
            elif other.subject_kind is SubjectKind.PAGE:
                for snapshot in snapshots.of_page(service.db, int(other.subject_id)):
                    snapshots.mark_failed(service.db, snapshot.id, "")
            problems.close_one(service.db, other.id, service.clock())
        operator_writes.note(service.db, who, "tried again", f"problem {number}", service.clock())
    finish(service)
    return problem


def _decide_template_change(service: AppContext, problem: Problem, standing: ReviewState) -> None:
    version_ids = template_changes.decide_versions(service.db, problem, standing, service.clock())
    if not version_ids:
        raise UsageError(f"problem {problem.id}: no version waits on it; it closes two days after the last change")
    for version_id in version_ids if standing is ReviewState.CONFIRMED else ():  # at once, lest they are held again
        version = versions.get(service.db, version_id)
        compare_version(service.db, service.archive, service.sources, version, service.clock())


def _group(service: AppContext, problem: Problem) -> list[Problem]:
    """Return the open problems that are told as one with *problem*, itself included."""
    same = problems.group_of(problem)
    return [other for other in problems.open_subjects(service.db) if problems.group_of(other) == same]


def _find(service: AppContext, number: int) -> Problem | None:
    """Return the open problem of this number, or one it was told together with that still stands."""
    known_problem = next((p for p in problems.every_row(service.db) if p.id == number), None)
    alike = [
        p
        for p in problems.open_subjects(service.db)
        if known_problem and problems.group_of(p) == problems.group_of(known_problem)
    ]
    return next((p for p in alike if p.id == number), alike[0] if alike else None)
