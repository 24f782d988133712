"""Health check of the service: does it answer, is anything wrong, does somebody still look."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from storage import problems
from tracker.view_models.overdue import watch_of
from tracker.web.dependencies import RequestDatabase

router = APIRouter(include_in_schema=False)


@router.get("/healthz")
def healthz(db: RequestDatabase, request: Request) -> JSONResponse:
    """Say that the service answers, how many problems are open, and whether somebody still looks."""
    service = request.app.state.service
    watch = watch_of(db, service.sources, service.clock())
    return JSONResponse(
        {
            "status": "ok",
            "problems": len(problems.open_problems(db)),
            "watching": watch.says,
            "last_look_at": watch.last_at.isoformat() if watch.last_at else None,
            "sources": watch.source_count,
            "sources_overdue": len(watch.overdue),
        }
    )
