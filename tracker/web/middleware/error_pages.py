"""Error pages: what a reader is told when there is no answer, in words, and what one can do next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send

from storage.errors import NewerSchemaError
from tracker.errors import TokenError
from tracker.web.page_templates import page_of

_OUTDATED_SERVER = (
    "A newer Clausewatch has brought the database up to date, and this server is still the old one. "
    "Whoever runs it: please restart `clausewatch serve`."
)
_OURS = "Something went wrong here. It was not you; the operators can see it in the log."
_NOWHERE = "There is nothing at this address."
_HEADINGS = {
    400: "This link does not work",
    401: "A key is needed",
    403: "Not taken",
    404: "Not found",
    405: "Not possible here",
    408: "Too slow",
    413: "Too large",
    415: "Not a form",
    421: "Another name",
    422: "This cannot be answered",
    429: "Please wait a little",
    500: "Something went wrong",
    503: "Please come back soon",
}
# what to say instead of the framework's words for what does not fit, by its name for the fault
_MISFITS = {
    "missing": "{field} is missing",
    "extra_forbidden": "there is no field {field}",
    "enum": "{field} is {expected}, not {given}",
    "literal_error": "{field} is {expected}, not {given}",
    "int_parsing": "{field} is a whole number, not {given}",
    "int_from_float": "{field} is a whole number, not {given}",
    "int_type": "{field} is a whole number, not {given}",
    "bool_parsing": "{field} is true or false, not {given}",
    "bool_type": "{field} is true or false, not {given}",
    "string_type": "{field} is a text, not {given}",
    "list_type": "{field} is a list, not {given}",
    "date_parsing": "{field} is a day such as 2026-03-01, not {given}",
    "date_from_datetime_parsing": "{field} is a day such as 2026-03-01, not {given}",
    "date_from_datetime_inexact": "{field} is a day such as 2026-03-01, not {given}",
    "greater_than_equal": "{field} is at least {ge}, not {given}",
    "less_than_equal": "{field} is at most {le}, not {given}",
    "string_too_short": "{field} needs at least {min_length} character",
    "string_too_long": "{field} has at most {max_length} characters",
    "too_long": "{field} has at most {max_length} entries",
    "json_invalid": "the body is not JSON: {error}",
    "model_attributes_type": "the body is one JSON object, sent as application/json",
}
_LONGEST = 60  # characters of what was given that are said back


def say(request: Request, status: int, text: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return the refusal as the reader reads: JSON from the API, elsewhere a page with ways on."""
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": text}, status, headers)
    heading = _HEADINGS.get(status, "No answer")
    return HTMLResponse(page_of("problem.html", status=status, heading=heading, text=text), status, headers)


def refused_link(error: TokenError, title: str, advice: str, onward: tuple[str, str]) -> Response:
    """Return the page for a link from a mail that does not work: why, and where to get another."""
    page = page_of("said.html", title=title, lead=f"Sorry, {error}.", lines=[advice], onward=onward)
    return HTMLResponse(page, 400, {"Cache-Control": "no-store"})


def tell_faults(app: FastAPI, safety: Mapping[str, str]) -> None:
    """Let *app* tell what is wrong; what nobody foresaw gets the headers of *safety* too."""

    async def plainly(request: Request, error: HTTPException) -> Response:
        unsaid = error.status_code == 404 and error.detail == "Not Found"  # the framework's own word
        return say(request, error.status_code, _NOWHERE if unsaid else str(error.detail), error.headers)

    async def unfit(request: Request, error: RequestValidationError) -> Response:
        return say(request, 422, misfit(error.errors()[0]))

    async def our_fault(request: Request, _: Exception) -> Response:
        answer = say(request, 500, _OURS)
        answer.headers.update(safety)
        return answer

    app.exception_handler(HTTPException)(plainly)
    app.exception_handler(RequestValidationError)(unfit)
    app.exception_handler(Exception)(our_fault)
    app.add_middleware(OutdatedServer)


class OutdatedServer:
    """Say that the server is to be restarted when its database has become a newer Clausewatch's."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, unless its database is too new for it."""
        try:
            await self.app(scope, receive, send)
        except NewerSchemaError:
            if scope["type"] != "http":
                raise
            answer = say(Request(scope), 503, _OUTDATED_SERVER, {"Retry-After": "60", "Cache-Control": "no-store"})
            await answer(scope, receive, send)


def misfit(error: Mapping[str, Any]) -> str:
    """Return in one sentence which field does not fit, and what would.

    >>> misfit({"type": "enum", "loc": ("query", "weight", 0), "input": "foo", "ctx": {"expected": "'high' or 'low'"}})
    '“weight” is high or low, not “foo”.'
    """
    values: dict[str, Any] = {"expected": "something else", **error.get("ctx", {})}
    values["expected"] = str(values["expected"]).replace("'", "")
    values |= {"field": _field(error["loc"]), "given": _quote(error.get("input")), "msg": error.get("msg", "")}
    sentence = _MISFITS.get(str(error["type"]), "{field}: {msg}").format(**values)
    return sentence[0].upper() + sentence[1:] + "."


def _field(place: tuple[str | int, ...]) -> str:
    """Return the name of the field at *place*, without where it was sent and which of several it was."""
    names = [str(part) for part in place[1:] if not isinstance(part, int)]
    return f"“{'.'.join(names)[:_LONGEST]}”" if names else "the body"


def _quote(value: Any) -> str:
    if value in ("", None):
        return "empty"
    text = str(value)
    return f"“{text[:_LONGEST]}{'…' if len(text) > _LONGEST else ''}”"
