"""Search: every provision in every script, found by its words; the index is made of versions, and remade from them.

The index holds no text, and words that a version shares with the one before are indexed once. A row's number is its
group's (the version that said it first) and its place there; where the rows of the law as it stands are now is told by
`standing`. When a version is read again, its whole instrument is indexed anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from sqlite_utils import Database

from storage import provisions
from storage.database.connection import execute, execute_many, insert, inserted_id, query, transaction
from storage.normalisation import fold, tokens
from storage.search import current
from storage.search.match_query import expression, spans, terms
from storage.serialise import dumps, from_row

_PLACES = 24  # bits for a provision's place: more provisions than any page we read can hold
_READ = 400  # hits counted; the newest come first
_CONTEXT = 90  # characters kept on either side of the first hit
_LONGEST = 20_000  # characters of a provision in which an extract is looked for


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
    """Where to search; what is empty may be any. ``past`` also searches versions that newer ones replaced."""

    jurisdiction: str = ""
    instrument_id: str = ""
    language: str = ""
    past: bool = False


def index_new_versions(db: Database) -> int:
    """Index every confirmed version that is not, or was read again since; return how many. Safe to stop anywhere."""
    with transaction(db):
        for row in query(db, _READ_AGAIN):
            _forget(db, row["instrument_id"], row["language"])
    count = 0
    for row in query(db, _NOT_INDEXED):
        with transaction(db):
            _index(db, row)
        count += 1
    return count


def search(
    db: Database, question: str, within: SearchScope = SearchScope(), *, limit: int = 20, offset: int = 0
) -> SearchResult:
    """Return the provisions that hold every word of *question*: first those whose heading says it, then the newest."""
    query_terms = terms(question)
    if not query_terms:
        return SearchResult((), 0, more=False)
    marks = [_mark(kind, value) for kind, value in _scope_marks(within) if value]
    match = f"words : ({expression(query_terms)})" + "".join(f" AND marks : {mark}" for mark in marks)
    heading_match = f"headings : ({expression(query_terms, ' OR ')}) AND {match}"
    params = {"past": within.past, "jurisdiction": within.jurisdiction, "language": within.language,
              "instrument_id": within.instrument_id}  # fmt: skip
    batches = [
        query(db, _MATCHES, match=fts_match, most=offset + limit, **params) for fts_match in (heading_match, match)
    ]
    best = {row["place"]: row for row in chain(*batches)}
    [total] = query(db, _HOW_MANY, match=match, most=_READ + 1, **params)
    hits = _hits(db, list(best.values())[offset : offset + limit])
    return SearchResult(tuple(hits), min(total["held"], _READ), more=total["held"] > _READ)


def extract(hit: Hit, question: str) -> list[tuple[str, bool]]:
    """Return the words of *hit* around the first that was asked for, in pieces, each with whether it was asked for."""
    text = "\u2002".join(part for part in (hit.heading, hit.text) if part)[:_LONGEST]
    hit_spans = spans(text, terms(question))
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
    query_words = [word.text for term in terms(question) for word in term.words]
    if not query_words:
        return []
    rows = query(db, _INSTRUMENTS, words=dumps(query_words), limit=limit)
    return [(row["id"], row["title"], row["title_native"]) for row in rows]


def _forget(db: Database, instrument_id: str, language: str) -> None:
    """Let an instrument's versions be indexed again; rows of its old groups find nothing they belong to."""
    of_one = "instrument_id = :instrument_id AND language = :language"
    marks = {"instrument_id": instrument_id, "language": language}
    theirs = f"SELECT version_row FROM search_groups WHERE {of_one}"  # noqa: S608 - the words are ours
    execute(db, f"DELETE FROM search_standing WHERE version_row IN ({theirs})", **marks)  # noqa: S608
    execute(db, f"UPDATE search_groups SET version_row = NULL, current = 0 WHERE {of_one}", **marks)  # noqa: S608


def _index(db: Database, version: dict[str, Any]) -> None:
    stands = query(db, _STANDS, instrument_id=version["instrument_id"], language=version["language"])
    before = stands[0]["version_row"] if stands else None
    group = inserted_id(insert(
        db,
        "search_groups",
        {"version_row": version["row"], "instrument_id": version["instrument_id"], "language": version["language"],
         "jurisdiction": version["jurisdiction"], "current": 0, "text_sha256": version["text_sha256"]},
    ))  # fmt: skip
    texts = list(provisions.texts(db, version["row"]))
    known_rows = current.said_in(db, before) if before is not None else {}
    numbers = current.row_numbers(texts, known_rows, group << _PLACES)
    marks = " ".join(_mark(kind, version[kind]) for kind in ("jurisdiction", "instrument_id", "language"))
    execute_many(
        db,
        "INSERT INTO search_words (rowid, words, headings, marks) VALUES (?, ?, ?, ?)",
        [
            (number, _words(line.label, line.heading, text), _words(line.heading), marks)
            for number, (line, text) in zip(numbers, texts, strict=True)
            if number >> _PLACES == group
        ],
    )
    of_one = {"instrument_id": version["instrument_id"], "language": version["language"]}
    execute(db, _SET_CURRENT, **of_one)
    if query(db, "SELECT number FROM search_groups WHERE number = :group AND current", group=group):
        current.replace(db, before, version["row"], numbers)


def _words(*parts: str) -> str:
    return " ".join(tokens(fold("\n".join(parts))))


def _scope_marks(within: SearchScope) -> list[tuple[str, str]]:
    return [(kind, getattr(within, kind)) for kind in ("jurisdiction", "instrument_id", "language")]


def _mark(kind: str, value: str) -> str:
    """Return one word that stands for *value* among the marks; that two values may share one only costs time."""
    return f'"{kind[0]}{"".join(c for c in fold(value) if c.isalnum()) or "x"}"'


def _hits(db: Database, rows: list[dict[str, Any]]) -> Iterator[Hit]:
    """Yield the provisions that rows of the index stand for."""
    reader = provisions.PackReader(db)
    versions_by_row = {
        row["row"]: row for row in query(db, _VERSIONS, numbers=dumps([row["version_row"] for row in rows]))
    }
    for row in rows:
        version = versions_by_row[row["version_row"]]
        line, text = provisions.at(reader, provisions.places(version), row["ordinal"])
        columns = {name: getattr(line, name) for name in ("eid", "label", "heading", "citation")}
        yield from_row(Hit, version | columns | {"text": text, "current": row["current"]})


_INSTRUMENTS = """
SELECT id, title, title_native FROM instruments
WHERE NOT EXISTS (SELECT 1 FROM json_each(:words) WHERE NOT instr(folded, value)) ORDER BY id LIMIT :limit
"""
_VERSIONS = """
SELECT versions.row, versions.id AS version_id, instrument_id, jurisdiction, title, title_native, versions.language,
  seen_at, packs, pids_id
FROM versions JOIN instruments ON instruments.id = instrument_id
WHERE versions.row IN (SELECT value FROM json_each(:numbers))
"""
_NOT_INDEXED = """
SELECT versions.row, versions.instrument_id, versions.language, versions.text_sha256, instruments.jurisdiction
FROM versions JOIN instruments ON instruments.id = versions.instrument_id
LEFT JOIN search_groups ON version_row = versions.row
WHERE standing = 'confirmed' AND version_row IS NULL ORDER BY versions.row
"""
_READ_AGAIN = """
SELECT DISTINCT search_groups.instrument_id, search_groups.language FROM search_groups
JOIN versions ON versions.row = version_row WHERE search_groups.text_sha256 <> versions.text_sha256
"""
_STANDS = """
SELECT version_row FROM search_groups WHERE instrument_id = :instrument_id AND language = :language AND current
"""
# the latest of those indexed so far
_SET_CURRENT = """
UPDATE search_groups SET current = (version_row IS (
  SELECT row FROM search_groups AS indexed CROSS JOIN versions ON versions.row = indexed.version_row
  WHERE indexed.instrument_id = :instrument_id AND indexed.language = :language
  ORDER BY seen_at DESC, row DESC LIMIT 1))
WHERE instrument_id = :instrument_id AND language = :language
"""
# the words choose rows without reading any text; CROSS JOIN keeps them first
_MATCHES = f"""
SELECT ifnull(stands.version_row, search_groups.version_row) AS version_row, search_words.rowid AS place,
  stands.first IS NOT NULL AS current,
  ifnull(search_words.rowid - stands.first + stands.ordinal, search_words.rowid & {(1 << _PLACES) - 1}) AS ordinal
FROM search_words
CROSS JOIN search_groups ON search_groups.number = search_words.rowid >> {_PLACES}
LEFT JOIN search_standing AS stands
  ON stands.first = (SELECT max(first) FROM search_standing WHERE first <= search_words.rowid)
  AND search_words.rowid < stands.first + stands.many
WHERE search_words MATCH :match AND (stands.first IS NOT NULL OR (:past AND search_groups.version_row IS NOT NULL))
  AND (:jurisdiction = '' OR search_groups.jurisdiction = :jurisdiction)
  AND (:instrument_id = '' OR instrument_id = :instrument_id) AND (:language = '' OR language = :language)
ORDER BY search_words.rowid DESC LIMIT :most
"""  # noqa: S608 - constants
_HOW_MANY = f"SELECT count(*) AS held FROM ({_MATCHES})"  # noqa: S608 - constants
