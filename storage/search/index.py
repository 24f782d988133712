"""Search: every provision in every script, found by its words, in the law as it stands or in the past.

The index holds no text: its rows have the numbers of rows of `provisions`, which keep them from version to version as
long as they are said, and leave them to `past_provisions` when they are not. It can be made again from both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from sqlite_utils import Database

from storage import provisions
from storage.database.connection import consistent_reads, execute_many, is_postgresql, query, transaction
from storage.normalisation import as_indexed, fold, tokens
from storage.search.match_query import Term, expression, in_postgresql, spans, terms
from storage.search.word_forms import to_simplified
from storage.serialise import dumps, from_row

_AT_ONCE = 2_000  # provisions indexed in one transaction
_READ = 400  # hits counted; the newest come first
_CONTEXT = 90  # characters kept on either side of the first hit
_LONGEST = 20_000  # characters of a provision in which an extract is looked for


Condition = tuple[str, dict[str, str]]
"""A condition of SQL, and its parameters."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One provision that says what was asked for; ``parts`` is an extract in pieces, each with whether it was asked."""

    version_id: str
    instrument_id: str
    jurisdiction: str
    title: str
    title_native: str
    language: str
    seen_at: datetime
    current: bool
    eid: str
    label: str
    heading: str
    text: str
    citation: str


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The hits of one question; ``more`` says that there were more than were looked at."""

    hits: tuple[Hit, ...]
    total: int
    more: bool


@dataclass(frozen=True, slots=True)
class SearchScope:
    """Where to search; what is empty may be any. ``past`` also searches versions that newer ones replaced.

    ``instruments``, when it is not None, are the only ones that may be found; ``since``, when the text was last new.
    """

    jurisdiction: str = ""
    instrument_id: str = ""
    language: str = ""
    past: bool = False
    instruments: tuple[str, ...] | None = None
    since: str = ""


def index_new_provisions(db: Database) -> int:
    """Index every provision that is not, standing or past; return how many. Safe to stop anywhere."""
    count = 0
    while rows := query(db, _NOT_INDEXED, most=_AT_ONCE):
        with transaction(db):
            execute_many(
                db,
                "INSERT INTO search_words (rowid, words, headings, marks) VALUES (?, ?, ?, ?)",
                list(_entries(db, query(db, _NOT_INDEXED, most=_AT_ONCE))),
            )
        count += len(rows)
    return count


def search(
    db: Database, question: str, within: SearchScope = SearchScope(), *, limit: int = 20, offset: int = 0
) -> SearchResult:
    """Return the provisions that hold every word of *question*: first those whose heading says it, then the newest."""
    return search_terms(db, terms(to_simplified(question)), within, limit=limit, offset=offset)


def search_terms(
    db: Database,
    query_terms: tuple[Term, ...],
    within: SearchScope = SearchScope(),
    *,
    limit: int = 20,
    offset: int = 0,
) -> SearchResult:
    """Return the provisions that hold every one of *query_terms*."""
    if not query_terms:
        return SearchResult((), 0, more=False)
    params = {"past": within.past, "jurisdiction": within.jurisdiction, "language": within.language,
              "instrument_id": within.instrument_id, "since": within.since,
              "instruments": "" if within.instruments is None else dumps(list(within.instruments))}  # fmt: skip
    in_text, in_heading = (_in_postgresql if is_postgresql(db) else _in_sqlite)(query_terms, within)
    with consistent_reads(db):
        batches = [_matches(db, condition, params, offset + limit) for condition in (in_heading, in_text)]
        best = {row["place"]: row for row in chain(*batches)}
        [total] = query(db, _HOW_MANY.format(condition=in_text[0]), most=_READ + 1, **params, **in_text[1])
        hits = tuple(_hits(db, list(best.values())[offset : offset + limit]))
    return SearchResult(hits, min(total["held"], _READ), more=total["held"] > _READ)


def _matches(db: Database, condition: Condition, params: dict[str, Any], most: int) -> list[dict[str, Any]]:
    sql, terms_of_it = condition
    return query(db, _MATCHES.format(condition=sql), most=most, **params, **terms_of_it)


def _in_sqlite(query_terms: tuple[Term, ...], within: SearchScope) -> tuple[Condition, Condition]:
    """Return what asks the full-text index for rows that say the terms, and for those whose heading says one."""
    marks = [_mark(kind, value) for kind, value in _scope_marks(within) if value]
    match = f"words : ({expression(query_terms)})" + "".join(f" AND marks : {mark}" for mark in marks)
    heading_match = f"headings : ({expression(query_terms, ' OR ')}) AND {match}"
    asked = "search_words MATCH :match"
    return (asked, {"match": match}), (asked, {"match": heading_match})


def _in_postgresql(query_terms: tuple[Term, ...], _within: SearchScope) -> tuple[Condition, Condition]:
    words, parameters = in_postgresql(query_terms, "words")
    headings, of_headings = in_postgresql(query_terms, "headings", any_of=True)
    return (words, parameters), (f"{words} AND {headings}", parameters | of_headings)


def extract(hit: Hit, question: str, query_terms: tuple[Term, ...] = ()) -> list[tuple[str, bool]]:
    """Return the words of *hit* around the first that was asked for, in pieces, each with whether it was asked for."""
    query_terms = query_terms or terms(to_simplified(question))
    text = "\u2002".join(part for part in (hit.heading, hit.text) if part)[:_LONGEST]
    hit_spans = spans(text, query_terms)
    start = max(0, hit_spans[0][0] - _CONTEXT) if hit_spans else 0
    end = min(len(text), (hit_spans[0][1] if hit_spans else 0) + 2 * _CONTEXT)
    pieces: list[tuple[str, bool]] = [("…", False)] if start else []
    at = start
    for begin, finish in hit_spans:
        if begin >= end:
            break
        pieces += [(text[at:begin], False), (text[begin:finish], True)]
        at = finish
    pieces += [(text[at:end], False)] + ([("…", False)] if end < len(text) else [])
    return [piece for piece in pieces if piece[0]]


def instruments_named(db: Database, question: str, limit: int = 10) -> list[tuple[str, str, str]]:
    """Return id and titles of the instruments whose titles hold every word of *question*."""
    query_words = [word.text for term in terms(to_simplified(question)) for word in term.words]
    if not query_words:
        return []
    rows = query(db, _INSTRUMENTS, words=dumps(query_words), limit=limit)
    return [(row["id"], row["title"], row["title_native"]) for row in rows]


def _entries(db: Database, rows: list[dict[str, Any]]) -> Iterator[tuple[int, str, str, str]]:
    """Yield the entry of each provision: its number, its words, those of its heading, and what marks its law."""
    past: dict[int, list[tuple[str, str, str]]] = {}
    for row in rows:
        label, heading, text = row["label"], row["heading"], row["text"]
        if text is None:  # of the past
            if row["version_row"] not in past:
                lines = provisions.texts(db, row["version_row"])
                past[row["version_row"]] = [(head.label, head.heading, text) for head, text in lines]
            label, heading, text = past[row["version_row"]][row["ordinal"]]
        marks = " ".join(_mark(kind, row[kind]) for kind in ("jurisdiction", "instrument_id", "language"))
        yield row["id"], _words(label, heading, text), _words(heading), marks


def _words(*parts: str) -> str:
    return " ".join(word for token in tokens(fold("\n".join(parts))) for word in as_indexed(token))


def _scope_marks(within: SearchScope) -> list[tuple[str, str]]:
    return [(kind, getattr(within, kind)) for kind in ("jurisdiction", "instrument_id", "language")]


def _mark(kind: str, value: str) -> str:
    """Return one word that stands for *value* among the marks; that two values may share one only costs time."""
    return f'"{kind[0]}{"".join(c for c in fold(value) if c.isalnum()) or "x"}"'


def _hits(db: Database, rows: list[dict[str, Any]]) -> Iterator[Hit]:
    """Yield the provisions that rows of the index stand for."""
    reader = provisions.ProvisionReader(db)
    for row in rows:
        columns = row
        if not row["current"]:
            head, text = reader.at(row["version_row"], row["ordinal"])
            columns = row | {name: getattr(head, name) for name in ("eid", "label", "heading", "citation")}
            columns["text"] = text
        yield from_row(Hit, columns)


_INSTRUMENTS = """
SELECT id, title, title_native FROM instruments
WHERE NOT EXISTS (SELECT 1 FROM json_each(:words) WHERE instr(folded, value) = 0) ORDER BY id LIMIT :limit
"""
# those above the highest number that is indexed; both tables number their rows from one count
_NOT_INDEXED = """
SELECT fresh.*, instrument_id, versions.language, jurisdiction FROM (
  SELECT id, version_row, ordinal, label, heading, text FROM provisions
  WHERE id > ifnull((SELECT max(id) FROM search_words_docsize), 0)
  UNION ALL SELECT id, version_row, ordinal, NULL, NULL, NULL FROM past_provisions
  WHERE id > ifnull((SELECT max(id) FROM search_words_docsize), 0)
  ORDER BY id LIMIT :most) AS fresh
JOIN versions ON versions.row = version_row JOIN instruments ON instruments.id = instrument_id ORDER BY fresh.id
"""
# the words choose rows without reading any text; CROSS JOIN keeps them first
_MATCHES = """
SELECT search_words.rowid AS place, provisions.id IS NOT NULL AS current, versions.row AS version_row,
  ifnull(provisions.ordinal, past.ordinal) AS ordinal, eid, label, heading, text, citation,
  versions.id AS version_id, instrument_id, jurisdiction, title, title_native, versions.language, seen_at
FROM search_words LEFT JOIN provisions ON provisions.id = search_words.rowid
LEFT JOIN past_provisions AS past ON :past = 1 AND past.id = search_words.rowid
CROSS JOIN versions ON versions.row = ifnull(provisions.version_row, past.version_row)
CROSS JOIN instruments ON instruments.id = instrument_id
WHERE {condition} AND (:jurisdiction = '' OR jurisdiction = :jurisdiction)
  AND (:instrument_id = '' OR instrument_id = :instrument_id) AND (:language = '' OR versions.language = :language)
  AND (:instruments = '' OR instrument_id IN (SELECT value FROM json_each(:instruments)))
  AND (:since = '' OR seen_at >= :since)
ORDER BY search_words.rowid DESC LIMIT :most
"""
_HOW_MANY = f"SELECT count(*) AS held FROM ({_MATCHES}) AS counted"  # noqa: S608 - constants
