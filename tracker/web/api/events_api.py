"""Events, legal dates, topics and obligations for programs; lists of events go on by a cursor."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query

from storage import events, instruments, milestones
from storage.errors import MissingRowError
from storage.records import EventKind, Weight
from tracker.reading.topics import all_topics
from tracker.view_models import law_answers
from tracker.web.api import event_schemas, schemas
from tracker.web.api.csv_tables import CSV_ANSWER, FormatParam, ListFormat, list_answer
from tracker.web.api.known_parameters import refuse_unknown_parameters
from tracker.web.api.read_api import InstrumentFilter, JurisdictionParam
from tracker.web.dependencies import RequestDatabase
from tracker.web.pages.today import today_is
from tracker.web.pagination import CursorParam, Size, read_cursor, write_cursor
from tracker.web.rate_limit import limit_questions

router = APIRouter(
    prefix="/api/v1",
    tags=["v1"],
    dependencies=[Depends(refuse_unknown_parameters)],
    responses={status: {"model": schemas.RefusalSchema} for status in (404, 422, 429)},
)
TopicParam = Annotated[
    str, Query(max_length=80, description="Only about this topic", examples=["synthetic-and-generative-ai"])
]


@router.get("/events", response_model=event_schemas.EventsSchema, responses=CSV_ANSWER)
def list_events(  # noqa: PLR0913, PLR0917 - the parameters of the call
    db: RequestDatabase,
    kind: Annotated[list[EventKind], Query(description="Only of this kind; may be repeated")] = [],  # noqa: B006
    jurisdiction: JurisdictionParam = "",
    topic: TopicParam = "",
    instrument: InstrumentFilter = "",
    weight: Annotated[list[Weight], Query(description="Only of this weight; may be repeated")] = [],  # noqa: B006
    cursor: CursorParam = "",
    size: Size = 50,
    answer_format: FormatParam = ListFormat.JSON,
) -> Any:
    """List what happened to the law, newest first: new laws and versions, drafts, dates, repeals, corrections."""
    after = read_cursor(cursor)
    if after is not None and not events.has_id(db, after):
        raise HTTPException(422, "This cursor leads nowhere; begin again without one.")
    rows = events.list_events(
        db,
        kinds=[one.value for one in kind],
        weights=[one.value for one in weight],
        jurisdiction=jurisdiction,
        topic=topic,
        instrument=instrument,
        before_id=after,
        limit=size + 1,
    )
    next_start = write_cursor(rows[size - 1].event.id) if len(rows) > size else None
    items = [law_answers.event_json(row) for row in rows[:size]]
    return list_answer({"next_cursor": next_start, "items": items}, answer_format, "events")


@router.get("/dates", response_model=event_schemas.DatesSchema, responses=CSV_ANSWER)
def list_dates(
    db: RequestDatabase,
    since: Annotated[date | None, Query(description="From this day on; today when not given")] = None,
    until: Annotated[date | None, Query(description="Up to this day", examples=["2027-12-31"])] = None,
    jurisdiction: JurisdictionParam = "",
    size: Annotated[int, Query(ge=1, le=500, description="At most this many")] = 100,
    answer_format: FormatParam = ListFormat.JSON,
) -> Any:
    """List legal dates, soonest first: entry into force, application, comment deadlines, repeal, with their words."""
    items = law_answers.dates_json(db, since or today_is(), until, jurisdiction, size)
    return list_answer({"items": items}, answer_format, "dates")


@router.get("/topics", response_model=event_schemas.TopicsSchema, responses=CSV_ANSWER)
def list_topics(db: RequestDatabase, answer_format: FormatParam = ListFormat.JSON) -> Any:
    """List the topics and how many instruments are about each."""
    return list_answer({"items": law_answers.topics_json(db, all_topics())}, answer_format, "topics")


@router.get(
    "/instruments/{instrument_id}/obligations",
    response_model=event_schemas.ObligationsSchema,
    responses=CSV_ANSWER,
    dependencies=[Depends(limit_questions)],
)
def list_obligations(
    db: RequestDatabase,
    instrument_id: str,
    bearer: Annotated[str, Query(max_length=200, description="Words of who is bound", examples=["provider"])] = "",
    eid: Annotated[str, Query(max_length=300, description="Only this provision and what is below it")] = "",
    answer_format: FormatParam = ListFormat.JSON,
) -> Any:
    """List who must, must not, may or need not do what, by when, each with the words it rests on."""
    try:
        shape = law_answers.obligations_json_of(db, instrument_id, bearer, eid)
    except MissingRowError:
        raise HTTPException(404, "There is no such instrument.") from None
    if answer_format is ListFormat.CSV:
        return list_answer({"items": shape["obligations"]}, answer_format, "obligations")
    return shape


@router.get("/versions/{version_id}/provisions/{eid}/translation", response_model=event_schemas.TranslationSchema)
def get_translation(
    db: RequestDatabase,
    version_id: str,
    eid: str,
    to: Annotated[str, Query(pattern="^[a-z]{2,3}$", description="The language", examples=["en"])] = "en",
) -> Any:
    """Return the kept machine translation of a provision; null where there is none, or where it was refused and why."""
    try:
        return law_answers.translation_json(db, version_id, eid, to)
    except MissingRowError:
        raise HTTPException(404, "There is no such provision.") from None


@router.get("/instruments/{instrument_id}/dates", response_model=event_schemas.DatesSchema, responses=CSV_ANSWER)
def list_dates_of_instrument(
    db: RequestDatabase, instrument_id: str, answer_format: FormatParam = ListFormat.JSON
) -> Any:
    """List the dates of one instrument, past and superseded ones too, with the words they rest on."""
    row = instruments.find(db, instrument_id)
    if row is None:
        raise HTTPException(404, "There is no such instrument.")
    items = [
        {"instrument": row.id, "jurisdiction": row.jurisdiction, "title": row.title, "title_native": row.title_native,
         "kind": m.kind.value, "on": m.on.isoformat() if m.on else None, "basis": m.basis, "eid": m.eid,
         "superseded_by": m.superseded_by}
        for m in milestones.of_instrument(db, instrument_id)
    ]  # fmt: skip
    return list_answer({"items": items}, answer_format, "dates")
