"""The shapes of the JSON API, which is what /openapi.json describes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from storage.lists import ListedInstrument, ListedSet
from storage.provisions import ProvisionRow
from storage.records import Provision
from storage.search.index import Hit
from storage.versions import VersionRow
from tracker.web.pages.sources import Health


class Refusal(BaseModel):
    """Why there is no answer, in one sentence."""

    error: str


class Named(BaseModel):
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
    type: str
    number: str
    draft: bool
    language: str
    versions: int
    newest: str
    newest_at: datetime
    topics: list[str]
    authorities: list[Named]


class VersionRowShape(BaseModel):
    """A version without its text."""

    id: str
    seen_at: datetime
    language: str
    source: str
    standing: str
    first: bool
    evidence: int = Field(description="Number of the snapshot, shown at /evidence/{number}")


class ProvisionShape(BaseModel):
    """One provision without its children."""

    eid: str
    kind: str
    number: str
    label: str
    heading: str
    text: str
    citation: str


class PastProvision(ProvisionShape):
    """One provision as one version had it."""

    version: str
    seen_at: datetime
    inner: list[ProvisionShape] = Field(description="All that stands below it, in reading order")


class ChangeSet(BaseModel):
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


class HitShape(BaseModel):
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


class SourceShape(BaseModel):
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


class Paged(BaseModel):
    """One page of a list; `next` is null on the last one."""

    page: int
    next: int | None


class InstrumentsSchema(Paged):
    """A page of instruments."""

    items: list[InstrumentSchema]


class Versions(Paged):
    """A page of versions."""

    items: list[VersionRowShape]


class ProvisionsSchema(Paged):
    """A page of provisions."""

    items: list[ProvisionShape]


class ChangeSets(Paged):
    """A page of sets of changes."""

    items: list[ChangeSet]


class SourcesSchema(Paged):
    """A page of sources."""

    items: list[SourceShape]


class Hits(Paged):
    """A page of hits; `more` says that further ones exist than are counted in `total`."""

    total: int
    more: bool
    items: list[HitShape]


class History(BaseModel):
    """One provision through its versions."""

    instrument: str
    eid: str
    items: list[PastProvision]


class JsonFeed(BaseModel):
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


class Profile(_Contract):
    """The profile of an instrument (`clausewatch/profile/1`)."""

    instrument: str
    version: str
    title: str
    title_native: str
    status: str
    language: str
    jurisdiction: str
    authorities: list[Named]
    dates: list[dict[str, Any]]
    topics: list[str]
    counts: dict[str, int]


class Parse(_Contract):
    """A version whole (`clausewatch/parse/1`)."""

    instrument: str
    version: str
    title: str
    language: str
    status: str
    provisions: list[dict[str, Any]]


class Diff(_Contract):
    """A set of changes whole (`clausewatch/diff/1`)."""

    id: int
    instrument: str
    old_version: str
    new_version: str
    at: datetime
    summary: dict[str, int | str]
    changes: list[dict[str, Any]]
    notes: list[str]


def instrument(each: ListedInstrument) -> dict[str, Any]:
    """Return the shape of an instrument in a list."""
    plain = {name: getattr(each, name) for name in InstrumentSchema.model_fields if name != "authorities"}
    return plain | {"authorities": [{"id": a.id, "name": a.name, "native": a.native} for a in each.authorities]}


def version(row: VersionRow) -> dict[str, Any]:
    """Return the shape of a version in a list."""
    return {"id": row.id, "seen_at": row.seen_at, "language": row.language, "source": row.source_id,
            "standing": row.standing.value, "first": row.first, "evidence": row.snapshot_id}  # fmt: skip


def provision(each: Provision) -> dict[str, Any]:
    """Return the shape of a provision without its children."""
    return {name: getattr(each, name) for name in ProvisionShape.model_fields}


def provision_row(row: ProvisionRow) -> dict[str, Any]:
    """Return the shape of a provision as one version had it."""
    inner = [provision(each) for each in row.whole.walk()][1:]
    return provision(row.whole) | {"version": row.version_id, "seen_at": row.seen_at, "inner": inner}


def change_set(row: ListedSet) -> dict[str, Any]:
    """Return the shape of a set of changes in a list."""
    same = {name: getattr(row, name) for name in ("id", "jurisdiction", "title", "title_native", "at", "summary")}
    return same | {"instrument": row.instrument_id, "old_version": row.old, "new_version": row.new}


def hit(each: Hit, extract: list[tuple[str, bool]]) -> dict[str, Any]:
    """Return the shape of a hit."""
    same = {name: getattr(each, name) for name in HitShape.model_fields if hasattr(each, name)}
    pieces = [{"text": text, "asked": asked} for text, asked in extract]
    return same | {"instrument": each.instrument_id, "version": each.version_id, "extract": pieces}


def source(each: Health) -> dict[str, Any]:
    """Return the shape of a source with its health."""
    known = each.source
    same = {name: getattr(known, name) for name in ("id", "jurisdiction", "title", "title_native", "authority", "urls")}
    return same | {
        "every_seconds": int(known.every.total_seconds()),
        "pages": each.pages,
        "outcome": each.last.outcome.value if each.last else None,
        "last_look_at": each.last.checked_at if each.last else None,
        "last_good_at": each.last_good_at,
        "changed_at": each.changed_at,
        "next_look_at": each.next_at,
        "overdue_since": each.overdue_since,
    }
