"""One set of changes on the team's desk: assign it, comment on it, mark it as reviewed, read its audit trail."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import HTMLResponse

from storage import operator_writes
from storage.database.connection import transaction
from storage.errors import MissingRowError
from storage.team_notes import TeamAct
from tracker.context import AppContext
from tracker.errors import UsageError
from tracker.view_models.team.change_work import change_work
from tracker.view_models.team.work_list import note
from tracker.web.dependencies import RequestService
from tracker.web.forms import Form, FormData, form_page, onward
from tracker.web.page_templates import page_words
from tracker.web.pagination import RowNumber
from tracker.web.session import SignedInPerson, TeamMember
from tracker.web.team.work_board import team_people

router = APIRouter(prefix="/team/changes", default_response_class=HTMLResponse, include_in_schema=False)


@router.get("/{set_id}")
def show_change(request: Request, service: RequestService, member: TeamMember, set_id: RowNumber) -> Response:
    """Show a set of changes with what was done with it, and what can be done."""
    return _page(request, service, member, set_id)


@router.post("/{set_id}")
def act_on_change(
    request: Request, service: RequestService, member: TeamMember, set_id: RowNumber, form: Form
) -> Response:
    """Assign, comment, review or reopen, under the name of who is signed in; nothing is ever taken back."""
    try:
        act = TeamAct(form.one("act"))
    except ValueError:
        raise HTTPException(422, "Assign, comment, review or reopen?") from None
    try:
        note(service.db, set_id, act, who=member.name, now=service.clock(), unit=form.one("unit"),
             whom=form.one("whom"), text=form.one("text"))  # fmt: skip
    except UsageError as error:
        return _page(request, service, member, set_id, str(error), form)
    with transaction(service.db):
        operator_writes.note(service.db, member.name, act.value, f"changes {set_id}", service.clock())
    return onward(f"/team/changes/{set_id}")


def _page(
    request: Request, service: AppContext, member: SignedInPerson, set_id: int, fault: str = "",
    form: FormData | None = None,
) -> Response:  # fmt: skip
    try:
        work = change_work(service.db, set_id, page_words())
    except MissingRowError:
        raise HTTPException(404, "There is no such set of changes.") from None
    values = {name: form.one(name) if form else "" for name in ("act", "whom", "text", "unit")}
    return form_page(
        request, member.name, "team_change.html", 422 if fault else 200,
        place="work", is_operator=member.is_operator, work=work, fault=fault, typed=values, people=team_people(service),
    )  # fmt: skip
