"""Topics: what each is about, its instruments in the four jurisdictions side by side, and its latest news."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse

from storage import instruments
from tracker.view_models.topic_page import MAIN_TOPICS, PLACES, introduction_of, topic_page
from tracker.web.dependencies import RequestDatabase
from tracker.web.page_templates import LANGUAGE, page_of
from tracker.web.pages.today import PageParam
from tracker.wording.labels import words

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
_PAGE = 50


@router.get("/topics")
def all_topics(db: RequestDatabase) -> str:
    """List the topics with what each is about, and how many instruments each jurisdiction has on it."""
    counts = instruments.topics_by_jurisdiction(db)
    names = dict.fromkeys([*MAIN_TOPICS, *sorted({topic for topic, _ in counts})])
    rows = [
        (
            topic,
            introduction_of(topic, LANGUAGE.get())[:1],
            [(place, counts.get((topic, place), 0)) for place in PLACES],
        )
        for topic in names
    ]
    return page_of("topics.html", topics=rows, places=PLACES)


@router.get("/topics/{topic}")
def one_topic(request: Request, db: RequestDatabase, topic: str) -> str:
    """Show one topic: an introduction, the instruments of each jurisdiction side by side, and what is news."""
    service = request.app.state.service
    page = topic_page(db, topic, service.clock().date(), words=words(LANGUAGE.get()))
    if page is None:
        raise HTTPException(404, "No instrument is about that subject.")
    return page_of("topic.html", page=page, canonical=f"{service.settings.base_url}/topics/{topic}")


@router.get("/topics/{topic}/{jurisdiction}")
def topic_in_jurisdiction(
    request: Request, db: RequestDatabase, topic: str, jurisdiction: str, page: PageParam = 1
) -> str:
    """Show one topic in one jurisdiction: all its instruments there, what is news and what is coming."""
    service = request.app.state.service
    names = jurisdiction in PLACES or jurisdiction in instruments.count_by_jurisdiction(db)
    view = topic_page(db, topic, service.clock().date(), jurisdiction=jurisdiction, words=words(LANGUAGE.get()))
    if view is None or not names:
        raise HTTPException(404, "No instrument there is about that subject.")
    rows = instruments.list_instruments(
        db, jurisdiction=jurisdiction, topic=topic, limit=_PAGE + 1, offset=(page - 1) * _PAGE
    )
    return page_of(
        "topic_in_jurisdiction.html",
        view=view,
        jurisdiction=jurisdiction,
        rows=rows[:_PAGE],
        number=page,
        more=len(rows) > _PAGE,
        places=PLACES,
        canonical=f"{service.settings.base_url}/topics/{topic}/{jurisdiction}",
    )
