"""What is no page: health, the stylesheet and the scripts."""

from __future__ import annotations

from importlib.resources import files

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import JSONResponse

from storage import problems
from tracker.view_models.overdue import watch_of
from tracker.web.dependencies import RequestDatabase

router = APIRouter(include_in_schema=False)
_TYPES = {
    "clausewatch.css": "text/css",
    "clausewatch.js": "text/javascript",
    "zone.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}
_STATIC = {name: files("tracker").joinpath("static", name).read_text(encoding="utf-8") for name in _TYPES}


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
            "sources": watch.declared,
            "sources_overdue": len(watch.overdue),
        }
    )


@router.get("/static/{name}")
def static(name: str) -> Response:
    """Return one of the few files pages use."""
    if name not in _STATIC:
        raise HTTPException(404, "There is no such file.")
    return Response(_STATIC[name], media_type=_TYPES[name], headers={"Cache-Control": "max-age=3600"})
