"""What changed, what is coming, and the subjects and places it concerns."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import HTMLResponse

from storage import checks, lists, problems
from storage.records import Weight
from tracker.web.database import RequestDatabase
from tracker.web.views import page_of

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
_PAGE = 50
_SOON = timedelta(days=180)
Weights = Annotated[list[Weight], Query()]
PageNumber = Annotated[int, Query(ge=1, le=10_000)]


@router.get("/")
def today(db: RequestDatabase, jurisdiction: str = "", weight: Weights = []) -> str:  # noqa: B006 - never changed
    """Show what changed, newest first, and which dates come next."""
    now = today_is()
    looked = list(checks.latest(db).values())
    return page_of(
        "today.html",
        **_filtered(db, jurisdiction, weight, 1),
        coming=lists.dates(db, now, now + _SOON, jurisdiction=jurisdiction, limit=12),
        problems=len(problems.open_problems(db)),
        looked=len(looked),
        last=max((check.checked_at for check in looked), default=None),
        now=now,
    )


@router.get("/changes")
def all_changes(
    db: RequestDatabase,
    jurisdiction: str = "",
    weight: Weights = [],  # noqa: B006 - never changed
    page: PageNumber = 1,
) -> str:
    """List the sets of changes, newest first."""
    return page_of("changes.html", **_filtered(db, jurisdiction, weight, page))


@router.get("/calendar")
def calendar(db: RequestDatabase, jurisdiction: str = "", past: bool = False) -> str:
    """Show the legal dates by month: those to come, or those gone by."""
    now = today_is()
    if past:
        found = lists.dates(db, date.min, now - timedelta(days=1), jurisdiction=jurisdiction, limit=2000)[::-1]
    else:
        found = lists.dates(db, now, jurisdiction=jurisdiction)
    months = [(month, list(days)) for month, days in groupby(found, key=lambda each: f"{each.on:%B %Y}")]
    return page_of(
        "calendar.html", months=months, past=past, chosen=jurisdiction, jurisdictions=lists.jurisdictions(db), now=now
    )


@router.get("/topics")
def all_topics(db: RequestDatabase) -> str:
    """List the subjects, with how many instruments are about each."""
    return page_of("topics.html", topics=lists.topics(db))


@router.get("/topics/{topic}")
def one_topic(db: RequestDatabase, topic: str, page: PageNumber = 1) -> str:
    """List the instruments about one subject."""
    if topic not in lists.topics(db):
        raise HTTPException(404, "No instrument is about that subject.")
    found = lists.instruments(db, topic=topic, limit=_PAGE + 1, offset=(page - 1) * _PAGE)
    return page_of("topic.html", topic=topic, rows=found[:_PAGE], page=page, more=len(found) > _PAGE)


@router.get("/jurisdictions")
def all_jurisdictions(db: RequestDatabase) -> str:
    """List the jurisdictions, with how many instruments each has."""
    return page_of("jurisdictions.html", jurisdictions=lists.jurisdictions(db))


@router.get("/jurisdictions/{jurisdiction}")
def one_jurisdiction(db: RequestDatabase, jurisdiction: str, page: PageNumber = 1) -> str:
    """Show the instruments of one jurisdiction, what changed there and what is coming."""
    if jurisdiction not in lists.jurisdictions(db):
        raise HTTPException(404, "Nothing is watched there.")
    found = lists.instruments(db, jurisdiction=jurisdiction, limit=_PAGE + 1, offset=(page - 1) * _PAGE)
    return page_of(
        "jurisdiction.html",
        jurisdiction=jurisdiction,
        rows=found[:_PAGE],
        page=page,
        more=len(found) > _PAGE,
        sets=lists.sets(db, jurisdiction=jurisdiction, limit=10),
        coming=lists.dates(db, today_is(), jurisdiction=jurisdiction, limit=10),
    )


def today_is() -> date:
    """Return the day on which a status is true."""
    return datetime.now(UTC).date()


def _filtered(db: Any, jurisdiction: str, weight: list[Weight], page: int) -> dict[str, Any]:
    weights = [each.value for each in weight]
    found = lists.sets(db, jurisdiction=jurisdiction, weights=weights, limit=_PAGE + 1, offset=(page - 1) * _PAGE)
    return {
        "sets": found[:_PAGE],
        "more": len(found) > _PAGE,
        "page": page,
        "chosen": jurisdiction,
        "weights": weights,
        "all_weights": [each.value for each in Weight],
        "jurisdictions": lists.jurisdictions(db),
    }
