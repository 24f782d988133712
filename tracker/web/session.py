"""Session of whoever signed in: a signed cookie that expires and can be ended, or a header of a trusted proxy.

Who knows the operators' password, or is named by the proxy, may do all that operators may. Who signs in with a key of
their own works with the team on changes, under the key's name, and sees no page for operators.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, HTTPException, Request, Response

from storage import api_keys, sessions
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
    """One signing in, until it expires; with the key it was done with, when it was none of an operator."""

    id: str
    expires_at: datetime
    key_id: int | None = None


@dataclass(frozen=True, slots=True)
class SignedInPerson:
    """Who is signed in, and whether they may do what operators may."""

    name: str
    is_operator: bool


def begin(request: Request, response: Response, now: datetime, key_id: int | None = None) -> None:
    """Sign in whoever gets *response*: as operator, or as the holder of a key."""
    name, until = secrets.token_urlsafe(16), int((now + LASTS).timestamp())
    content = f"{name}.{until}" if key_id is None else f"{name}.{until}.{key_id}"
    cookies.set_cookie(request, response, _COOKIE, _sign(request, content), LASTS)


def end(request: Request, response: Response, service: RequestService) -> None:
    """Sign out: the cookie is dropped, and no copy of it works any more."""
    if session := _session(request, service.clock()):
        sessions.end(service.db, session.id, session.expires_at, service.clock())
    cookies.drop_cookie(request, response, _COOKIE)


def by_password(settings: Settings) -> bool:
    """Return whether operators sign in by a password here."""
    return bool(settings.operator_password_hash)


def _person(request: Request, service: RequestService) -> SignedInPerson | None:
    """Return who is signed in."""
    header = service.settings.operator_header
    names = request.headers.getlist(header) if header and from_proxy(request) else []
    if len(names) == 1 and (name := one_line(names[0], _LONGEST)):  # of two, one is not the proxy's
        return SignedInPerson(name, is_operator=True)
    session = _session(request, service.clock())
    if session is None or sessions.has_ended(service.db, session.id):
        return None
    if session.key_id is None:
        return SignedInPerson(BY_PASSWORD, is_operator=True) if by_password(service.settings) else None
    key = api_keys.find_in_use(service.db, session.key_id)
    return SignedInPerson(one_line(key.name, _LONGEST), is_operator=False) if key else None


Person = Annotated[SignedInPerson | None, Depends(_person)]


def _whoever(person: Person) -> str:
    """Return the name of who is signed in, empty when nobody is."""
    return person.name if person else ""


Whoever = Annotated[str, Depends(_whoever)]


def _operator(request: Request, person: Person) -> str:
    """Return the operator who is signed in; lead everybody else to where they can."""
    if person and person.is_operator:
        return person.name
    raise _lead_to_sign_in(request)


Operator = Annotated[str, Depends(_operator)]


def _team_member(request: Request, person: Person) -> SignedInPerson:
    """Return who is signed in, as operator or by a key; lead everybody else to where they can."""
    if person:
        return person
    raise _lead_to_sign_in(request)


TeamMember = Annotated[SignedInPerson, Depends(_team_member)]


def _lead_to_sign_in(request: Request) -> HTTPException:
    if request.method not in {"GET", "HEAD"}:
        return HTTPException(403, "Please sign in first.")
    to = quote(request.url.path, safe="/")
    headers = {"Location": f"/operators/sign-in?to={to}", "Cache-Control": "no-store"}
    return HTTPException(303, "Please sign in first.", headers)


def _session(request: Request, now: datetime) -> OperatorSession | None:
    try:
        content = unsign(request.app.state.key, _purpose(request), cookies.read_cookie(request, _COOKIE))
    except TokenError:
        return None
    name, until, *key = content.split(".")
    expires_at = datetime.fromtimestamp(int(until), UTC)
    return OperatorSession(name, expires_at, int(key[0]) if key else None) if now < expires_at else None


def _sign(request: Request, text: str) -> str:
    return sign(request.app.state.key, _purpose(request), text)


def _purpose(request: Request) -> str:
    """Return what a session is signed for: under the password's hash, so that a new password ends every session."""
    return f"session {request.app.state.service.settings.operator_password_hash}"
