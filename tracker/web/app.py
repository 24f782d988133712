"""The web application: its pages, what a machine asks, and the headers that keep it safe."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from storage.records import Source
from tracker.web import pages, service
from tracker.web.views import page_of

SAFETY = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


def make_app(
    database: Path, sources: Mapping[str, Source], unsubscribe: Callable[[str], bool] | None = None
) -> FastAPI:
    """Return the application over *database*; *unsubscribe* takes a token and says whether it was good."""
    app = FastAPI(title="Clausewatch", docs_url=None, redoc_url=None)
    app.state.database, app.state.sources, app.state.unsubscribe = database, sources, unsubscribe
    app.include_router(pages.router)
    app.include_router(service.router)
    app.middleware("http")(_safe)
    app.exception_handler(HTTPException)(_plainly)
    return app


async def _safe(request: Request, call: Callable[[Request], Awaitable[Response]]) -> Response:
    response = await call(request)
    response.headers.update(SAFETY)
    return response


async def _plainly(_: Request, error: HTTPException) -> Response:
    return HTMLResponse(page_of("problem.html", status=error.status_code, text=error.detail), error.status_code)
