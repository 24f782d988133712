"""Review of quarantined changes: an operator sees what would be told, and approves or rejects it."""

from __future__ import annotations

from fastapi import APIRouter, BackgroundTasks, HTTPException, Request, Response
from fastapi.responses import HTMLResponse

from storage import instruments, problems, snapshots, versions
from storage.records import Problem, ReviewState
from tracker.context import AppContext
from tracker.errors import UsageError
from tracker.operations.review import record_decision
from tracker.pipeline.run import finish
from tracker.view_models.comparison_cache import contrast
from tracker.view_models.redline_view import AsLaidOut, redline_context
from tracker.web.dependencies import RequestService, own_service
from tracker.web.forms import Form, form_page, onward
from tracker.web.pagination import RowNumber
from tracker.web.session import Operator
from tracker.wording.safe_links import official_url

router = APIRouter(prefix="/operators/quarantine", default_response_class=HTMLResponse, include_in_schema=False)
_VERDICTS = {"approve": ReviewState.CONFIRMED, "reject": ReviewState.REJECTED}
_NOTICES = {
    "approve": "Approved: it is the newest text now, and those who asked for it are being told.",
    "reject": "Rejected: the last good text stands, and nobody is told.",
}


@router.get("")
def list_waiting(request: Request, service: RequestService, who: Operator, done: str = "") -> Response:
    """List what waits for an operator."""
    rows = [
        (problem, instruments.get(service.db, problem.version_id.rpartition("@")[0]).title)
        for problem in problems.open_problems(service.db)
        if problem.version_id is not None
    ]
    return form_page(
        request, who, "operators_quarantine.html", place="quarantine", rows=rows, done=_NOTICES.get(done, "")
    )


@router.get("/{number}")
def look(
    request: Request, service: RequestService, who: Operator, number: RowNumber, layout: AsLaidOut, unsure: bool = False
) -> Response:
    """Show what would be told if it were approved."""
    problem = _open(service, number)
    assert problem.version_id is not None, "only problems about a version are opened here"
    new = versions.get(service.db, problem.version_id)
    old = versions.before(service.db, new)
    if old is None:
        raise HTTPException(404, "There is no text before it to compare it with.")
    comparison = contrast(old.reading, new.reading)
    shot = snapshots.get(service.db, new.snapshot_id)
    context = redline_context(service.db, comparison, (old.id, new.id), layout, f"/operators/quarantine/{number}?") | {
        "problem": problem,
        "official": official_url(shot.url),
        "again": snapshots.seen_again_at(service.db, shot),
        "unsure": unsure,
    }
    return form_page(request, who, "operators_quarantined.html", place="quarantine", **context)


@router.post("/{number}")
def judge(
    request: Request,
    service: RequestService,
    _: Operator,
    number: RowNumber,
    form: Form,
    later: BackgroundTasks,
) -> Response:
    """Approve or reject; what follows of it is done after the answer."""
    verdict = form.one("verdict")
    if verdict not in _VERDICTS:
        raise HTTPException(422, "Approve or reject?")
    _open(service, number)
    if verdict == "approve" and not form.one("sure"):
        return onward(f"/operators/quarantine/{number}?unsure=true")
    try:
        record_decision(service, number, _VERDICTS[verdict])
    except UsageError as error:
        raise HTTPException(404, str(error)) from None
    later.add_task(tell, request)
    return onward(f"/operators/quarantine?done={verdict}")


def tell(request: Request) -> None:
    """Take what was approved to its end: compare, match, compose, deliver."""
    with own_service(request) as service:
        finish(service)


def _open(service: AppContext, number: int) -> Problem:
    problem = next(
        (open_problem for open_problem in problems.open_problems(service.db) if open_problem.id == number), None
    )
    if problem is None or problem.version_id is None:
        raise HTTPException(404, "This is settled, or was never in quarantine.")
    return problem
