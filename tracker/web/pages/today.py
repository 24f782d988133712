"""What changed, what is coming, and the subjects and places it concerns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BeforeValidator
from sqlite_utils import Database

from storage import events, instruments, milestones, problems
from storage.records import EventKind, Weight
from tracker.view_models.event_list import KINDS, group_by_day, items_of
from tracker.view_models.overdue import watch_of
from tracker.view_models.pictures import activity_picture
from tracker.web.dependencies import RequestDatabase
from tracker.web.page_templates import LANGUAGE, day, month, page_of, translate
from tracker.wording.labels import words

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
_PAGE = 50
_NEWS = 30  # events on a page: each is several lines
_SOON = timedelta(days=180)
_LATELY = timedelta(days=7)
_AT_LEAST = 12  # events on Today, when there are so many: what came before the last days fills it up
_LATEST = 10  # events on the page of a jurisdiction
JurisdictionQuery = Annotated[str, Query(max_length=40)]
Weights = Annotated[list[Weight], BeforeValidator(lambda values: [value for value in values if value]), Query()]
KindsParam = Annotated[list[EventKind], BeforeValidator(lambda values: [value for value in values if value]), Query()]
PageParam = Annotated[int, Query(ge=1, le=10_000)]


@dataclass(frozen=True, slots=True)
class EventFilters:
    """What a list of news is filtered by; nothing lets everything through."""

    jurisdiction: str
    weights: tuple[str, ...]
    kinds: tuple[str, ...]

    @property
    def query(self) -> str:
        """The filters as they stand in an address, with room for more behind them."""
        pairs = [("jurisdiction", self.jurisdiction)] if self.jurisdiction else []
        pairs += [("weight", value) for value in self.weights] + [("kind", value) for value in self.kinds]
        return f"{urlencode(pairs)}&" if pairs else ""

    def events(self, db: Database, limit: int, offset: int = 0) -> list[events.EventSummary]:
        """Return what passes, newest first."""
        return events.list_events(db, jurisdiction=self.jurisdiction, weights=self.weights, kinds=self.kinds,
                            limit=limit, offset=offset)  # fmt: skip

    def context(self, db: Database) -> dict[str, Any]:
        """Return what the form of filters, and a list that may be empty because of them, show of the choice."""
        return {
            "chosen": self.jurisdiction,
            "weights": self.weights,
            "kinds": self.kinds,
            "query": self.query,
            "filtered": bool(self.query),
            "all_weights": [weight.value for weight in Weight],
            "all_kinds": {name: words(LANGUAGE.get())(f"kind.{name}") for name in KINDS},
            "jurisdictions": instruments.count_by_jurisdiction(db),
        }


async def _event_filters(
    jurisdiction: JurisdictionQuery = "",
    weight: Weights = [],  # noqa: B006 - never changed
    kind: KindsParam = [],  # noqa: B006 - never changed
) -> EventFilters:
    return EventFilters(jurisdiction, tuple(weight), tuple(kind))


FiltersParam = Annotated[EventFilters, Depends(_event_filters)]


@router.get("/")
def today(db: RequestDatabase, request: Request, filters: FiltersParam) -> str:
    """Show what changed in the last days by jurisdiction and weight, and which dates come next."""
    service = request.app.state.service
    now = service.clock()
    rows = filters.events(db, _NEWS + 1)
    late = [row for row in rows[:_NEWS] if row.event.at > rows[0].event.at - _LATELY]
    items = items_of(db, rows[: max(len(late), _AT_LEAST)][:_NEWS], now.date(), words(LANGUAGE.get()))
    days = [row.event.at.date() for row in late]
    return page_of(
        "today.html",
        **filters.context(db),
        groups=group_by_day(items[: len(late)]),
        heading=_span(days),
        stale=bool(days) and days[0] < now.date() - _LATELY,
        before=items[len(late) :],
        older=len(rows) > len(items),
        coming=milestones.list_dates(db, now.date(), now.date() + _SOON, jurisdiction=filters.jurisdiction, limit=12),
        ahead=_SOON.days,
        problems=len(problems.open_problems(db)),
        watch=watch_of(db, service.sources, now),
    )


@router.get("/changes")
def all_changes(db: RequestDatabase, request: Request, filters: FiltersParam, page: PageParam = 1) -> str:
    """List everything told, newest first."""
    rows = filters.events(db, _NEWS + 1, (page - 1) * _NEWS)
    items = items_of(db, rows[:_NEWS], request.app.state.service.clock().date(), words(LANGUAGE.get()))
    activity = None
    if page == 1 and not filters.query:
        name = str(translate("Changes by week and jurisdiction"))
        activity = activity_picture(db, request.app.state.service.clock().date(), name, LANGUAGE.get())
    return page_of(
        "changes.html", **filters.context(db), items=items, more=len(rows) > _NEWS, page=page, activity=activity
    )


@router.get("/calendar")
def calendar(db: RequestDatabase, request: Request, jurisdiction: JurisdictionQuery = "", past: bool = False) -> str:
    """Show the legal dates by month: those to come, or those gone by."""
    now = request.app.state.service.clock().date()
    if past:
        rows = milestones.list_dates(db, date.min, now - timedelta(days=1), jurisdiction=jurisdiction, limit=2000)[::-1]
    else:
        rows = milestones.list_dates(db, now, jurisdiction=jurisdiction)
    months = [(month, list(days)) for month, days in groupby(rows, key=lambda row: month(row.on))]
    return page_of(
        "calendar.html",
        months=months,
        past=past,
        chosen=jurisdiction,
        jurisdictions=instruments.count_by_jurisdiction(db),
        now=now,
    )


@router.get("/jurisdictions")
def all_jurisdictions(db: RequestDatabase) -> str:
    """List the jurisdictions, with how many instruments each has."""
    return page_of("jurisdictions.html", jurisdictions=instruments.count_by_jurisdiction(db))


@router.get("/jurisdictions/{jurisdiction}")
def one_jurisdiction(db: RequestDatabase, request: Request, jurisdiction: str, page: PageParam = 1) -> str:
    """Show the instruments of one jurisdiction, what changed there and what is coming."""
    if jurisdiction not in instruments.count_by_jurisdiction(db):
        raise HTTPException(404, "Nothing is watched there.")
    today = request.app.state.service.clock().date()
    rows = instruments.list_instruments(db, jurisdiction=jurisdiction, limit=_PAGE + 1, offset=(page - 1) * _PAGE)
    return page_of(
        "jurisdiction.html",
        jurisdiction=jurisdiction,
        rows=rows[:_PAGE],
        page=page,
        more=len(rows) > _PAGE,
        items=items_of(
            db, events.list_events(db, jurisdiction=jurisdiction, limit=_LATEST), today, words(LANGUAGE.get())
        ),
        coming=milestones.list_dates(db, today, jurisdiction=jurisdiction, limit=10),
    )


def today_is() -> date:
    """Return the day on which a status is true."""
    return datetime.now(UTC).date()


def _span(days: Sequence[date]) -> str:
    """Return from which day to which, newest first, the newest events are."""
    if not days or days[0] == days[-1]:
        return day(days[0]) if days else ""
    return str(translate("{first} to {last}", first=day(days[-1]), last=day(days[0])))
