"""What stands open, and what was sent: problems with what to try, and the outbox."""

from __future__ import annotations

from collections import Counter
from email import message_from_bytes, policy

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import HTMLResponse

from storage import messages, problems
from storage.errors import MissingRowError
from storage.records import Channel, Message
from tracker.context import AppContext
from tracker.view_models.decisions import waiting_decisions
from tracker.view_models.doubtful_matches import doubtful_matches
from tracker.web.dependencies import RequestService
from tracker.web.forms import form_page
from tracker.web.pagination import RowNumber
from tracker.web.session import Operator
from tracker.wording.problem_report import trouble_of

router = APIRouter(prefix="/operators", default_response_class=HTMLResponse, include_in_schema=False)
_MOST = 200


@router.get("")
def overview(request: Request, service: RequestService, who: Operator) -> Response:
    """Show how much stands open."""
    return form_page(
        request, who, "operators.html",
        place="overview",
        problems=len(problems.open_problems(service.db)),
        waiting=len(waiting_decisions(service.db)),
        outbox=Counter(message.status.value for message in messages.recent(service.db, _MOST)),
        most=_MOST,
        mail=_sends(service),
        matches=doubtful_matches(service.db)[:_MOST],
    )  # fmt: skip


@router.get("/problems")
def all_problems(request: Request, service: RequestService, who: Operator) -> Response:
    """List the open problems, with what to try."""
    titles = {source.id: source.title for source in service.sources.values()}
    base = service.settings.base_url
    rows = [trouble_of(service.db, problem, titles, base) for problem in problems.open_problems(service.db)]
    decidable = {decision.problem.id for decision in waiting_decisions(service.db)}
    return form_page(
        request, who, "operators_problems.html",
        place="problems", rows=rows, sources=service.sources, decidable=decidable,
    )  # fmt: skip


@router.get("/outbox")
def outbox(request: Request, service: RequestService, who: Operator) -> Response:
    """List the newest messages, whatever became of them."""
    rows = messages.recent(service.db, _MOST)
    return form_page(request, who, "operators_outbox.html", place="outbox", rows=rows, mail=_sends(service))


@router.get("/outbox/{number}")
def one_message(request: Request, service: RequestService, who: Operator, number: RowNumber) -> Response:
    """Show one message as text."""
    try:
        message = messages.get(service.db, number)
    except MissingRowError:
        raise HTTPException(404, "There is no such message.") from None
    return form_page(request, who, "operators_message.html", place="outbox", message=message, text=_text_of(message))


def _sends(service: AppContext) -> bool:
    return bool(service.settings.smtp_url)


def _text_of(message: Message) -> str:
    if message.channel is not Channel.EMAIL:
        return message.mime.decode("utf-8", "replace")
    body = message_from_bytes(message.mime, policy=policy.default).get_body(("plain",))
    return str(body.get_content()) if body is not None else ""
