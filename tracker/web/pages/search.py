"""Search over provisions in all scripts, by instrument, with filters."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BeforeValidator

from storage import instruments
from storage.records import Status
from tracker.view_models.search_page import SearchFilters, search_page
from tracker.web.dependencies import RequestDatabase
from tracker.web.page_templates import page_of
from tracker.web.rate_limit import limit_questions

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
_PAGE = 20
SearchQuery = Annotated[str, Query(max_length=200)]
NameQuery = Annotated[str, Query(max_length=200)]
ResultPage = Annotated[int, Query(ge=1, le=20)]
SinceQuery = Annotated[date | None, BeforeValidator(lambda value: value or None), Query()]


async def _search_filters(
    jurisdiction: NameQuery = "", topic: NameQuery = "", status: NameQuery = "", since: SinceQuery = None,
    instrument: NameQuery = "", past: bool = False,
) -> SearchFilters:  # fmt: skip
    return SearchFilters(jurisdiction, topic, status, since, instrument, past)


@router.get("/search", dependencies=[Depends(limit_questions)])
def look_for(
    request: Request, db: RequestDatabase, filters: Annotated[SearchFilters, Depends(_search_filters)],
    q: SearchQuery = "", page: ResultPage = 1,
) -> str:  # fmt: skip
    """Show the provisions that say what was asked for, by instrument, with the words marked."""
    today = request.app.state.service.clock().date()
    results = search_page(db, q, filters, today, limit=_PAGE, page=page)
    return page_of(
        "search.html",
        q=q,
        filters=filters,
        results=results,
        page=page,
        last=results.total <= page * _PAGE,
        jurisdictions=instruments.count_by_jurisdiction(db),
        topics=instruments.count_by_topic(db) if q else {},
        statuses=[status.value for status in Status],
    )
