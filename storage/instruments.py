"""Instruments: the laws themselves through time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from storage.database.connection import execute, insert, one_or_raise, query
from storage.normalisation import fold
from storage.records import Authority, Instrument
from storage.serialise import dumps, from_row, to_row


def add_if_new(db: Database, instrument: Instrument) -> bool:
    """Store *instrument* unless its id is known; say whether it was new."""
    searched_names = folded_names(instrument.title, instrument.title_native, instrument.id)
    return insert(db, "instruments", to_row(instrument) | {"folded": searched_names}) is not None


def get(db: Database, instrument_id: str) -> Instrument:
    """Return the instrument with this id."""
    rows = query(db, "SELECT * FROM instruments WHERE id = :id", id=instrument_id)
    return from_row(Instrument, one_or_raise(rows, f"instrument {instrument_id!r}"))


def find(db: Database, instrument_id: str) -> Instrument | None:
    """Return the instrument with this id, if there is one."""
    rows = query(db, "SELECT * FROM instruments WHERE id = :id", id=instrument_id)
    return from_row(Instrument, rows[0]) if rows else None


def id_by_title(db: Database, title: str) -> str | None:
    """Return the id of the instrument with exactly this title, in whatever language, if there is one."""
    sql = "SELECT id FROM instruments WHERE title = :title OR title_native = :title ORDER BY id LIMIT 1"
    rows = query(db, sql, title=title)
    return rows[0]["id"] if rows else None


def all_instruments(db: Database) -> list[Instrument]:
    """Return every instrument, in order of id."""
    return [from_row(Instrument, row) for row in query(db, "SELECT * FROM instruments ORDER BY id")]


def also_called(db: Database, instrument_id: str, names: Iterable[str]) -> None:
    """Let an instrument be found by further *names* too: its number, its authorities, what a declaration calls it."""
    also = " ".join(dict.fromkeys(filter(None, names)))
    if execute(db, "UPDATE instruments SET also = :also WHERE id = :id AND also <> :also", id=instrument_id, also=also):
        _fold(db, instrument_id)


def folded_names(title: str, title_native: str, instrument_id: str, also: str = "") -> str:
    """Return what an instrument is called in the one spelling that is searched."""
    return fold(f"{title} {title_native} {instrument_id} {also}").replace("_", " ")  # as words are asked for


def _fold(db: Database, instrument_id: str) -> None:
    sql = "SELECT title, title_native, also FROM instruments WHERE id = :id"
    for row in query(db, sql, id=instrument_id):
        searched_names = folded_names(row["title"], row["title_native"], instrument_id, row["also"])
        execute(db, "UPDATE instruments SET folded = :folded WHERE id = :id", id=instrument_id, folded=searched_names)


@dataclass(frozen=True, slots=True)
class InstrumentSummary:
    """An instrument as a list shows it, with what its latest confirmed version says of it."""

    id: str
    jurisdiction: str
    title: str
    title_native: str
    versions: int
    newest: str
    newest_at: datetime
    language: str
    type: str
    number: str
    draft: bool
    topics: tuple[str, ...]
    authorities: tuple[Authority, ...]


def list_instruments(
    db: Database, *, jurisdiction: str = "", topic: str = "", limit: int = 100, offset: int = 0
) -> list[InstrumentSummary]:
    """Return the instruments that have a confirmed version, in order of id."""
    rows = query(db, _SUMMARIES, jurisdiction=jurisdiction, topic=topic, limit=limit, offset=offset)
    return [from_row(InstrumentSummary, row) for row in rows]


def count_by_topic(db: Database) -> dict[str, int]:
    """Return every topic with the number of instruments whose latest version is about it."""
    rows = query(db, _TOPICS)
    return {row["topic"]: row["instruments"] for row in rows}


def count_by_jurisdiction(db: Database) -> dict[str, int]:
    """Return every jurisdiction with the number of its instruments."""
    sql = "SELECT jurisdiction, count(*) AS held FROM instruments GROUP BY 1 ORDER BY 1"
    return {row["jurisdiction"]: row["held"] for row in query(db, sql)}


@dataclass(frozen=True, slots=True)
class RelatedInstrument:
    """An instrument elsewhere that shares topics with another, and which."""

    id: str
    jurisdiction: str
    title: str
    title_native: str
    language: str
    draft: bool
    topics: tuple[str, ...]


def related_elsewhere(
    db: Database, topics: Iterable[str], jurisdiction: str, *, most: int = 3
) -> list[RelatedInstrument]:
    """Return the instruments of other jurisdictions that share most of *topics*, at most so many in each of them."""
    rows = query(db, _RELATED, topics=dumps(list(topics)), jurisdiction=jurisdiction, most=most)
    return [from_row(RelatedInstrument, row) for row in rows]


def topics_by_jurisdiction(db: Database) -> dict[tuple[str, str], int]:
    """Return the number of instruments for every topic and jurisdiction that have one."""
    return {(row["topic"], row["jurisdiction"]): row["held"] for row in query(db, _TOPICS_BY_JURISDICTION)}


def of_authorities(db: Database, authority_ids: Iterable[str], limit: int = 20) -> list[tuple[str, str, str]]:
    """Return id and titles of the instruments whose latest version is of any of these authorities."""
    rows = query(db, _OF_AUTHORITIES, ids=dumps(list(authority_ids)), limit=limit)
    return [(row["id"], row["title"], row["title_native"]) for row in rows]


# of each instrument the row of its latest confirmed version
_LATEST = """
SELECT row FROM versions WHERE instrument_id = instruments.id AND standing = 'confirmed'
ORDER BY seen_at DESC, row DESC LIMIT 1
"""
_SUMMARIES = f"""
SELECT instruments.id, jurisdiction, instruments.title, title_native, newest.id AS newest,
  newest.seen_at AS newest_at, newest.language, ifnull(json_extract(listed, '$.number'), '') AS number,
  ifnull(json_extract(listed, '$.type'), '') AS type,
  ifnull(CAST(json_extract(listed, '$.draft') AS INTEGER), 0) AS draft,
  (SELECT json_group_array(topic) FROM (SELECT topic FROM topics WHERE version_row = newest.row ORDER BY ordinal))
    AS topics,
  (SELECT json_group_array(json_object('id', id, 'name', name, 'native', native)) FROM (
    SELECT id, name, native FROM authorities WHERE version_row = newest.row ORDER BY ordinal)) AS authorities,
  (SELECT count(*) FROM versions AS held WHERE held.instrument_id = instruments.id AND standing = 'confirmed')
    AS versions
FROM instruments JOIN versions AS newest ON newest.row = ({_LATEST}) JOIN facts ON facts.id = newest.facts_id
WHERE (:jurisdiction = '' OR jurisdiction = :jurisdiction)
  AND (:topic = '' OR EXISTS (SELECT 1 FROM topics WHERE version_row = newest.row AND topic = :topic))
ORDER BY instruments.id LIMIT :limit OFFSET :offset
"""  # noqa: S608 - constants
_TOPICS = f"""
SELECT topic, count(DISTINCT instruments.id) AS instruments FROM instruments
JOIN topics ON version_row = ({_LATEST}) GROUP BY topic ORDER BY topic
"""  # noqa: S608 - constants
# the newest versions are looked at, not all there are: a law that is read often is not the nearer for it
_RELATED = """
SELECT * FROM (
  SELECT instruments.id, jurisdiction, title, title_native, newest.language,
    ifnull(json_extract(listed, '$.draft'), 0) AS draft, json_group_array(topic) AS topics,
    row_number() OVER (PARTITION BY jurisdiction ORDER BY count(*) DESC, newest.row DESC) AS place
  FROM (SELECT version_row, topic FROM topics WHERE topic IN (SELECT value FROM json_each(:topics))
        ORDER BY version_row DESC LIMIT 300) AS shared
  JOIN versions AS newest ON newest.row = version_row JOIN instruments ON instruments.id = newest.instrument_id
  JOIN facts ON facts.id = newest.facts_id
  WHERE jurisdiction <> :jurisdiction AND newest.standing = 'confirmed' AND NOT EXISTS (
    SELECT 1 FROM versions AS later WHERE later.instrument_id = newest.instrument_id
      AND later.standing = 'confirmed' AND later.row > newest.row)
  GROUP BY newest.row)
WHERE place <= :most ORDER BY jurisdiction, place
"""
_TOPICS_BY_JURISDICTION = f"""
SELECT topic, jurisdiction, count(DISTINCT instruments.id) AS held FROM instruments
JOIN topics ON version_row = ({_LATEST}) GROUP BY topic, jurisdiction ORDER BY topic, jurisdiction
"""  # noqa: S608 - constants
_OF_AUTHORITIES = f"""
SELECT DISTINCT instruments.id, title, title_native FROM instruments JOIN authorities ON version_row = ({_LATEST})
WHERE authorities.id IN (SELECT value FROM json_each(:ids)) ORDER BY instruments.id LIMIT :limit
"""  # noqa: S608 - constants
