"""A page of search results, by instrument, with what an abbreviation stands for and what may have been meant."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from sqlite_utils import Database

from storage import instruments, milestones
from storage.records import Status
from storage.search import index
from storage.search.match_query import Term, terms
from storage.search.suggest import suggestion
from storage.search.word_forms import same_terms, stem_terms, to_simplified
from tracker.render import status_on
from tracker.render.display_names import authority_short, ids_of_authority

_FEW = 10  # provisions; with fewer, other forms of the words are searched, too
_MOST_INSTRUMENTS = 5_000  # that a filter by topic or status may choose
_MOST_TITLES = 10
Titles = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class SearchFilters:
    """What a search is narrowed by; what is empty may be any."""

    jurisdiction: str = ""
    topic: str = ""
    status: str = ""
    since: date | None = None
    instrument: str = ""
    past: bool = False

    @property
    def is_narrow(self) -> bool:
        """Return whether anything is narrowed beyond the jurisdiction."""
        return bool(self.topic or self.status or self.since or self.past or self.instrument)


@dataclass(frozen=True, slots=True)
class FoundInstrument:
    """The provisions of one instrument that were found on a page, each with the words around what was asked for."""

    id: str
    title: str
    title_native: str
    jurisdiction: str
    language: str
    hits: tuple[tuple[index.Hit, list[tuple[str, bool]]], ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What a page of results shows."""

    groups: tuple[FoundInstrument, ...]
    titles: tuple[Titles, ...]
    stands_for: str
    issuers: tuple[str, ...]
    total: int
    more: bool
    did_you_mean: str
    with_forms: bool


def search_page(
    db: Database, question: str, filters: SearchFilters, today: date, *, limit: int = 20, page: int = 1
) -> SearchPage:
    """Return one page of what *question* finds."""
    scope = _scope(db, filters, today)
    query_terms = terms(to_simplified(question))
    offset = (page - 1) * limit
    result = index.search_terms(db, query_terms, scope, limit=limit, offset=offset)
    forms = stem_terms(query_terms)
    with_forms = result.total < _FEW and not same_terms(forms, query_terms)
    if with_forms:
        result, query_terms = index.search_terms(db, forms, scope, limit=limit, offset=offset), forms
    titles, stands_for, issuers = _name_matches(db, question) if page == 1 and not filters.instrument else ((), "", ())
    titles = tuple(row for row in titles if scope.instruments is None or row[0] in scope.instruments)
    is_empty = not result.total and not titles
    return SearchPage(
        _by_instrument(question, result, query_terms), titles, stands_for, issuers, result.total, result.more,
        suggestion(db, question) if is_empty and question else "", with_forms and bool(result.total),
    )  # fmt: skip


def _by_instrument(
    question: str, result: index.SearchResult, query_terms: tuple[Term, ...]
) -> tuple[FoundInstrument, ...]:
    groups: dict[str, list[index.Hit]] = {}
    for hit in result.hits:
        groups.setdefault(hit.instrument_id, []).append(hit)
    return tuple(
        FoundInstrument(
            name, hits[0].title, hits[0].title_native, hits[0].jurisdiction, hits[0].language,
            tuple((hit, index.extract(hit, question, query_terms)) for hit in hits),
        )
        for name, hits in groups.items()
    )  # fmt: skip


def _scope(db: Database, filters: SearchFilters, today: date) -> index.SearchScope:
    instrument_ids: tuple[str, ...] | None = None
    if filters.topic or filters.status:
        rows = instruments.list_instruments(
            db, jurisdiction=filters.jurisdiction, topic=filters.topic, limit=_MOST_INSTRUMENTS
        )
        fitting = [row.id for row in rows if not filters.status or _status(db, row, today) == filters.status]
        instrument_ids = tuple(fitting)
    since = filters.since.isoformat() if filters.since else ""
    return index.SearchScope(
        filters.jurisdiction, filters.instrument, past=filters.past, instruments=instrument_ids, since=since
    )


def _status(db: Database, row: instruments.InstrumentSummary, today: date) -> Status:
    return status_on(milestones.of_instrument(db, row.id), today, draft=row.draft)


def _name_matches(db: Database, question: str) -> tuple[tuple[Titles, ...], str, tuple[str, ...]]:
    """Return the instruments an abbreviation, an authority or words of a title name, and what was understood."""
    typed = " ".join(to_simplified(question).casefold().split())
    matches: dict[str, Titles] = {}
    for expansion in (laws := _table()["laws"].get(typed, [])):
        matches |= {row[0]: row for row in instruments_named(db, expansion)}
    authority_ids = tuple(_table()["authorities"].get(typed, ())) or ids_of_authority(typed)
    matches |= {row[0]: row for row in instruments_named(db, question)}
    matches |= (
        {row[0]: row for row in instruments.of_authorities(db, authority_ids, _MOST_TITLES)} if authority_ids else {}
    )
    issuers = tuple(dict.fromkeys(authority_short(name) for name in authority_ids))
    return tuple(matches.values())[: 2 * _MOST_TITLES], laws[0] if laws else "", issuers


def instruments_named(db: Database, question: str) -> list[Titles]:
    """Return id and titles of the instruments whose titles, numbers or authorities hold every word of *question*."""
    return index.instruments_named(db, question, _MOST_TITLES)


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("tracker.view_models").joinpath("abbreviations.toml").read_text(encoding="utf-8"))
