"""What operators decide about problems, and what follows from it."""

from __future__ import annotations

from storage import pages, problems, snapshots, versions
from storage.database.connection import transaction
from storage.records import Page, Problem, ReviewState, Stage
from tracker.context import AppContext
from tracker.errors import UsageError
from tracker.pipeline.run import finish
from tracker.pipeline.versions import template_changes
from tracker.pipeline.versions.reading_attempt import attempt
from tracker.pipeline.versions.record_version import compare_version


def decide(service: AppContext, number: int, standing: ReviewState) -> None:
    """Approve or reject the quarantined version of problem *number*, then tell what follows.

    Raises as ``record_decision``.
    """
    record_decision(service, number, standing)
    finish(service)


def record_decision(service: AppContext, number: int, standing: ReviewState) -> None:
    """Approve or reject the quarantined version of problem *number*, or all of a template change.

    ``finish`` tells what follows.

    Raises UsageError when there is no such open problem or it is about no version.
    """
    found = _find(service, number)
    if found is None or (found.version_id is None and found.cause != template_changes.TEMPLATE):
        raise UsageError(f"problem {number}: not open, or not about a version; see `clausewatch problems`")
    with transaction(service.db):
        if found.version_id is None:
            _decide_template_change(service, found, standing)
        else:
            versions.set_standing(service.db, found.version_id, standing)
        problems.close_one(service.db, number, service.clock())


def _decide_template_change(service: AppContext, found: Problem, standing: ReviewState) -> None:
    held = template_changes.decide_versions(service.db, found, standing, service.clock())
    if not held:
        raise UsageError(f"problem {found.id}: no version waits on it; it closes two days after the last change")
    for version_id in held if standing is ReviewState.CONFIRMED else ():  # at once, lest they are held again
        version = versions.get(service.db, version_id)
        compare_version(service.db, service.archive, service.sources, version, service.clock())


def dismiss(service: AppContext, number: int, url: str = "") -> list[Page]:
    """Take the pages of the read problem *number* for known and no law, or only the one at *url*; return them.

    A page is a problem again when it reads otherwise: for another reason, or under another title. The problem ends
    when none of its pages is left. Raises UsageError when there is no such open problem, or no such page in it.
    """
    found = _find(service, number)
    source = service.sources.get(found.source_id) if found else None
    if found is None or source is None or found.stage is not Stage.READ or found.cause == "defect":
        raise UsageError(f"problem {number}: not open, or not about pages that are no law; see `clausewatch problems`")
    misread = [pages.get(service.db, page_id) for page_id in snapshots.misread(service.db, source.id)]
    chosen = [page for page in misread if url in {"", page.url}]
    if url and not chosen:
        raise UsageError(f"{url}: no page of problem {number}; its pages are {', '.join(page.url for page in misread)}")
    with transaction(service.db):
        for page in chosen:
            latest = snapshots.latest(service.db, page.id)
            assert latest is not None, "a page that was misread has no snapshot"
            pages.dismiss(service.db, page.id, attempt(service.db, service.archive, source, page, latest).verdict)
        if len(chosen) == len(misread):
            problems.close_one(service.db, number, service.clock())
    finish(service)
    return chosen


def _find(service: AppContext, number: int) -> Problem | None:
    return next((p for p in problems.open_problems(service.db) if p.id == number), None)
