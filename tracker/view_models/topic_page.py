"""A topic as an encyclopaedia has it: an introduction, its instruments side by side by jurisdiction, its news."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from sqlite_utils import Database

from storage import events, instruments, milestones
from storage.instruments import InstrumentSummary
from storage.milestones import DateSummary
from tracker.view_models.event_list import Item, items_of
from tracker.wording.labels import ENGLISH, Labels

MAIN_TOPICS = ("ai-regulation", "model-safety", "synthetic-and-generative-ai", "model-performance", "ml-monitoring",
               "explainable-ai")  # fmt: skip
PLACES = ("cn", "eu", "us", "in")
_SIDE_BY_SIDE = 8  # instruments of a jurisdiction beside those of others
_NEWS = 8
_DATES = 8


@dataclass(frozen=True, slots=True)
class TopicColumn:
    """The instruments of one jurisdiction about a topic: the first of them, and how many there are."""

    jurisdiction: str
    rows: tuple[InstrumentSummary, ...]
    total: int


@dataclass(frozen=True, slots=True)
class TopicPage:
    """What a page shows of a topic, everywhere or in one jurisdiction."""

    topic: str
    introduction: tuple[str, ...]
    columns: tuple[TopicColumn, ...]
    news: tuple[Item, ...]
    dates: tuple[DateSummary, ...]


def topic_page(
    db: Database, topic: str, today: date, *, jurisdiction: str = "", words: Labels = ENGLISH
) -> TopicPage | None:
    """Return the page of a topic, or None when no instrument is about it and it is none of ours."""
    counts = {place: n for (name, place), n in instruments.topics_by_jurisdiction(db).items() if name == topic}
    if not counts and not introduction_of(topic):
        return None
    places = [jurisdiction] if jurisdiction else [*PLACES, *sorted(set(counts) - set(PLACES))]
    rows = events.list_events(db, jurisdiction=jurisdiction, topic=topic, limit=_NEWS)
    return TopicPage(
        topic,
        introduction_of(topic, words.language),
        tuple(_column(db, topic, place, counts.get(place, 0)) for place in places),
        tuple(items_of(db, rows, today, words)),
        tuple(milestones.list_dates(db, today, jurisdiction=jurisdiction, topic=topic, limit=_DATES)),
    )


def _column(db: Database, topic: str, place: str, total: int) -> TopicColumn:
    rows = instruments.list_instruments(db, jurisdiction=place, topic=topic, limit=_SIDE_BY_SIDE) if total else []
    return TopicColumn(place, tuple(rows), total)


def introduction_of(topic: str, language: str = ENGLISH.language) -> tuple[str, ...]:
    """Return what a topic is about, in paragraphs; in English where there is nothing in *language*."""
    text = _introductions().get(topic, {})
    return tuple((text.get(language) or text.get(ENGLISH.language, "")).strip().split("\n\n")) if text else ()


@cache
def _introductions() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("tracker.view_models").joinpath("topics.toml").read_text(encoding="utf-8"))
