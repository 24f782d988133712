"""The web application: its pages, what a machine asks, and the headers that keep it safe."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio import to_thread
from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tracker.context import AppContext
from tracker.view_models.comparison_cache import ComparisonCache
from tracker.web import health, redirects, static_files
from tracker.web.api import connections_api, events_api, feeds, pending_api, read_api, write_api
from tracker.web.dependencies import Pool
from tracker.web.middleware.access_log import AccessLog
from tracker.web.middleware.error_pages import tell_faults
from tracker.web.middleware.reader_language import ReaderLanguage
from tracker.web.middleware.request_body import RequestBodyLimit
from tracker.web.middleware.response_cache import ResponseCache
from tracker.web.middleware.trusted_hosts import TrustedHosts
from tracker.web.operators import declare_source, overview, review, sign_in
from tracker.web.pages import (
    api_docs,
    briefing,
    changes,
    evidence,
    history,
    instruments,
    language,
    law_connections,
    pending,
    proof,
    search,
    sitemap,
    source_coverage,
    sources,
    today,
    topics,
)
from tracker.web.rate_limit import RateLimit
from tracker.web.subscriptions import manage, sign_up, unsubscribe
from tracker.web.team import change_desk, shared_lists, translate_law, work_board

_ROOMS = tuple(
    room.router
    for room in (
        today, topics, instruments, law_connections, history, changes, proof, pending, search, sources,
        source_coverage, evidence, briefing, language, sitemap, feeds, sign_up, unsubscribe, manage,
        sign_in, overview, review, declare_source, work_board, change_desk, shared_lists, translate_law,
        health, static_files, api_docs,
        read_api, events_api, pending_api, connections_api, write_api, redirects,
    )
)  # fmt: skip

_AT_ONCE = 2  # pages made at once by a process; more would only take turns, and each be late
SAFETY = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_DESCRIPTION = (
    "What regulators publish about AI and data, provision by provision: instruments, versions, provisions, changes, "
    "events, dates, obligations, search and sources. Lists are paged with `page` and `size`, or go on by `cursor`; "
    "`format=csv` gives a table; a parameter that a call does not know is refused. Every public answer has an ETag. "
    "What writes, or shows subscribers and problems, asks for a key made by `clausewatch keys new`: "
    "`Authorization: Bearer KEY`."
)


def make_app(service: AppContext) -> FastAPI:
    """Return the application over the home of *service*, whose own connection is not used."""
    app = FastAPI(
        title="Clausewatch",
        version="1",
        description=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_closing,
    )
    state, settings = app.state, service.settings
    state.service, state.key, state.pool = service, settings.key(), Pool(settings.database)
    state.pages = RateLimit(settings.pages_per_minute)
    state.questions = RateLimit(settings.questions_per_minute)
    state.sign_ups = RateLimit(settings.sign_ups_per_hour, 3600.0)
    state.guesses, state.contrasts = RateLimit(10), ComparisonCache()
    for room in _ROOMS:
        app.include_router(room)
    app.add_middleware(ResponseCache, database=settings.database)
    app.add_middleware(ReaderLanguage)
    app.add_middleware(RequestBodyLimit)
    app.add_middleware(TrustedHosts, base_url=settings.base_url)
    tell_faults(app, SAFETY)
    app.add_middleware(AccessLog)
    app.add_middleware(_Safe, secure=settings.base_url.startswith("https://"))
    return app


@asynccontextmanager
async def _closing(app: FastAPI) -> AsyncIterator[None]:
    to_thread.current_default_thread_limiter().total_tokens = _AT_ONCE
    yield
    app.state.pool.close()


class _Safe:
    """Put the headers that keep a reader safe on every answer; one that has a stricter policy keeps it."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self.app = app
        self._headers = SAFETY | ({"Strict-Transport-Security": "max-age=31536000"} if secure else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, safely if scope["type"] == "http" else send)
