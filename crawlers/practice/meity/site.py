"""The practice MeitY and PIB: what they answer on each day."""

from __future__ import annotations

import tomllib
from base64 import b64encode
from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime
from functools import cache
from hashlib import sha512
from html import escape
from typing import Any

from crawlers.practice.meity import scripted
from crawlers.practice.model import PracticeAnswer, PracticeRequest, html, not_found
from crawlers.practice.texts import ROOT, parts
from crawlers.practice.validators import with_validators

ROBOTS = "User-agent: *\nDisallow: /internal/\n"
TRAP = "/internal/"

LIST = "/documents/gazettes-notifications"

_SHELL_DAY = 7
_RELEASES = ("/PressReleasePage.aspx", "/PressReleseDetailm.aspx")


def answer(request: PracticeRequest) -> PracticeAnswer:
    """Answer one request to the practice MeitY or PIB."""
    if request.path == LIST:
        return html(_list(request))
    if request.path.startswith("/app/"):
        return scripted.answer(request)
    if request.path in _RELEASES:
        return _release(request, "".join(request.query.get("PRID", [])))
    if request.path == "/RssMain.aspx":
        return PracticeAnswer(_feed(request).encode(), headers={"Content-Type": "application/rss+xml; charset=utf-8"})
    return _gazette(request)


@cache
def _current_documents() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads((ROOT / "meity" / "documents.toml").read_text(encoding="utf-8"))


def _out(kind: str, request: PracticeRequest) -> list[dict[str, Any]]:
    """Return what of *kind* has been published by now."""
    return [row for row in _current_documents()[kind] if request.day >= row["since"]]


def _list(request: PracticeRequest) -> str:
    document = parts("meity", "list.html")
    noise = {"token": f"{request.token * 40503 % 2**32:08x}", "visits": 911_000 + request.token}
    if request.day == _SHELL_DAY:
        return document["shell"].substitute(noise)
    current = [row for row in _out("document", request) if request.day <= row["until"]]
    rows = "".join(document["row"].substitute(row) for row in current)
    return document["after" if request.new_template else "before"].substitute(noise, rows=rows.rstrip())


def _gazette(request: PracticeRequest) -> PracticeAnswer:
    """Answer a PDF; what has left the list still answers at its old address."""
    for row in _out("document", request):
        if request.path == row["path"]:
            day, month, year = (int(number) for number in row["date"].split("/"))
            return with_validators(request, _pdf(row["file"]), "application/pdf", date(year, month, day))
    return not_found()


@cache
def _pdf(name: str) -> bytes:
    return (ROOT / "meity" / name).read_bytes()


def _release(request: PracticeRequest, prid: str) -> PracticeAnswer:
    for row in _out("release", request):
        if row["prid"] == prid:
            form_value = {key: escape(str(value), quote=False) for key, value in row.items()}
            page = parts("meity", "pib.html")["after" if request.new_template else "before"]
            state = {
                "state": _state(request.token),
                "validation": _state(-request.token),
                "visits": 3_000 + request.token,
            }
            return html(page.substitute(form_value, **state))
    return not_found()


def _state(token: int) -> str:
    """Return a view state: long, opaque and never twice the same."""
    return b64encode(sha512(str(token).encode()).digest() * 3).decode()


def _feed(request: PracticeRequest) -> str:
    document = parts("meity", "pib.html")
    items = "".join(
        document["item"].substitute(_form_value(row), origin=request.origin) for row in _out("release", request)
    )
    built_at = datetime.combine(request.on, time(3), tzinfo=UTC) + timedelta(seconds=request.token)
    return (
        document["feed"]
        .substitute(origin=request.origin, built=format_datetime(built_at), items=items.rstrip())
        .lstrip()
    )


def _form_value(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "title": escape(row["title"])}
