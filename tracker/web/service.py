"""What is no page: health, the stylesheet, and the way out of a subscription."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse

from storage import problems
from tracker.web.database import RequestDatabase
from tracker.web.views import page_of

router = APIRouter()
_STYLE = (Path(__file__).parent.parent / "static" / "clausewatch.css").read_text(encoding="utf-8")


@router.api_route("/healthz", methods=["GET", "HEAD"])
def healthz(db: RequestDatabase) -> JSONResponse:
    """Say that the service answers, and how many problems are open."""
    return JSONResponse({"status": "ok", "problems": len(problems.open_problems(db))})


@router.api_route("/static/clausewatch.css", methods=["GET", "HEAD"], include_in_schema=False)
def stylesheet() -> Response:
    """Return the one stylesheet."""
    return Response(_STYLE, media_type="text/css", headers={"Cache-Control": "max-age=3600"})


@router.get("/unsubscribe", response_class=HTMLResponse)
def ask(token: str = "") -> str:
    """Ask before ending a subscription: mail scanners follow links."""
    return page_of("unsubscribe.html", token=token, done=None)


@router.post("/unsubscribe", response_class=HTMLResponse)
def leave(request: Request, token: str = "") -> Response:
    """End the subscription of *token* (RFC 8058: one click is one POST)."""
    unsubscribe = request.app.state.unsubscribe
    done = bool(unsubscribe and unsubscribe(token))
    return HTMLResponse(page_of("unsubscribe.html", token=token, done=done), 200 if done else 400)
