"""Review of quarantined changes: an operator sees what would be told, and approves or rejects it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, BackgroundTasks, HTTPException, Query, Request, Response
from fastapi.responses import HTMLResponse

from storage import snapshots, versions
from storage.records import ReviewState
from tracker.context import AppContext
from tracker.errors import UsageError
from tracker.operations.review import record_decision
from tracker.pipeline.run import finish
from tracker.view_models.comparison_cache import contrast
from tracker.view_models.decisions import WaitingDecision, find_decision, waiting_decisions
from tracker.view_models.provision_links import segment
from tracker.view_models.redline_view import AsLaidOut, redline_context
from tracker.web.dependencies import RequestService, own_service
from tracker.web.forms import Form, form_page, onward
from tracker.web.page_templates import page_words
from tracker.web.pagination import OutcomeQuery, RowNumber
from tracker.web.session import Operator
from tracker.wording.safe_links import official_url

router = APIRouter(prefix="/operators/quarantine", default_response_class=HTMLResponse, include_in_schema=False)
_VERDICTS = {"approve": ReviewState.CONFIRMED, "reject": ReviewState.REJECTED}
_NOTICES = {
    "approve": "Approved: it is now the newest text, and subscribers are being notified.",
    "reject": "Rejected: the last good text stands, and nobody is notified.",
}


@router.get("")
def list_waiting(request: Request, service: RequestService, who: Operator, outcome: OutcomeQuery = "") -> Response:
    """List what waits for an operator."""
    rows = waiting_decisions(service.db)
    notice = _NOTICES.get(outcome, "")
    return form_page(request, who, "operators_quarantine.html", place="quarantine", rows=rows, done=notice)


@router.get("/{number}")
def look(
    request: Request, service: RequestService, who: Operator, number: RowNumber, layout: AsLaidOut,
    is_unsure: Annotated[bool, Query(alias="unsure")] = False, version: str = "",
) -> Response:  # fmt: skip
    """Show what would be told if it were approved: of one version, or which versions a template change holds."""
    decision = _open(service, number)
    if decision.is_round:
        return form_page(
            request, who, "operators_round.html",
            place="quarantine", decision=decision, problem=decision.problem, unsure=is_unsure,
        )  # fmt: skip
    if decision.is_template_change and not version:
        pairs = list(zip(decision.versions, decision.titles, strict=True))
        return form_page(
            request, who, "operators_template_change.html",
            place="quarantine", decision=decision, problem=decision.problem, pairs=pairs, unsure=is_unsure,
        )  # fmt: skip
    new = versions.get(service.db, _one_of(decision, version))
    old = versions.before(service.db, new)
    if old is None:
        raise HTTPException(404, "There is no text before it to compare it with.")
    comparison = contrast(old.reading, new.reading)
    shot = snapshots.get(service.db, new.snapshot_id)
    address = f"/operators/quarantine/{number}?" + (f"version={segment(new.id)}&" if version else "")
    context: dict[str, Any] = redline_context(
        service.db, comparison, (old.id, new.id), layout, address, page_words()
    ) | {
        "problem": decision.problem,
        "official": official_url(shot.url),
        "again": snapshots.seen_again_at(service.db, shot),
        "unsure": is_unsure,
        "of_many": len(decision.versions),
    }
    return form_page(request, who, "operators_quarantined.html", place="quarantine", **context)


@router.post("/{number}")
def judge(
    request: Request,
    service: RequestService,
    who: Operator,
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
        record_decision(service, number, _VERDICTS[verdict], who)
    except UsageError as error:
        raise HTTPException(404, str(error)) from None
    later.add_task(tell, request)
    return onward(f"/operators/quarantine?done={verdict}")


def tell(request: Request) -> None:
    """Take what was approved to its end: compare, match, compose, deliver."""
    with own_service(request) as service:
        finish(service)


def _open(service: AppContext, number: int) -> WaitingDecision:
    decision = find_decision(service.db, number)
    if decision is None:
        raise HTTPException(404, "This is settled, or was never in quarantine.")
    return decision


def _one_of(decision: WaitingDecision, version_id: str) -> str:
    """Return the version that is looked at; only one that waits on this decision is shown."""
    if not version_id:
        return decision.versions[0].id
    if version_id not in {row.id for row in decision.versions}:
        raise HTTPException(404, "That version does not wait on this decision.")
    return version_id
