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
from crawlers.practice.model import PracticeAnswer, PracticeRequest, html, missing
from crawlers.practice.texts import ROOT, parts
from crawlers.practice.validators import validated

ROBOTS = "User-agent: *\nDisallow: /internal/\n"
TRAP = "/internal/"

LIST = "/documents/gazettes-notifications"

_SHELL_DAY = 7
_RELEASES = ("/PressReleasePage.aspx", "/PressReleseDetailm.aspx")


def answer(asked: PracticeRequest) -> PracticeAnswer:
    """Answer one request to the practice MeitY or PIB."""
    if asked.path == LIST:
        return html(_list(asked))
    if asked.path.startswith("/app/"):
        return scripted.answer(asked)
    if asked.path in _RELEASES:
        return _release(asked, "".join(asked.query.get("PRID", [])))
    if asked.path == "/RssMain.aspx":
        return PracticeAnswer(_feed(asked).encode(), headers={"Content-Type": "application/rss+xml; charset=utf-8"})
    return _gazette(asked)


@cache
def _published() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads((ROOT / "meity" / "documents.toml").read_text(encoding="utf-8"))


def _out(kind: str, asked: PracticeRequest) -> list[dict[str, Any]]:
    """Return what of *kind* has been published by now."""
    return [row for row in _published()[kind] if asked.day >= row["since"]]


def _list(asked: PracticeRequest) -> str:
    named = parts("meity", "list.html")
    noise = {"token": f"{asked.token * 40503 % 2**32:08x}", "visits": 911_000 + asked.token}
    if asked.day == _SHELL_DAY:
        return named["shell"].substitute(noise)
    shown = [row for row in _out("document", asked) if asked.day <= row["until"]]
    rows = "".join(named["row"].substitute(row) for row in shown)
    return named["after" if asked.restyled else "before"].substitute(noise, rows=rows.rstrip())


def _gazette(asked: PracticeRequest) -> PracticeAnswer:
    """Answer a PDF; what has left the list still answers at its old address."""
    for row in _out("document", asked):
        if asked.path == row["path"]:
            day, month, year = (int(number) for number in row["date"].split("/"))
            return validated(asked, _pdf(row["file"]), "application/pdf", date(year, month, day))
    return missing()


@cache
def _pdf(name: str) -> bytes:
    return (ROOT / "meity" / name).read_bytes()


def _release(asked: PracticeRequest, prid: str) -> PracticeAnswer:
    for row in _out("release", asked):
        if row["prid"] == prid:
            told = {key: escape(str(value), quote=False) for key, value in row.items()}
            page = parts("meity", "pib.html")["after" if asked.restyled else "before"]
            state = {"state": _state(asked.token), "validation": _state(-asked.token), "visits": 3_000 + asked.token}
            return html(page.substitute(told, **state))
    return missing()


def _state(token: int) -> str:
    """Return a view state: long, opaque and never twice the same."""
    return b64encode(sha512(str(token).encode()).digest() * 3).decode()


def _feed(asked: PracticeRequest) -> str:
    named = parts("meity", "pib.html")
    items = "".join(named["item"].substitute(_told(row), origin=asked.origin) for row in _out("release", asked))
    built = datetime.combine(asked.on, time(3), tzinfo=UTC) + timedelta(seconds=asked.token)
    return named["feed"].substitute(origin=asked.origin, built=format_datetime(built), items=items.rstrip()).lstrip()


def _told(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "title": escape(row["title"])}
