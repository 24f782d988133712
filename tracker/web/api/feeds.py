"""Feeds and calendars at addresses one can guess: /feeds/all.atom, /feeds/jurisdictions/cn.ics, and so on."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Path, Request, Response
from fastapi.responses import HTMLResponse

from storage import events, instruments
from tracker.feeds import EVERYTHING, FORMS, Scope, published, scopes
from tracker.web.api.schemas import JsonFeed
from tracker.web.dependencies import RequestDatabase
from tracker.web.page_templates import page_of
from tracker.web.rate_limit import costly

router = APIRouter()
_HEADINGS = {"": "All together", "jurisdictions": "Jurisdictions", "authorities": "Authorities", "topics": "Topics"}
_ABOUT = {
    "atom": "The Atom feed (RFC 4287)",
    "json": "The JSON Feed (version 1.1)",
    "ics": "The calendar (iCalendar, RFC 5545) of comment deadlines, days in force and days of application",
}
_REFUSED = {404: "There is no such feed", 422: "There is no such kind of feed", 429: "Too many questions at once"}
FeedName = Annotated[
    str, Path(description="Its id, such as `cn`, `cn_cac`, `biometrics`; /feeds links those there are")
]


class Kind(StrEnum):
    """What a feed is about."""

    JURISDICTIONS = "jurisdictions"
    AUTHORITIES = "authorities"
    TOPICS = "topics"
    INSTRUMENTS = "instruments"


@router.get("/feeds", response_class=HTMLResponse, include_in_schema=False)
def all_feeds(db: RequestDatabase) -> str:
    """List the feeds, but for those of single instruments, which their pages name."""
    found = [each for each in _known(db) if each.kind in _HEADINGS]
    groups = [
        (heading, [(each.title({}).partition(": ")[2], each.path("")[:-1]) for each in found if each.kind == kind])
        for kind, heading in _HEADINGS.items()
    ]
    return page_of("feeds.html", groups=[(heading, rows) for heading, rows in groups if rows])


def _described(form: str) -> dict[int | str, dict[str, Any]]:
    """Return what the description of the API says of the answers in *form*."""
    refused: dict[int | str, dict[str, Any]] = {
        status: {"description": why, "content": {"text/html": {}}} for status, why in _REFUSED.items()
    }
    body: dict[str, Any] = {"schema": JsonFeed.model_json_schema() if form == "json" else {"type": "string"}}
    media_type = FORMS[form].partition(";")[0]
    return {200: {"description": _ABOUT[form], "content": {media_type: body}}, **refused}


def _publish(form: str) -> None:
    """Answer at the addresses that end in *form*."""

    def everything(db: RequestDatabase, request: Request) -> Response:
        return _answer(db, request, EVERYTHING, form)

    def of_scope(db: RequestDatabase, request: Request, kind: Kind, name: FeedName) -> Response:
        path = f"{kind.value}/{name}.{form}"
        found = next((each for each in _known(db) if each.path(form) == path), None)
        if found is None:
            raise HTTPException(404, "There is no such feed; see /feeds.")
        return _answer(db, request, found, form)

    described: dict[str, Any] = {
        "response_class": Response,
        "responses": _described(form),
        "dependencies": [Depends(costly)],
        "tags": ["feeds"],
    }
    router.get(
        f"/feeds/all.{form}",
        operation_id=f"feed_of_everything_{form}",
        description=f"{_ABOUT[form]} of everything.",
        **described,
    )(everything)
    router.get(
        f"/feeds/{{kind}}/{{name}}.{form}",
        operation_id=f"feed_{form}",
        description=f"{_ABOUT[form]} of one jurisdiction, authority, topic or instrument.",
        **described,
    )(of_scope)


for _form in FORMS:
    _publish(_form)


def _known(db: RequestDatabase) -> list[Scope]:
    return scopes(events.subjects(db), instruments.all_instruments(db))


def _answer(db: RequestDatabase, request: Request, scope: Scope, form: str) -> Response:
    base_url: str = request.app.state.service.settings.base_url
    made = published(db, scope, form, base_url=base_url)
    return Response(made, headers={"Content-Type": FORMS[form]})
