"""Search over provisions in all scripts."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import HTMLResponse

from storage import instruments
from storage.search import index
from tracker.web.dependencies import RequestDatabase
from tracker.web.page_templates import page_of
from tracker.web.rate_limit import limit_questions

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
_PAGE = 20
SearchQuery = Annotated[str, Query(max_length=200)]
SearchPage = Annotated[int, Query(ge=1, le=20)]


@router.get("/search", dependencies=[Depends(limit_questions)])
def look_for(
    db: RequestDatabase, q: SearchQuery = "", jurisdiction: str = "", instrument: str = "", past: bool = False,
    page: SearchPage = 1,
) -> str:  # fmt: skip
    """Show the provisions that say what was asked for, with the words marked."""
    within = index.SearchScope(jurisdiction=jurisdiction, instrument_id=instrument, past=past)
    result = index.search(db, q, within, limit=_PAGE, offset=(page - 1) * _PAGE)
    return page_of(
        "search.html",
        q=q,
        chosen=jurisdiction,
        instrument=instrument,
        past=past,
        page=page,
        found=result,
        hits=[(hit, index.extract(hit, q)) for hit in result.hits],
        named=index.instruments_named(db, q) if page == 1 and not instrument else [],
        jurisdictions=instruments.count_by_jurisdiction(db),
        last=result.total <= page * _PAGE,
    )
