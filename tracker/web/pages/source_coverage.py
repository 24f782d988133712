"""Coverage as a page: what is watched of each authority, how fresh, how sure, and what is known to be missing."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from tracker.view_models.pictures import coverage_picture
from tracker.view_models.source_coverage import coverage_of
from tracker.web.dependencies import RequestDatabase
from tracker.web.page_templates import LANGUAGE, page_of, translate

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)


@router.get("/coverage")
def show_coverage(db: RequestDatabase, request: Request, jurisdiction: str = "") -> str:
    """Show the coverage of each jurisdiction, or of one."""
    service = request.app.state.service
    places = coverage_of(db, service.sources, service.clock())
    return page_of(
        "coverage.html",
        places=(places_here := [place for place in places if jurisdiction in {"", place.jurisdiction}]),
        picture=coverage_picture(places_here, str(translate("Sources by authority and freshness")), LANGUAGE.get()),
        jurisdictions=[place.jurisdiction for place in places],
        chosen=jurisdiction,
    )
