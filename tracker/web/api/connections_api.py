"""References and lineage for programs, in the shapes of the command line."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends, HTTPException

from storage import versions
from storage.records import ReviewState
from tracker.amending.analysis_json import lineage_json, references_json
from tracker.amending.cross_references import references_of
from tracker.view_models.draft_lineage import lineage_between
from tracker.web.api import schemas
from tracker.web.dependencies import RequestDatabase
from tracker.web.rate_limit import limit_questions

router = APIRouter(
    prefix="/api/v1",
    tags=["v1"],
    responses={status: {"model": schemas.RefusalSchema} for status in (404, 422, 429)},
    dependencies=[Depends(limit_questions)],
)


@router.get("/instruments/{instrument_id}/references", response_model=dict[str, Any])
def list_references(db: RequestDatabase, instrument_id: str) -> Any:
    """List every reference of the newest text of a law: resolved, dangling, or to another act."""
    version = versions.find_latest(db, instrument_id, standing=ReviewState.CONFIRMED)
    if version is None:
        raise HTTPException(404, "There is no such instrument.")
    return {**references_json(references_of(version.reading)), "version": version.id}


@router.get("/instruments/{instrument_id}/lineage", response_model=dict[str, Any])
def get_lineage(db: RequestDatabase, instrument_id: str) -> Any:
    """Return what became of each article of the draft of a law in its final text."""
    between = lineage_between(db, instrument_id)
    if between is None:
        raise HTTPException(404, "We do not hold both a draft and a final text of it.")
    draft, final, lineage = between
    return {**lineage_json(lineage), "draft": draft.id, "final": final.id}
