"""Shared watch lists: named filters of the team, with what happened of late to what each of them watches."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.responses import HTMLResponse

from storage import operator_writes, watch_lists
from storage.database.connection import transaction
from storage.records import Filters
from storage.watch_lists import WatchListRow
from tracker.alerts import SignUpError, describe_filters
from tracker.context import AppContext
from tracker.view_models.team.list_news import list_news
from tracker.web.dependencies import RequestService
from tracker.web.forms import Form, FormData, form_page, onward
from tracker.web.page_templates import page_words
from tracker.web.pagination import RowNumber
from tracker.web.session import SignedInPerson, TeamMember
from tracker.web.subscriptions.form_values import blank_request, form_values, request_of_form
from tracker.wording.text_fit import one_line

router = APIRouter(prefix="/team/lists", default_response_class=HTMLResponse, include_in_schema=False)
_LONGEST_NAME = 80
DaysQuery = Annotated[int, Query(ge=1, le=3_650)]


@router.get("")
def show_lists(request: Request, service: RequestService, member: TeamMember) -> Response:
    """List the shared watch lists, with a form for a new one."""
    return _page(request, service, member)


@router.post("")
def share_list(request: Request, service: RequestService, member: TeamMember, form: Form) -> Response:
    """Share a filter under a name, or say plainly what is wrong with it."""
    try:
        row = _share(service, form, member.name)
    except SignUpError as error:
        return _page(request, service, member, str(error), form)
    return onward(f"/team/lists/{row.id}")


@router.get("/{list_id}")
def show_list(
    request: Request, service: RequestService, member: TeamMember, list_id: RowNumber, days: DaysQuery = 30
) -> Response:
    """Show what a list watches and what happened to it of late."""
    row, labels = _list(service, list_id), page_words()
    return form_page(
        request, member.name, "team_list.html",
        place="lists", is_operator=member.is_operator, row=row, asks=_asks(service, row), days=days,
        items=list_news(service.db, row.filters, service.clock(), days, labels), query=_query(row.filters),
    )  # fmt: skip


@router.post("/{list_id}/end")
def end_list(service: RequestService, member: TeamMember, list_id: RowNumber, form: Form) -> Response:  # noqa: ARG001 - the form is checked
    """End a list for everybody; subscriptions that were made from it go on."""
    row = _list(service, list_id)
    with transaction(service.db):
        watch_lists.end(service.db, row.name, service.clock())
        operator_writes.note(service.db, member.name, "ended", f"list {row.name}", service.clock())
    return onward("/team/lists")


def _page(
    request: Request, service: AppContext, member: SignedInPerson, fault: str = "", form: FormData | None = None
) -> Response:
    rows = [(row, _asks(service, row)) for row in watch_lists.all_lists(service.db)]
    query = request.query_params
    query_form = FormData({name: query.getlist(name) for name in query})
    values = form_values(service, None, form) if form else form_values(service, blank_request(service, query_form))
    return form_page(
        request, member.name, "team_lists.html", 422 if fault else 200,
        place="lists", is_operator=member.is_operator, rows=rows, fault=fault, name=form.one("name") if form else "",
        **values,
    )  # fmt: skip


def _list(service: AppContext, list_id: int) -> WatchListRow:
    row = watch_lists.find_by_id(service.db, list_id)
    if row is None:
        raise HTTPException(404, "There is no such watch list.")
    return row


def _share(service: AppContext, form: FormData, who: str) -> WatchListRow:
    """Store the list that *form* asks for; raises SignUpError, in words for the one who asked."""
    name = one_line(form.one("name"), _LONGEST_NAME + 1)
    if not name or len(name) > _LONGEST_NAME:
        raise SignUpError(f"a list needs a name of at most {_LONGEST_NAME} characters")
    filters = request_of_form(service, form).filters
    if filters == Filters():
        raise SignUpError("a list of everything is no list: choose at least one jurisdiction, topic or word")
    with transaction(service.db):
        if not watch_lists.add(service.db, name, filters, who, service.clock()):
            raise SignUpError("there is a list of this name already")
        operator_writes.note(service.db, who, "shared", f"list {name}", service.clock())
    row = watch_lists.find(service.db, name)
    assert row is not None, name
    return row


def _asks(service: AppContext, row: WatchListRow) -> str:
    """Return in words what a list watches."""
    return describe_filters(service.db, row.filters, page_words())


def _query(filters: Filters) -> str:
    """Return the filters as a query that fills in the form of a subscription."""
    pairs = [("jurisdiction", name) for name in filters.jurisdictions]
    pairs += [("topic", name) for name in filters.topics]
    pairs += [("instrument", name) for name in filters.instruments]
    pairs += [("kind", name) for name in filters.kinds]
    pairs += [("words", ", ".join(filters.words))] if filters.words else []
    pairs += [("least", filters.least_weight.value)] if filters.least_weight else []
    return urlencode(pairs)
