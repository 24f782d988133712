"""Feeds and calendars at addresses one can guess: /feeds/all.atom, /feeds/jurisdictions/cn.ics, and so on."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Path, Request, Response
from fastapi.responses import HTMLResponse

from storage import events, instruments
from tracker.feeds import ALL_SCOPE, FORMS, Scope, publish, scopes
from tracker.web.api.schemas import JsonFeedSchema
from tracker.web.dependencies import RequestDatabase
from tracker.web.page_templates import authority, jurisdiction, page_of, say, topic
from tracker.web.rate_limit import limit_questions

router = APIRouter()
_HEADINGS = {"": "All together", "jurisdictions": "Jurisdictions", "authorities": "Authorities", "topics": "Topics"}
_ABOUT = {
    "atom": "The Atom feed (RFC 4287)",
    "json": "The JSON Feed (version 1.1)",
    "ics": "The calendar (iCalendar, RFC 5545) of comment deadlines, days in force and days of application",
}
_REFUSALS = {404: "There is no such feed", 422: "There is no such kind of feed", 429: "Too many questions at once"}
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
    feeds = [feed for feed in _all_scopes(db) if feed.kind in _HEADINGS]
    groups = [
        (heading, [(_name(feed), feed.path("")[:-1]) for feed in feeds if feed.kind == kind])
        for kind, heading in _HEADINGS.items()
    ]
    return page_of("feeds.html", groups=[(heading, rows) for heading, rows in groups if rows])


def _name(feed: Scope) -> str:
    """Return what a feed is of, in the reader's language."""
    if feed.kind == "jurisdictions":
        return jurisdiction(feed.id)
    if feed.kind == "topics":
        return topic(feed.id)
    return authority(feed.id) if feed.kind == "authorities" else say("everything")


def _describe_responses(form: str) -> dict[int | str, dict[str, Any]]:
    """Return what the description of the API says of the answers in *form*."""
    refusals: dict[int | str, dict[str, Any]] = {
        status: {"description": why, "content": {"text/html": {}}} for status, why in _REFUSALS.items()
    }
    body: dict[str, Any] = {"schema": JsonFeedSchema.model_json_schema() if form == "json" else {"type": "string"}}
    media_type = FORMS[form].partition(";")[0]
    return {200: {"description": _ABOUT[form], "content": {media_type: body}}, **refusals}


def _publish(form: str) -> None:
    """Answer at the addresses that end in *form*."""

    def feed_of_all(db: RequestDatabase, request: Request) -> Response:
        return _answer(db, request, ALL_SCOPE, form)

    def of_scope(db: RequestDatabase, request: Request, kind: Kind, name: FeedName) -> Response:
        path = f"{kind.value}/{name}.{form}"
        scope = next((feed for feed in _all_scopes(db) if feed.path(form) == path), None)
        if scope is None:
            raise HTTPException(404, "There is no such feed; see /feeds.")
        return _answer(db, request, scope, form)

    description: dict[str, Any] = {
        "response_class": Response,
        "responses": _describe_responses(form),
        "dependencies": [Depends(limit_questions)],
        "tags": ["feeds"],
    }
    router.get(
        f"/feeds/all.{form}",
        operation_id=f"feed_of_everything_{form}",
        description=f"{_ABOUT[form]} of everything.",
        **description,
    )(feed_of_all)
    router.get(
        f"/feeds/{{kind}}/{{name}}.{form}",
        operation_id=f"feed_{form}",
        description=f"{_ABOUT[form]} of one jurisdiction, authority, topic or instrument.",
        **description,
    )(of_scope)


for _form in FORMS:
    _publish(_form)


def _all_scopes(db: RequestDatabase) -> list[Scope]:
    return scopes(events.subjects(db), instruments.all_instruments(db))


def _answer(db: RequestDatabase, request: Request, scope: Scope, form: str) -> Response:
    base_url: str = request.app.state.service.settings.base_url
    document = publish(db, scope, form, base_url=base_url)
    return Response(document, headers={"Content-Type": FORMS[form]})
