"""The law as it will be: computed texts with their redline, marked as such, and how well they agreed with what came."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Depends, HTTPException, Response
from fastapi.responses import HTMLResponse
from sqlite_utils import Database

from storage import pending_versions
from storage.errors import MissingRowError
from storage.records import PendingVersion
from tracker.pending_text import consolidation_of
from tracker.render.akoma_ntoso import reading_akn
from tracker.render.law_html import law_pieces
from tracker.view_models.pending import pending_view, recent_pending
from tracker.view_models.redline_view import AsLaidOut, Layout, Show, redline_context
from tracker.view_models.text_pagination import RequestedPart, part_of_text
from tracker.web.dependencies import RequestDatabase
from tracker.web.page_templates import page_of, page_words
from tracker.web.pagination import RowNumber
from tracker.web.rate_limit import limit_questions

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)


@router.get("/pending")
def pending_law(db: RequestDatabase) -> str:
    """List what amending acts will change, and the score of what was computed before."""
    return page_of("pending.html", rows=recent_pending(db), score=pending_versions.score(db))


@router.get("/pending/{pending_id}")
def one_pending(db: RequestDatabase, pending_id: RowNumber, layout: AsLaidOut) -> str:
    """Show what an act will change against the text that stands."""
    pending = _pending(db, pending_id)
    comparison = pending_versions.comparison_of(db, pending.id)
    pair = (pending.base_version_id, pending.base_version_id)
    layout_here = Layout(layout.view, Show.CHANGES, layout.sheet)
    context = redline_context(db, comparison, pair, layout_here, f"/pending/{pending.id}?", page_words())
    return page_of("pending_one.html", pending=pending_view(db, pending), **context)


@router.get("/pending/{pending_id}/text", dependencies=[Depends(limit_questions)])
def pending_text(db: RequestDatabase, pending_id: RowNumber, part: RequestedPart) -> str:
    """Show the whole computed text, marked."""
    pending = _pending(db, pending_id)
    text = consolidation_of(db, pending).text
    whole, sheet, _ = part_of_text(law_pieces(text.provisions), part)
    return page_of("pending_text.html", pending=pending_view(db, pending), whole=whole, sheet=sheet)


@router.get("/pending/{pending_id}/akn", dependencies=[Depends(limit_questions)])
def pending_akn(db: RequestDatabase, pending_id: RowNumber) -> Response:
    """Return the computed text as Akoma Ntoso; its preface begins with the mark."""
    pending = _pending(db, pending_id)
    on: date = pending.effective_on or pending.computed_at.date()
    headers = {"Content-Disposition": f"attachment; filename=pending-{pending.id}.akn.xml"}
    text = consolidation_of(db, pending).marked_text()
    return Response(reading_akn(text, on=on), media_type="application/akn+xml", headers=headers)


def _pending(db: Database, pending_id: int) -> PendingVersion:
    try:
        return pending_versions.get(db, pending_id)
    except MissingRowError:
        raise HTTPException(404, "There is no such pending version.") from None
