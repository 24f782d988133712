"""The board of the team's work: which sets of changes are open, who has them, and which comments are due."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse

from storage import api_keys, instruments, team_notes
from tracker.context import AppContext
from tracker.view_models.team.comment_deadlines import comment_deadlines
from tracker.view_models.team.work_list import work_items
from tracker.web.dependencies import RequestService
from tracker.web.forms import form_page
from tracker.web.page_templates import page_words
from tracker.web.session import TeamMember

router = APIRouter(prefix="/team", default_response_class=HTMLResponse, include_in_schema=False)
NameQuery = Annotated[str, Query(max_length=100)]
_MOST_DEADLINES = 8


@router.get("")
def show_board(
    request: Request,
    service: RequestService,
    member: TeamMember,
    assignee: NameQuery = "",
    jurisdiction: Annotated[str, Query(max_length=40)] = "",
    with_reviewed: Annotated[bool, Query(alias="reviewed")] = False,
) -> Response:
    """List the sets of changes as the team works on them, newest first, and the next comment deadlines."""
    db, today = service.db, service.clock().date()
    items = work_items(db, assignee=assignee, open_only=not with_reviewed, jurisdiction=jurisdiction)
    return form_page(
        request, member.name, "team_board.html",
        place="work", is_operator=member.is_operator, items=items, assignee=assignee, chosen=jurisdiction,
        with_reviewed=with_reviewed, people=team_people(service), jurisdictions=instruments.count_by_jurisdiction(db),
        board=comment_deadlines(db, today, jurisdiction, page_words())[:_MOST_DEADLINES],
    )  # fmt: skip


def team_people(service: AppContext) -> list[str]:
    """Return whom work can be given to: who has a key, and who took part before."""
    holders = {key.name for key in api_keys.all_keys(service.db) if key.ended_at is None}
    return sorted(holders | set(team_notes.people(service.db)))
