"""Pending law for programs: what amending acts will change, computed and marked so, and the score."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException

from storage import pending_versions
from storage.errors import MissingRowError
from tracker.render.json_contract import change_json
from tracker.view_models.pending import pending_of, pending_view, recent_pending
from tracker.web.api import schemas
from tracker.web.dependencies import RequestDatabase
from tracker.web.pagination import RowNumber

router = APIRouter(
    prefix="/api/v1", tags=["v1"], responses={status: {"model": schemas.RefusalSchema} for status in (404, 422, 429)}
)


@router.get("/pending", response_model=dict[str, Any])
def list_pending(db: RequestDatabase, instrument: str = "") -> Any:
    """List the law as it will be, newest first, of everything or of one instrument, with the score so far."""
    rows = pending_of(db, instrument) if instrument else recent_pending(db)
    score = pending_versions.score(db)
    return {"schema": "clausewatch/pending/1", "score": score, "pending": [row.as_json() for row in rows]}


@router.get("/pending/{pending_id}", response_model=dict[str, Any])
def get_pending(db: RequestDatabase, pending_id: RowNumber) -> Any:
    """Return one pending version: its operations, what it changes, and how the official text compared."""
    try:
        pending = pending_versions.get(db, pending_id)
    except MissingRowError:
        raise HTTPException(404, "There is no such pending version.") from None
    changes = pending_versions.comparison_of(db, pending_id).changes
    return {
        "schema": "clausewatch/pending_version/1",
        **pending_view(db, pending).as_json(),
        "operations": list(pending.operations),
        "changes": [change_json(change) for change in changes],
    }
