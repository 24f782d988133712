"""The shapes of events, dates, topics and obligations in the API, with examples."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field


class EventSchema(BaseModel):
    """Something that happened to the law, which a subscriber may be told."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"id": 12, "kind": "new_version", "at": "2026-03-03T09:00:00+00:00", "instrument": "cn_lamp_rules",
                 "title": "Lamp Rules", "title_native": "灯具规定", "jurisdiction": "cn", "weight": "high",
                 "topics": ["content-labelling"], "authorities": ["cn_cac"], "version": "cn_lamp_rules@2026-03-03",
                 "change_set": 4, "on": None, "summary_text": "Answer complaints in 10 days (was 30)."}
            ]
        }
    )  # fmt: skip

    id: int
    kind: str
    at: datetime
    instrument: str
    title: str
    title_native: str
    jurisdiction: str
    weight: str
    topics: list[str]
    authorities: list[str]
    version: str | None
    change_set: int | None = Field(description="Number of the set of changes, at /api/v1/changes/{number}")
    on: str | None = Field(description="The legal date it is about, if it is about one")
    summary_text: str | None


class EventsSchema(BaseModel):
    """Events, newest first; `next_cursor` is null at the end."""

    next_cursor: str | None
    items: list[EventSchema]


class DateSchema(BaseModel):
    """A legal date with the words it rests on; `on` is null where the text leaves it open."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"instrument": "eu_32025R9001", "jurisdiction": "eu", "title": "Lamp Act", "title_native": "",
                 "kind": "applies", "on": "2027-08-02", "basis": "It shall apply from 2 August 2027.", "eid": "art_9"}
            ]
        }
    )  # fmt: skip

    instrument: str
    jurisdiction: str
    title: str
    title_native: str
    kind: str
    on: str | None
    basis: str
    eid: str | None
    superseded_by: str | None = None


class DatesSchema(BaseModel):
    """Legal dates."""

    items: list[DateSchema]


class TopicSchema(BaseModel):
    """A topic and how many instruments are about it."""

    id: str
    instruments: int


class TopicsSchema(BaseModel):
    """The topics."""

    items: list[TopicSchema]


class ObligationSchema(BaseModel):
    """Who must, must not, may or need not do what, with the span of the exact words in the provision."""

    eid: str
    citation: str
    bearer: str | None
    modality: str
    action: str
    condition: str | None
    deadline: str | None
    penalty_eid: str | None
    words: str
    span: list[int]
    change: str | None


class ObligationsSchema(BaseModel):
    """The obligations of an instrument (`clausewatch/obligations/1`)."""

    model_config = ConfigDict(extra="allow")

    schema_: str = Field(alias="schema")
    instrument: str
    version: str
    obligations: list[ObligationSchema]


class TranslatedProvisionSchema(BaseModel):
    """A provision with what a machine made of it, or why that was refused."""

    eid: str
    text: str
    translation: str | None
    refused: str | None


class TranslationSchema(BaseModel):
    """A machine translation of a provision and all below it: never official."""

    version: str
    eid: str
    language: str
    to: str
    official: bool
    made_by: str
    provisions: list[TranslatedProvisionSchema]
