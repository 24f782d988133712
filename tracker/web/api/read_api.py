"""The JSON API: what the pages show, for programs. Nothing here writes."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query, Request

from crawlers.declaration.coverage_gaps import coverage_gaps
from storage import change_summaries, changes, instruments, milestones, snapshots, versions
from storage.errors import MissingRowError
from storage.records import ReviewState, Version, Weight
from storage.search import index
from tracker import render
from tracker.render.json_contract import milestone_json
from tracker.view_models.source_coverage import coverage_of
from tracker.web.api import schemas, shapes
from tracker.web.api.csv_tables import CSV_ANSWER, FormatParam, ListFormat, list_answer
from tracker.web.api.known_parameters import refuse_unknown_parameters
from tracker.web.dependencies import RequestDatabase
from tracker.web.pages.sources import health_of
from tracker.web.pages.today import today_is
from tracker.web.pagination import (
    CursorParam,
    PageNumber,
    RowNumber,
    Size,
    page_from,
    read_cursor,
    start_of,
    write_cursor,
)
from tracker.web.rate_limit import limit_questions
from tracker.wording.safe_links import official_url
from tracker.wording.title_gloss import working_title

router = APIRouter(
    prefix="/api/v1",
    tags=["v1"],
    dependencies=[Depends(refuse_unknown_parameters)],
    responses={status: {"model": schemas.RefusalSchema} for status in (404, 422, 429)},
)
JurisdictionParam = Annotated[
    str, Query(max_length=40, description="Only this jurisdiction, such as cn", examples=["cn", "eu", "us", "in"])
]
InstrumentFilter = Annotated[str, Query(max_length=300, description="Only this instrument", examples=["eu_32024R1689"])]
DayParam = Annotated[date | None, Query(description="The day on which the status is worked out; today when not given")]


@router.get("/instruments", response_model=schemas.InstrumentsSchema, responses=CSV_ANSWER)
def list_instruments(
    db: RequestDatabase,
    jurisdiction: JurisdictionParam = "",
    topic: Annotated[str, Query(max_length=80, description="Only instruments about this subject")] = "",
    page: PageNumber = 1,
    size: Size = 50,
    answer_format: FormatParam = ListFormat.JSON,
) -> Any:
    """List instruments in order of id, with what the latest version says of each."""
    rows = instruments.list_instruments(
        db, jurisdiction=jurisdiction, topic=topic, limit=size + 1, offset=start_of(page, size)
    )
    return list_answer(page_from([shapes.instrument(row) for row in rows], page, size), answer_format, "instruments")


@router.get("/instruments/{instrument_id}", response_model=schemas.ProfileSchema)
def get_instrument(db: RequestDatabase, instrument_id: str, on: DayParam = None) -> Any:
    """Return the profile of one instrument: facts, dates, definitions, relations, without its text."""
    instrument, latest = instruments.find(db, instrument_id), _latest(db, instrument_id)
    if instrument is None:
        raise HTTPException(404, "There is no such instrument.")
    day = on or today_is()
    days = milestones.of_instrument(db, instrument_id) or list(latest.reading.dates)
    shape = render.reading_json(latest.reading, on=day)
    del shape["provisions"]
    return shape | {
        "schema": "clausewatch/profile/1",
        "instrument": instrument_id,
        "version": latest.id,
        "title": instrument.title,
        "title_native": instrument.title_native,
        "working_title": working_title(instrument.title) if instrument.title_native in {instrument.title, ""} else "",
        "url": official_url(snapshots.url_of(db, latest.snapshot_id), instrument.url),
        "status": render.status_on(days, day, draft=latest.reading.draft).value,
        "dates": [milestone_json(milestone) for milestone in days],
    }


@router.get("/instruments/{instrument_id}/versions", response_model=schemas.VersionsSchema, responses=CSV_ANSWER)
def list_versions(
    db: RequestDatabase,
    instrument_id: str,
    page: PageNumber = 1,
    size: Size = 50,
    answer_format: FormatParam = ListFormat.JSON,
) -> Any:
    """List the versions of an instrument, oldest first."""
    _latest(db, instrument_id)
    start = start_of(page, size)
    rows = versions.of_instrument(db, instrument_id)[start : start + size + 1]
    return list_answer(page_from([shapes.version(row) for row in rows], page, size), answer_format, "versions")


@router.get("/instruments/{instrument_id}/provisions/{eid}", response_model=schemas.HistorySchema)
def get_history(
    db: RequestDatabase,
    instrument_id: str,
    eid: str,
    version: Annotated[
        str, Query(max_length=300, description="The version whose number it is; else the latest that has it")
    ] = "",
) -> Any:
    """Return one provision with all below it through all versions and numbers, oldest first."""
    rows = versions.lineage(db, instrument_id, eid, version)
    if not rows:
        raise HTTPException(404, "There is no such provision.")
    return {"instrument": instrument_id, "eid": eid, "items": [shapes.provision_row(row) for row in rows]}


@router.get("/versions/{version_id}", response_model=schemas.ParseSchema)
def get_version(db: RequestDatabase, version_id: str, on: DayParam = None) -> Any:
    """Return one version whole, in the shape of `clausewatch parse`."""
    version = _version(db, version_id)
    shape = render.reading_json(version.reading, on=on or today_is())
    return shape | {"instrument": version.instrument_id, "version": version.id}


@router.get("/versions/{version_id}/provisions", response_model=schemas.ProvisionsSchema, responses=CSV_ANSWER)
def list_provisions(
    db: RequestDatabase,
    version_id: str,
    page: PageNumber = 1,
    size: Size = 100,
    answer_format: FormatParam = ListFormat.JSON,
) -> Any:
    """List the provisions of a version in reading order, without nesting."""
    start = start_of(page, size)
    provisions = list(_version(db, version_id).reading.walk())[start : start + size + 1]
    return list_answer(
        page_from([shapes.provision(provision) for provision in provisions], page, size), answer_format, "provisions"
    )


@router.get("/changes", response_model=schemas.ChangeSetsSchema, responses=CSV_ANSWER)
def list_changes(
    db: RequestDatabase,
    jurisdiction: JurisdictionParam = "",
    instrument: InstrumentFilter = "",
    weight: Annotated[list[Weight], Query(description="Only sets of this weight; may be repeated")] = [],  # noqa: B006
    page: PageNumber = 1,
    size: Size = 50,
    cursor: CursorParam = "",
    answer_format: FormatParam = ListFormat.JSON,
) -> Any:
    """List sets of changes, newest first; `next_cursor` goes on where `page` would slip when something new comes."""
    before = read_cursor(cursor)
    rows = change_summaries.list_sets(
        db,
        jurisdiction=jurisdiction,
        weights=[level.value for level in weight],
        instrument_id=instrument,
        before_id=before,
        limit=size + 1,
        offset=start_of(page, size) if before is None else 0,
    )
    next_start = write_cursor(rows[size - 1].id) if len(rows) > size else None
    shape = page_from([shapes.change_set(row) for row in rows], page, size) | {"next_cursor": next_start}
    return list_answer(shape, answer_format, "changes")


@router.get("/changes/{set_id}", response_model=schemas.DiffSchema, responses=CSV_ANSWER)
def get_changes(db: RequestDatabase, set_id: RowNumber, answer_format: FormatParam = ListFormat.JSON) -> Any:
    """Return one set of changes whole, in the shape of `clausewatch diff`."""
    try:
        comparison, row = changes.get_set(db, set_id), changes.get_row(db, set_id)
    except MissingRowError:
        raise HTTPException(404, "There is no such set of changes.") from None
    old, new = versions.get(db, row.old), versions.get(db, row.new)
    shape = render.comparison_json(comparison, old.reading, new.reading)
    if answer_format is ListFormat.CSV:
        return list_answer({"items": [shapes.change_line(change) for change in shape["changes"]]}, answer_format,
                           f"changes-{set_id}")  # fmt: skip
    return shape | {"id": set_id, "instrument": row.instrument_id, "at": row.at.isoformat(),
                    "old_version": row.old, "new_version": row.new}  # fmt: skip


@router.get("/search", response_model=schemas.HitsSchema, responses=CSV_ANSWER, dependencies=[Depends(limit_questions)])
def find(  # noqa: PLR0913, PLR0917 - the parameters of the call
    db: RequestDatabase,
    q: Annotated[str, Query(max_length=200, description='Words in any script; "a phrase"; begin* of a word')],
    jurisdiction: JurisdictionParam = "",
    instrument: Annotated[str, Query(max_length=300, description="Only this instrument")] = "",
    language: Annotated[str, Query(max_length=20, description="Only texts in this language, such as zh")] = "",
    past: Annotated[bool, Query(description="Also versions that newer ones replaced")] = False,
    page: Annotated[int, Query(ge=1, le=20)] = 1,
    size: Annotated[int, Query(ge=1, le=50)] = 20,
    answer_format: FormatParam = ListFormat.JSON,
) -> Any:
    """Search provisions."""
    within = index.SearchScope(jurisdiction=jurisdiction, instrument_id=instrument, language=language, past=past)
    result = index.search(db, q, within, limit=size, offset=start_of(page, size))
    hits = [shapes.hit(hit, index.extract(hit, q)) for hit in result.hits]
    next_start = page + 1 if result.total > page * size and page < 20 else None
    shape = {"page": page, "next": next_start, "total": result.total, "more": result.more, "items": hits}
    return list_answer(shape, answer_format, "search")


@router.get("/sources", response_model=schemas.SourcesSchema, responses=CSV_ANSWER)
def list_sources(
    db: RequestDatabase,
    request: Request,
    page: PageNumber = 1,
    size: Size = 50,
    answer_format: FormatParam = ListFormat.JSON,
) -> Any:
    """List the declared sources with their health."""
    start = start_of(page, size)
    rows = health_of(db, request.app.state.service)[start : start + size + 1]
    return list_answer(page_from([shapes.source(row) for row in rows], page, size), answer_format, "sources")


@router.get("/coverage", response_model=schemas.CoverageSchema, responses=CSV_ANSWER)
def list_coverage(
    db: RequestDatabase,
    request: Request,
    jurisdiction: JurisdictionParam = "",
    page: PageNumber = 1,
    size: Size = 50,
    answer_format: FormatParam = ListFormat.JSON,
) -> Any:
    """List what is watched of each authority: how much, how fresh, how sure."""
    service, start = request.app.state.service, start_of(page, size)
    places = coverage_of(db, service.sources, service.clock())
    rows = [row for place in places if jurisdiction in {"", place.jurisdiction} for row in place.authorities]
    items = [shapes.authority_coverage(row) for row in rows[start : start + size + 1]]
    return list_answer(page_from(items, page, size), answer_format, "coverage")


@router.get("/coverage/gaps", response_model=schemas.CoverageGapsSchema, responses=CSV_ANSWER)
def list_coverage_gaps(
    request: Request,
    jurisdiction: JurisdictionParam = "",
    page: PageNumber = 1,
    size: Size = 50,
    answer_format: FormatParam = ListFormat.JSON,
) -> Any:
    """List what is known to be missing, with why and what comes nearest."""
    start = start_of(page, size)
    gaps = coverage_gaps(request.app.state.service.sources.values())
    rows = [asdict(gap) for gap in gaps if jurisdiction in {"", gap.jurisdiction}][start : start + size + 1]
    return list_answer(page_from(rows, page, size), answer_format, "coverage-gaps")


def _latest(db: RequestDatabase, instrument_id: str) -> Version:
    version = versions.find_latest(db, instrument_id, standing=ReviewState.CONFIRMED)
    if version is None:
        raise HTTPException(404, "There is no such instrument.")
    return version


def _version(db: RequestDatabase, version_id: str) -> Version:
    version = versions.find(db, version_id)
    if version is None or version.standing is not ReviewState.CONFIRMED:
        raise HTTPException(404, "There is no such version.")
    return version
