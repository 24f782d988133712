"""The weekly briefing and the board of comment deadlines, for teams to read, print and send on."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.responses import HTMLResponse

from storage import instruments
from tracker.errors import UsageError
from tracker.render.docx_package import MEDIA_TYPE
from tracker.view_models.pictures import ActivityPicture, activity_picture, dates_picture
from tracker.view_models.team.briefing_document import briefing_document, lead_of
from tracker.view_models.team.comment_deadlines import comment_deadlines
from tracker.view_models.team.weekly_briefing import Briefing, briefing_of, monday_of
from tracker.web.dependencies import RequestDatabase
from tracker.web.page_templates import page_of, page_words
from tracker.wording.phrases import day

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
JurisdictionQuery = Annotated[str, Query(max_length=40)]
TopicQuery = Annotated[str, Query(max_length=80)]


@router.get("/briefing")
def last_week(
    db: RequestDatabase, request: Request, jurisdiction: JurisdictionQuery = "", topic: TopicQuery = ""
) -> str:
    """Show the briefing of the last whole week."""
    return _page(db, _briefing(db, request, "", jurisdiction, topic), jurisdiction, topic)


@router.get("/briefing/{week}.docx")
def as_word(
    db: RequestDatabase, request: Request, week: str, jurisdiction: JurisdictionQuery = "", topic: TopicQuery = ""
) -> Response:
    """Return the briefing of a week as a Word document."""
    briefing = _briefing(db, request, week, jurisdiction, topic)
    headers = {"Content-Disposition": f'attachment; filename="briefing-{briefing.name}.docx"'}
    document = briefing_document(briefing, page_words(), _activity(db, briefing, jurisdiction))
    return Response(document, media_type=MEDIA_TYPE, headers=headers)


@router.get("/briefing/{week}")
def one_week(
    db: RequestDatabase, request: Request, week: str, jurisdiction: JurisdictionQuery = "", topic: TopicQuery = ""
) -> str:
    """Show the briefing of a week, such as 2026-W48."""
    return _page(db, _briefing(db, request, week, jurisdiction, topic), jurisdiction, topic)


@router.get("/deadlines")
def deadlines(db: RequestDatabase, request: Request, jurisdiction: JurisdictionQuery = "") -> str:
    """Show the drafts that are open for comment, soonest first, with where to comment."""
    today = request.app.state.service.clock().date()
    return page_of(
        "deadlines.html",
        board=comment_deadlines(db, today, jurisdiction, page_words()),
        chosen=jurisdiction,
        jurisdictions=instruments.count_by_jurisdiction(db),
    )


def _briefing(db: RequestDatabase, request: Request, week: str, jurisdiction: str, topic: str) -> Briefing:
    try:
        monday = monday_of(week, request.app.state.service.clock().date())
    except UsageError as error:
        raise HTTPException(404, f"{error}") from None
    return briefing_of(db, monday, jurisdiction=jurisdiction, topic=topic, words=page_words())


def _page(db: RequestDatabase, briefing: Briefing, jurisdiction: str, topic: str) -> str:
    labels = page_words()
    title = labels("briefing.title", first=day(briefing.first, labels), last=day(briefing.last, labels))
    return page_of(
        "briefing.html",
        briefing=briefing,
        title=title,
        lead=lead_of(briefing, labels),
        activity=_activity(db, briefing, jurisdiction),
        picture=dates_picture(briefing.coming, briefing.last, labels("briefing.coming"), day(briefing.last, labels)),
        chosen=jurisdiction,
        topic=topic,
        jurisdictions=instruments.count_by_jurisdiction(db),
    )


def _activity(db: RequestDatabase, briefing: Briefing, jurisdiction: str) -> ActivityPicture:
    """Return the half year up to the briefing's last day."""
    labels = page_words()
    only = (jurisdiction,) if jurisdiction else ()
    return activity_picture(db, briefing.last, labels("briefing.activity"), labels.language, only)
