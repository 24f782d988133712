"""Sign in and out."""

from __future__ import annotations

import re

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from storage import api_keys
from tracker.context import AppContext
from tracker.signing import key_fingerprint
from tracker.web.dependencies import RequestService
from tracker.web.forms import Form, form_page, onward
from tracker.web.operators.passwords import fits
from tracker.web.rate_limit import within
from tracker.web.session import Person, SignedInPerson, begin, by_password, end

router = APIRouter(prefix="/operators", default_response_class=HTMLResponse, include_in_schema=False)
_HOME, _TEAM = "/operators", "/team"
_OURS = re.compile(r"/(operators|team)(/[a-z0-9-]+)*")


@router.get("/sign-in")
def ask(request: Request, service: RequestService, person: Person, to: str = "") -> Response:
    """Ask for the password, or a key of one's own."""
    to = _within(to)
    if person and (person.is_operator or to.startswith(_TEAM)):
        return onward(to)
    return _form(request, service, person, to)


@router.post("/sign-in")
def sign_in(request: Request, service: RequestService, person: Person, form: Form) -> Response:
    """Sign in whoever knows the password or holds a key, and lead them to where they wanted to be."""
    within(request, request.app.state.guesses, "That was a lot of passwords. Please wait a little.")
    to = _within(form.one("to"))
    password = form.fields.get("password", [""])[0]
    if fits(password, service.settings.operator_password_hash):
        answer = onward(to)
        begin(request, answer, service.clock())
        return answer
    key = api_keys.find(service.db, key_fingerprint(password.strip()))
    if key is None:
        return _form(request, service, person, to, 403, "That is neither the password nor a key in use.")
    answer = onward(to if to.startswith(_TEAM) else _TEAM)
    begin(request, answer, service.clock(), key.id)
    return answer


def _form(
    request: Request, service: AppContext, person: SignedInPerson | None, to: str, status: int = 200, fault: str = ""
) -> Response:
    able = by_password(service.settings) or any(key.ended_at is None for key in api_keys.all_keys(service.db))
    name = person.name if person else ""
    return form_page(request, name, "sign_in.html", status, fault=fault, to=to, able=able)


@router.post("/sign-out")
def sign_out(request: Request, service: RequestService, form: Form) -> Response:  # noqa: ARG001 - the form is checked
    """Sign out, for good: no copy of the cookie works any more."""
    answer = onward("/")
    end(request, answer, service)
    return answer


def _within(to: str) -> str:
    """Return *to* when it is a page behind the sign-in, else the first of them: nobody is led elsewhere."""
    return to if _OURS.fullmatch(to) else _HOME
