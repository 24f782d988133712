"""What a law is connected with, on pages of their own: what refers to which article, what became of its draft."""

from __future__ import annotations

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse
from sqlite_utils import Database

from storage import instruments, versions
from storage.records import Instrument, ReviewState, Version
from tracker.view_models.draft_lineage import draft_lineage
from tracker.view_models.provision_links import segment
from tracker.view_models.reference_index import reference_index
from tracker.view_models.text_pagination import link_to
from tracker.web.dependencies import RequestDatabase
from tracker.web.page_templates import page_of
from tracker.web.rate_limit import limit_questions

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)


@router.get("/instruments/{instrument_id}/references", dependencies=[Depends(limit_questions)])
def references_page(web: Request, db: RequestDatabase, instrument_id: str) -> str:
    """Show what refers to which article of a law, which references lead nowhere, and which acts it names."""
    instrument, version = _find_or_404(db, instrument_id)
    path = f"/instruments/{segment(instrument_id)}"
    return page_of(
        "references.html",
        instrument=instrument,
        language=version.reading.language,
        index=reference_index(db, version),
        canonical=f"{web.app.state.service.settings.base_url}{path}/references",
        to=link_to(f"{path}?", ()),
    )


@router.get("/instruments/{instrument_id}/lineage", dependencies=[Depends(limit_questions)])
def lineage_page(web: Request, db: RequestDatabase, instrument_id: str) -> str:
    """Show what became of each article of a draft in the final text."""
    instrument, _ = _find_or_404(db, instrument_id)
    lineage = draft_lineage(db, instrument_id)
    if lineage is None:
        raise HTTPException(404, "We do not hold both a draft and a final text of it.")
    paths = [f"/instruments/{segment(side.instrument_id)}" for side in (lineage.draft, lineage.final)]
    return page_of(
        "lineage.html",
        instrument=instrument,
        lineage=lineage,
        canonical=f"{web.app.state.service.settings.base_url}{paths[1]}/lineage",
        in_draft=link_to(f"{paths[0]}?", ()),
        in_final=link_to(f"{paths[1]}?", ()),
    )


def _find_or_404(db: Database, instrument_id: str) -> tuple[Instrument, Version]:
    instrument = instruments.find(db, instrument_id)
    version = versions.find_latest(db, instrument_id, standing=ReviewState.CONFIRMED)
    if instrument is None or version is None:
        raise HTTPException(404, "There is no such instrument.")
    return instrument, version
