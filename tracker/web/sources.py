"""The places watched: how each has been doing, also when nothing changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse
from sqlite_utils import Database

from storage import checks, lists, problems
from storage import pages as watched
from storage.records import Check, Outcome, Page, Source
from tracker.service import Service, schedule_of
from tracker.web.database import RequestDatabase
from tracker.web.views import page_of

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
_SAYS = {
    Outcome.NEW: "we looked; the page differs, the law in it does not",
    Outcome.SAME: "we looked and nothing changed",
    Outcome.NOT_MODIFIED: "we looked and nothing changed",
    Outcome.FAILED: "we could not look",
}

_SAME_LOOK = timedelta(minutes=15)  # a text and the look that brought it, a confirming second look included


@dataclass(frozen=True, slots=True)
class Health:
    """How one source has been doing."""

    source: Source
    pages: int
    last: Check | None
    last_good_at: datetime | None
    changed_at: datetime | None
    next_at: datetime | None

    @property
    def says(self) -> str:
        """What the last look found, in words."""
        if self.last is None:
            return "not looked at so far"
        if self.changed_at and abs(self.last.checked_at - self.changed_at) < _SAME_LOOK:
            return "we looked and the law had changed"
        return _SAYS[self.last.outcome]


def health_of(db: Database, service: Service, only: str = "") -> list[Health]:
    """Return how each declared source has been doing, or *only* one, and when one of its pages is looked at next."""
    schedule, now = schedule_of(replace(service, db=db)), service.clock()
    declared = {only: service.sources[only]} if only else service.sources
    latest, good, changed = checks.latest(db), checks.latest_good(db), lists.changed_at(db)
    of_source: dict[str, list[Page]] = {}
    for page in watched.all_pages(db):
        of_source.setdefault(page.source_id, []).append(page)
    found = []
    for source in declared.values():
        held = of_source.get(source.id, [])
        last = max((latest[p.id] for p in held if p.id in latest), key=lambda check: check.checked_at, default=None)
        read = max((good[p.id].checked_at for p in held if p.id in good), default=None)
        after = min((schedule.next_look_at(p, now) for p in held if p.id in schedule.places), default=None)
        found.append(
            Health(source, len(held), last, read, changed.get(source.id), after if after and after > now else None)
        )
    return found


@router.get("/sources")
def all_sources(db: RequestDatabase, request: Request) -> str:
    """List the sources with their last look, and the open problems."""
    return page_of("sources.html", rows=health_of(db, request.app.state.service), problems=problems.open_problems(db))


@router.get("/sources/{source_id}")
def one_source(db: RequestDatabase, request: Request, source_id: str) -> str:
    """Show one source: its declaration in words, its pages and the last looks at each."""
    source = request.app.state.service.sources.get(source_id)
    if source is None:
        raise HTTPException(404, "There is no such source.")
    [health] = health_of(db, request.app.state.service, source.id)
    held = [(page, checks.of_page(db, page.id)[-20:][::-1]) for page in watched.of_source(db, source_id)]
    return page_of(
        "source.html",
        health=health,
        source=source,
        pages=held,
        says={**_SAYS, Outcome.NEW: "the page differs from the last time"},
    )
