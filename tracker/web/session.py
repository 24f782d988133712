"""Session of an operator: a signed cookie that expires and can be ended, or a header of a trusted proxy."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, HTTPException, Request, Response

from storage import sessions
from tracker.config import Settings
from tracker.errors import TokenError
from tracker.signing import sign, unsign
from tracker.web import cookies
from tracker.web.dependencies import RequestService
from tracker.web.rate_limit import from_proxy
from tracker.wording.text_fit import one_line

LASTS = timedelta(hours=8)
BY_PASSWORD = "operator"  # noqa: S105 - the name of whoever knows the password
_COOKIE = "session"
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class OperatorSession:
    """One signing in, until it expires."""

    id: str
    expires_at: datetime


def begin(request: Request, response: Response, now: datetime) -> None:
    """Sign in whoever gets *response*."""
    name, until = secrets.token_urlsafe(16), int((now + LASTS).timestamp())
    cookies.set_cookie(request, response, _COOKIE, _sign(request, f"{name}.{until}"), LASTS)


def end(request: Request, response: Response, service: RequestService) -> None:
    """Sign out: the cookie is dropped, and no copy of it works any more."""
    if session := _session(request, service.clock()):
        sessions.end(service.db, session.id, session.expires_at, service.clock())
    cookies.drop_cookie(request, response, _COOKIE)


def by_password(settings: Settings) -> bool:
    """Return whether operators sign in by a password here."""
    return bool(settings.operator_password_hash)


def _whoever(request: Request, service: RequestService) -> str:
    """Return who is signed in, empty when nobody is."""
    header = service.settings.operator_header
    names = request.headers.getlist(header) if header and from_proxy(request) else []
    if len(names) == 1 and (name := one_line(names[0], _LONGEST)):  # of two, one is not the proxy's
        return name
    session = _session(request, service.clock()) if by_password(service.settings) else None
    return BY_PASSWORD if session and not sessions.has_ended(service.db, session.id) else ""


Whoever = Annotated[str, Depends(_whoever)]


def _operator(request: Request, who: Whoever) -> str:
    """Return who is signed in; lead everybody else to where they can."""
    if who:
        return who
    if request.method in {"GET", "HEAD"}:
        to = quote(request.url.path, safe="/")
        raise HTTPException(
            303, "Please sign in first.", {"Location": f"/operators/sign-in?to={to}", "Cache-Control": "no-store"}
        )
    raise HTTPException(403, "Please sign in first.")


Operator = Annotated[str, Depends(_operator)]


def _session(request: Request, now: datetime) -> OperatorSession | None:
    try:
        content = unsign(request.app.state.key, _purpose(request), cookies.read_cookie(request, _COOKIE))
    except TokenError:
        return None
    name, _, until = content.partition(".")
    expires_at = datetime.fromtimestamp(int(until), UTC)
    return OperatorSession(name, expires_at) if now < expires_at else None


def _sign(request: Request, text: str) -> str:
    return sign(request.app.state.key, _purpose(request), text)


def _purpose(request: Request) -> str:
    """Return what a session is signed for: under the password's hash, so that a new password ends every session."""
    return f"session {request.app.state.service.settings.operator_password_hash}"
