"""Sign in and out."""

from __future__ import annotations

import re

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from tracker.web.dependencies import RequestService
from tracker.web.forms import Form, form_page, onward
from tracker.web.operators.passwords import fits
from tracker.web.rate_limit import within
from tracker.web.session import Whoever, begin, by_password, end

router = APIRouter(prefix="/operators", default_response_class=HTMLResponse, include_in_schema=False)
_HOME = "/operators"
_OURS = re.compile(r"/operators(/[a-z0-9-]+)*")


@router.get("/sign-in")
def ask(request: Request, service: RequestService, who: Whoever, to: str = "") -> Response:
    """Ask for the password."""
    if who:
        return onward(_HOME)
    return form_page(request, who, "sign_in.html", fault="", to=_within(to), able=by_password(service.settings))


@router.post("/sign-in")
def sign_in(request: Request, service: RequestService, who: Whoever, form: Form) -> Response:
    """Sign in whoever knows the password, and lead them to where they wanted to be."""
    within(request, request.app.state.guesses, "That was a lot of passwords. Please wait a little.")
    to = _within(form.one("to"))
    if not fits(form.fields.get("password", [""])[0], service.settings.operator_password_hash):
        fault = "That is not the password."
        return form_page(request, who, "sign_in.html", 403, fault=fault, to=to, able=by_password(service.settings))
    answer = onward(to)
    begin(request, answer, service.clock())
    return answer


@router.post("/sign-out")
def sign_out(request: Request, service: RequestService, form: Form) -> Response:  # noqa: ARG001 - the form is checked
    """Sign out, for good: no copy of the cookie works any more."""
    answer = onward("/")
    end(request, answer, service)
    return answer


def _within(to: str) -> str:
    """Return *to* when it is a page for operators, else the first of them: nobody is led elsewhere from here."""
    return to if _OURS.fullmatch(to) else _HOME
