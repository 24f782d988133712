"""The pages people look at: what changed, instruments, one redline, sources, evidence."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse
from sqlite_utils import Database

from storage import changes, checks, instruments, milestones, problems, snapshots, versions
from storage import pages as watched
from storage.errors import MissingRowError
from storage.records import Standing
from tracker import render
from tracker.render.html import redline_html
from tracker.render.text import change_title, summary_line
from tracker.web.database import RequestDatabase
from tracker.web.views import page_of

router = APIRouter(default_response_class=HTMLResponse)
_LOOKS = ["GET", "HEAD"]


@router.api_route("/", methods=_LOOKS)
def today(db: RequestDatabase) -> str:
    """Show what changed, newest first."""
    sets = [_named(db, row) for row in changes.recent_sets(db, 50)]
    return page_of("today.html", sets=sets, problems=len(problems.open_problems(db)))


@router.api_route("/instruments", methods=_LOOKS)
def all_instruments(db: RequestDatabase) -> str:
    """List the instruments known."""
    rows = [(known, versions.of_instrument(db, known.id)) for known in instruments.all_instruments(db)]
    return page_of("instruments.html", rows=rows)


@router.api_route("/instruments/{instrument_id}", methods=_LOOKS)
def one_instrument(db: RequestDatabase, instrument_id: str) -> str:
    """Show one instrument: facts, changes, versions and its text with an anchor for each provision."""
    known = instruments.find(db, instrument_id)
    version = versions.find_latest(db, instrument_id, standing=Standing.CONFIRMED)
    if known is None or version is None:
        raise HTTPException(404, "There is no such instrument.")
    days = milestones.of_instrument(db, instrument_id) or list(version.reading.dates)
    return page_of(
        "instrument.html",
        instrument=known,
        version=version,
        reading=version.reading,
        dates=days,
        status=render.status_on(days, _today(), draft=version.reading.draft),
        versions=versions.of_instrument(db, instrument_id),
        sets=[_named(db, row) for row in changes.of_instrument(db, instrument_id)],
    )


@router.api_route("/changes", methods=_LOOKS)
def all_changes(db: RequestDatabase) -> str:
    """List the sets of changes, newest first."""
    return page_of("changes.html", sets=[_named(db, row) for row in changes.recent_sets(db, 200)])


@router.api_route("/changes/{set_id}", methods=_LOOKS)
def one_change(db: RequestDatabase, set_id: int) -> str:
    """Show one set of changes with the redline of each."""
    try:
        found, row = changes.get_set(db, set_id), changes.get_row(db, set_id)
    except MissingRowError:
        raise HTTPException(404, "There is no such set of changes.") from None
    rows = [(change, change_title(change), redline_html(change)) for change in found.changes]
    return page_of("change.html", set=_named(db, row), summary=summary_line(found), rows=rows, notes=found.notes)


@router.api_route("/sources", methods=_LOOKS)
def all_sources(db: RequestDatabase, request: Request) -> str:
    """List the sources with their last look, and the open problems."""
    latest, good = checks.latest(db), checks.latest_good(db)
    rows = []
    for source in request.app.state.sources.values():
        held = watched.of_source(db, source.id)
        last = max((latest[page.id].checked_at for page in held if page.id in latest), default=None)
        read = max((good[page.id].checked_at for page in held if page.id in good), default=None)
        rows.append((source, len(held), last, read))
    return page_of("sources.html", rows=rows, problems=problems.open_problems(db))


@router.api_route("/evidence/{snapshot_id}", methods=_LOOKS)
def evidence(db: RequestDatabase, snapshot_id: int) -> str:
    """Show what is on record of one page as received: address, time, hash and headers."""
    try:
        found = snapshots.get(db, snapshot_id)
    except MissingRowError:
        raise HTTPException(404, "There is no such snapshot.") from None
    return page_of("evidence.html", snapshot=found)


def _named(db: Database, row: Any) -> dict[str, Any]:
    known = instruments.find(db, row.instrument_id)
    title = known.title if known else row.instrument_id
    return {"row": row, "title": title, "native": known.title_native if known else ""}


def _today() -> date:
    return datetime.now(UTC).date()
