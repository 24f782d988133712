"""The shapes of the JSON API, which is what /openapi.json describes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class RefusalSchema(BaseModel):
    """Why there is no answer, in one sentence."""

    error: str


class AuthoritySchema(BaseModel):
    """An authority."""

    id: str
    name: str
    native: str


class InstrumentSchema(BaseModel):
    """An instrument in a list."""

    id: str
    jurisdiction: str
    title: str
    title_native: str
    working_title: str = Field("", description="A gloss in English of a title that is only Chinese, made from terms")
    type: str
    number: str
    draft: bool
    language: str
    versions: int
    newest: str
    newest_at: datetime
    topics: list[str]
    authorities: list[AuthoritySchema]


class VersionRowSchema(BaseModel):
    """A version without its text."""

    id: str
    seen_at: datetime
    language: str
    source: str
    standing: str
    first: bool
    evidence: int = Field(description="Number of the snapshot, shown at /evidence/{number}")


class ProvisionSchema(BaseModel):
    """One provision without its children."""

    eid: str
    kind: str
    number: str
    label: str
    heading: str
    text: str
    citation: str


class PastProvisionSchema(ProvisionSchema):
    """One provision as one version had it."""

    version: str
    seen_at: datetime
    inner: list[ProvisionSchema] = Field(description="All that stands below it, in reading order")


class ChangeSetSchema(BaseModel):
    """A set of changes in a list; `summary` counts units and holds the weight."""

    id: int
    instrument: str
    jurisdiction: str
    title: str
    title_native: str
    old_version: str
    new_version: str
    at: datetime
    summary: dict[str, int | str]


class RedlinePartSchema(BaseModel):
    """A piece of an extract, and whether it is what was asked for."""

    text: str
    asked: bool


class HitSchema(BaseModel):
    """A provision that says what was asked for."""

    instrument: str
    version: str
    jurisdiction: str
    title: str
    title_native: str
    language: str
    current: bool
    eid: str
    label: str
    heading: str
    citation: str
    extract: list[RedlinePartSchema]


class SourceSchema(BaseModel):
    """A declared source and how it has been doing; a `next_look_at` that has passed is waited for."""

    id: str
    jurisdiction: str
    title: str
    title_native: str
    authority: list[str]
    urls: list[str]
    every_seconds: int
    pages: int
    outcome: str | None
    last_look_at: datetime | None
    last_good_at: datetime | None
    changed_at: datetime | None
    next_look_at: datetime | None
    overdue_since: datetime | None


class PagedSchema(BaseModel):
    """One page of a list; `next` is null on the last one."""

    page: int
    next: int | None


class InstrumentsSchema(PagedSchema):
    """A page of instruments."""

    items: list[InstrumentSchema]


class VersionsSchema(PagedSchema):
    """A page of versions."""

    items: list[VersionRowSchema]


class ProvisionsSchema(PagedSchema):
    """A page of provisions."""

    items: list[ProvisionSchema]


class ChangeSetsSchema(PagedSchema):
    """A page of sets of changes."""

    next_cursor: str | None = Field(description="The `cursor` of what follows; null at the end")

    items: list[ChangeSetSchema]


class SourcesSchema(PagedSchema):
    """A page of sources."""

    items: list[SourceSchema]


class AuthorityCoverageSchema(BaseModel):
    """What is watched of one authority: how much, how fresh, how sure."""

    jurisdiction: str
    authority: str
    name: str
    sources: list[str] = Field(description="Ids, the weightiest first")
    kinds: dict[str, int] = Field(description="How many sources are law, guidance and news")
    grades: dict[str, int] = Field(description="How many sources have a shape of each evidence grade")
    dormant: int = Field(description="Sources that no round asks")
    overdue: int
    never_read: int
    oldest_read_at: datetime | None
    newest_read_at: datetime | None


class CoverageSchema(PagedSchema):
    """A page of authorities with their coverage."""

    items: list[AuthorityCoverageSchema]


class CoverageGapSchema(BaseModel):
    """One thing that is known to be missing, with why and what comes nearest."""

    jurisdiction: str
    authority: str
    what: str
    why: str
    instead: str
    source_id: str = Field(description="The source that is declared and not asked; empty when there is none")


class CoverageGapsSchema(PagedSchema):
    """A page of what is known to be missing."""

    items: list[CoverageGapSchema]


class HitsSchema(PagedSchema):
    """A page of hits; `more` says that further ones exist than are counted in `total`."""

    total: int
    more: bool
    items: list[HitSchema]


class HistorySchema(BaseModel):
    """One provision through its versions."""

    instrument: str
    eid: str
    items: list[PastProvisionSchema]


class JsonFeedSchema(BaseModel):
    """A feed as JSON (https://jsonfeed.org/version/1.1), newest first."""

    version: str
    title: str
    home_page_url: str
    feed_url: str
    items: list[dict[str, Any]]


class _Contract(BaseModel):
    """A shape of the command line's contract: further fields may be there."""

    model_config = ConfigDict(extra="allow")

    schema_: str = Field(alias="schema")


class ProfileSchema(_Contract):
    """The profile of an instrument (`clausewatch/profile/1`)."""

    instrument: str
    version: str
    title: str
    title_native: str
    status: str
    language: str
    jurisdiction: str
    authorities: list[AuthoritySchema]
    dates: list[dict[str, Any]]
    topics: list[str]
    counts: dict[str, int]


class ParseSchema(_Contract):
    """A version whole (`clausewatch/parse/1`)."""

    instrument: str
    version: str
    title: str
    language: str
    status: str
    provisions: list[dict[str, Any]]


class DiffSchema(_Contract):
    """A set of changes whole (`clausewatch/diff/1`)."""

    id: int
    instrument: str
    old_version: str
    new_version: str
    at: datetime
    summary: dict[str, int | str]
    changes: list[dict[str, Any]]
    notes: list[str]
