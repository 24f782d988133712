"""Forms, protected against forgery (CSRF): no other site can send one in a reader's name."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any
from urllib.parse import parse_qs

from fastapi import Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from tracker.errors import TokenError
from tracker.signing import sign, unsign
from tracker.web import cookies
from tracker.web.page_templates import page_of
from tracker.web.session import Whoever

_COOKIE, _LASTS = "form", timedelta(hours=12)
_MOST_FIELDS = 500
_TYPE = "application/x-www-form-urlencoded"
_FOREIGN = "This form did not come from our own page, or is too old. Please open the page again and send it once more; \
the browser must keep our cookie meanwhile."


@dataclass(frozen=True, slots=True)
class FormData:
    """What a form sent."""

    fields: Mapping[str, Sequence[str]]

    def one(self, name: str) -> str:
        """Return the value of a field, without space around it; empty when it was not sent."""
        return next(iter(self.fields.get(name, ())), "").strip()

    def many(self, name: str) -> tuple[str, ...]:
        """Return the values of a field that may be sent more than once, without empty ones."""
        return tuple(filter(None, (value.strip() for value in self.fields.get(name, ()))))


async def fields_of(request: Request) -> FormData:
    """Return what was sent, whoever sent it; raises HTTPException when it is no form, or larger than any of ours."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _TYPE:
        raise HTTPException(415, "Only forms are taken here.")
    body = await request.body()
    try:
        return FormData(parse_qs(body.decode("latin-1"), keep_blank_values=True, max_num_fields=_MOST_FIELDS))
    except ValueError:
        raise HTTPException(413, "That is more than this form takes.") from None


async def _of_our_own(request: Request, who: Whoever) -> FormData:
    """Return what one of our own pages sent; any other form is refused."""
    form = await fields_of(request)
    secret = cookies.read_cookie(request, _COOKIE)
    foreign = request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}
    if foreign or not secret or not _is_ours(request, form.one("form"), secret, who):
        raise HTTPException(403, _FOREIGN)
    return form


Form = Annotated[FormData, Depends(_of_our_own)]


def form_page(request: Request, who: str, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """Return a page that holds a form; nobody keeps a copy of it."""
    cookie = cookies.read_cookie(request, _COOKIE)
    secret = cookie or secrets.token_urlsafe(24)
    page = page_of(template, form_token=_token(request, secret, who), who=who, **values)
    response = HTMLResponse(page, status, {"Cache-Control": "no-store"})
    if not cookie:
        cookies.set_cookie(request, response, _COOKIE, secret, _LASTS)
    return response


def onward(path: str) -> RedirectResponse:
    """Return the answer to a form that was taken: look at *path*, one of our own, next."""
    assert path.startswith("/"), path
    assert not path.startswith("//"), path
    return RedirectResponse(path, 303, {"Cache-Control": "no-store"})


def _token(request: Request, secret: str, who: str) -> str:
    """Return what proves that a page was ours: tied to one browser and to who is signed in there."""
    return sign(request.app.state.key, "form", _browser(secret, who))


def _is_ours(request: Request, token: str, secret: str, who: str) -> bool:
    try:
        return unsign(request.app.state.key, "form", token) == _browser(secret, who)
    except TokenError:
        return False


def _browser(secret: str, who: str) -> str:
    """Return a name for one browser and who is signed in there, which gives away neither."""
    return hashlib.sha256(f"{secret}\n{who}".encode()).hexdigest()
