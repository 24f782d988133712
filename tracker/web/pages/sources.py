"""The places watched: how each has been doing, also when nothing changed."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, Literal

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse
from sqlite_utils import Database

from crawlers.failure_causes import stage_of
from storage import checks, log, problems, snapshots, sources
from storage import pages as page_store
from storage.records import Check, Outcome, Page, Problem, Source, SourceKind
from tracker.context import AppContext
from tracker.operations.canaries.canary_results import load_results
from tracker.pipeline.schedule_inputs import schedule_of
from tracker.view_models.look_log import LookNote, looks_of
from tracker.view_models.overdue import overdue_at
from tracker.web.dependencies import RequestDatabase
from tracker.web.page_templates import count, page_of
from tracker.wording.public_failures import setback

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
_SAME_LOOK = timedelta(minutes=15)  # a text and the look that brought it, a confirming second look included
_UNITS = (("week", timedelta(weeks=1)), ("day", timedelta(days=1)), ("hour", timedelta(hours=1)),
          ("minute", timedelta(minutes=1)), ("second", timedelta(seconds=1)))  # fmt: skip


class SourceState(StrEnum):
    """How one source stands, in the order in which they are listed."""

    FAILING = "failing"
    OVERDUE = "overdue"
    UNSEEN = "unseen"
    WELL = "well"


STATES = {
    SourceState.FAILING: "with a problem",
    SourceState.OVERDUE: "overdue",
    SourceState.UNSEEN: "not checked yet",
    SourceState.WELL: "well",
}


@dataclass(frozen=True, slots=True)
class Health:
    """How one source has been doing; ``next_at`` may have passed, ``overdue_since`` is when its promise was broken."""

    source: Source
    pages: int
    last: Check | None
    says: str
    last_good_at: datetime | None
    changed_at: datetime | None
    next_at: datetime | None
    is_due: bool
    overdue_since: datetime | None
    problems: tuple[Problem, ...]

    @property
    def state(self) -> SourceState:
        """How it stands, the worst first."""
        if self.problems or (self.last and self.last.outcome is Outcome.FAILED):
            return SourceState.FAILING
        if self.overdue_since:
            return SourceState.OVERDUE
        return SourceState.WELL if self.last else SourceState.UNSEEN

    @property
    def setbacks(self) -> list[str]:
        """What went wrong with it, in readers' words, each once."""
        return list(dict.fromkeys(setback(problem.cause, problem.stage) for problem in self.problems))


class _Past:
    """What is remembered of all looks, asked for once."""

    def __init__(self, db: Database) -> None:
        self.latest, self.first_at = checks.latest(db), checks.first_at(db)
        self.looks, self.changed_at = checks.of_sources(db), sources.changed_at(db)
        self.set_aside = snapshots.not_standing(db)
        self.pages: dict[str, list[Page]] = {}
        for page in page_store.all_pages(db):
            self.pages.setdefault(page.source_id, []).append(page)
        self.problems: dict[str, list[Problem]] = {}
        for problem in problems.open_problems(db):
            self.problems.setdefault(problem.source_id, []).append(problem)

    def last_of(self, source_id: str) -> tuple[Page, Check] | None:
        """Return the last look at any page of a source, with its page."""
        looks = [(page, self.latest[page.id]) for page in self.pages.get(source_id, ()) if page.id in self.latest]
        return max(looks, key=lambda look: look[1].checked_at, default=None)

    def says(self, source: Source, page: Page, last: Check) -> str:
        """Return what the last look at a source found, in words."""
        changed_at = self.changed_at.get(source.id)
        if last.outcome is not Outcome.FAILED and changed_at and abs(last.checked_at - changed_at) < _SAME_LOOK:
            return "we checked and the law had changed"
        return said_of(source, page, last, self.first_at[page.id], self.set_aside)


def health_of(db: Database, service: AppContext, only: str = "") -> list[Health]:
    """Return how each declared source has been doing, or *only* one, and when one of its pages is looked at next."""
    schedule, now = schedule_of(replace(service, db=db)), service.clock()
    declarations = {only: service.sources[only]} if only else service.sources
    past, rows = _Past(db), []
    for source in declarations.values():
        look, looks = past.last_of(source.id), past.looks.get(source.id)
        pages = [page for page in past.pages.get(source.id, ()) if page.id in schedule.rhythms]
        at = min((schedule.next_look_at(page, now) for page in pages if page.id in schedule.places), default=None)
        overdue = overdue_at(source, looks) if looks and look else None
        rows.append(
            Health(
                source=source,
                pages=looks.pages if looks else 0,
                last=look[1] if look else None,
                says=past.says(source, *look) if look else "not checked yet",
                last_good_at=looks.last_good_at if looks else None,
                changed_at=past.changed_at.get(source.id),
                next_at=at,
                is_due=at is not None and at <= now,
                overdue_since=overdue if overdue and overdue < now else None,
                problems=tuple(past.problems.get(source.id, ())),
            )
        )
    return rows


def said_of(source: Source, page: Page, look: Check, first_at: datetime, set_aside: frozenset[int]) -> str:
    """Return what one look at a page found; *set_aside* are snapshots whose text was not taken for the law."""
    if look.outcome is Outcome.FAILED:
        return f"we could not look: {setback(look.cause, stage_of(look.cause))}"
    if look.outcome is not Outcome.NEW:
        return "we checked and nothing changed"
    if look.checked_at - first_at < _SAME_LOOK:
        return "we checked for the first time"
    if page.listing or source.kind is SourceKind.NEWS:
        return "we checked; the list differs"
    if look.snapshot_id in set_aside:
        return "we checked; the page differs, but what it showed was not accepted as the law"
    return "we checked; the page differs, but the law on it does not"


def often(every: timedelta) -> str:
    """Return a declared interval in words of the reader's language: "every day", "every 12 hours"."""
    unit, length = next((name, long) for name, long in _UNITS if every % long == timedelta() and every >= long)
    return str(count(every // length, f"every {unit}", f"every {{n}} {unit}s"))


@router.get("/sources")
def all_sources(
    db: RequestDatabase,
    request: Request,
    jurisdiction: str = "",
    state: Annotated[SourceState | Literal[""], Query(description="How the sources stand")] = "",
) -> str:
    """List the sources with their last look, those that need somebody first, and the open problems."""
    all_health = health_of(db, request.app.state.service)
    place = [health for health in all_health if jurisdiction in {"", health.source.jurisdiction}]
    order = list(SourceState)
    rows = sorted(
        (health for health in place if state in {"", health.state}), key=lambda health: order.index(health.state)
    )
    return page_of(
        "sources.html",
        rows=rows,
        counted=Counter(health.state for health in place),
        states=STATES,
        state=state,
        chosen=jurisdiction,
        canaries=defaultdict(lambda: None, load_results(request.app.state.service.settings.home)),
        jurisdictions=sorted({health.source.jurisdiction for health in all_health}),
        problems=[
            (health, request.app.state.service.sources.get(health.source_id), setback(health.cause, health.stage))
            for health in problems.open_problems(db)
        ],
    )


@router.get("/sources/{source_id}")
def one_source(db: RequestDatabase, request: Request, source_id: str) -> str:
    """Show one source: its declaration in words, its pages and the last looks at each."""
    source = request.app.state.service.sources.get(source_id)
    if source is None:
        raise HTTPException(404, "There is no such source.")
    [health] = health_of(db, request.app.state.service, source.id)
    first_at, set_aside = checks.first_at(db), snapshots.not_standing(db)
    is_logged = log.last_checkpoint(db) is not None
    looks_by_page = [
        (page, [(look, note or LookNote(said_of(source, page, look, first_at[page.id], set_aside)))
                for look, note in looks_of(db, page.id)])
        for page in page_store.of_source(db, source_id)
    ]  # fmt: skip
    return page_of(
        "source.html",
        health=health,
        source=source,
        pages=looks_by_page,
        every=often(source.every),
        canary=load_results(request.app.state.service.settings.home).get(source_id),
        provable={page.id for page, looks in looks_by_page if is_logged and any(look.snapshot_id for look, _ in looks)},
    )
