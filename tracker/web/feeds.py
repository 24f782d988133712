"""Feeds and calendars at addresses one can guess: /feeds/all.atom, /feeds/jurisdictions/cn.ics, and so on."""

from __future__ import annotations

from enum import StrEnum

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import HTMLResponse

from storage import events, instruments
from tracker.feeds import EVERYTHING, FORMS, Scope, published, scopes
from tracker.web.database import RequestDatabase
from tracker.web.limits import costly
from tracker.web.views import page_of

router = APIRouter(include_in_schema=False)
_HEADINGS = {"": "All together", "jurisdictions": "Jurisdictions", "authorities": "Authorities", "topics": "Topics"}


class Kind(StrEnum):
    """What a feed is about."""

    JURISDICTIONS = "jurisdictions"
    AUTHORITIES = "authorities"
    TOPICS = "topics"
    INSTRUMENTS = "instruments"


@router.get("/feeds", response_class=HTMLResponse)
def all_feeds(db: RequestDatabase) -> str:
    """List the feeds, but for those of single instruments, which their pages name."""
    found = [each for each in _known(db) if each.kind in _HEADINGS]
    groups = [
        (heading, [(each.title({}).partition(": ")[2], each.path("")[:-1]) for each in found if each.kind == kind])
        for kind, heading in _HEADINGS.items()
    ]
    return page_of("feeds.html", groups=[(heading, rows) for heading, rows in groups if rows])


@router.get("/feeds/all.{form}", dependencies=[Depends(costly)])
def everything(db: RequestDatabase, request: Request, form: str) -> Response:
    """Return the feed or calendar of everything."""
    return _answer(db, request, EVERYTHING, form)


@router.get("/feeds/{kind}/{name}.{form}", dependencies=[Depends(costly)])
def of_scope(db: RequestDatabase, request: Request, kind: Kind, name: str, form: str) -> Response:
    """Return the feed or calendar of one jurisdiction, authority, topic or instrument."""
    path = f"{kind.value}/{name}.{form}"
    found = next((each for each in _known(db) if each.path(form) == path), None)
    if found is None:
        raise HTTPException(404, "There is no such feed; see /feeds.")
    return _answer(db, request, found, form)


def _known(db: RequestDatabase) -> list[Scope]:
    return scopes(events.subjects(db), instruments.all_instruments(db))


def _answer(db: RequestDatabase, request: Request, scope: Scope, form: str) -> Response:
    if form not in FORMS:
        raise HTTPException(404, f"There is no such form; known are {', '.join(FORMS)}.")
    base_url: str = request.app.state.service.settings.base_url
    made = published(db, scope, form, base_url=base_url)
    return Response(made, headers={"Content-Type": FORMS[form]})
