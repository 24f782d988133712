"""Versions: the text of an instrument as read from one snapshot, whole or as a light row of a list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from itertools import takewhile
from typing import Any

from sqlite_utils import Database

from storage import log, pages, provisions, snapshots, standing_facts, standing_rows, succession, version_facts
from storage.content_hash import reading_sha256
from storage.database.connection import execute, insert, one_or_raise, query, transaction, update_row
from storage.errors import MissingRowError
from storage.provisions import ProvisionRow
from storage.records import Page, Provision, Reading, ReviewState, Version
from storage.serialise import from_row, utc_iso
from storage.text_store import blobs, pack_refs


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version without its text, for lists."""

    id: str
    instrument_id: str
    source_id: str
    page_id: int
    snapshot_id: int
    language: str
    seen_at: datetime
    standing: ReviewState
    first: bool
    compared: bool
    text_sha256: str
    title: str
    number: str


def add(db: Database, version: Version) -> None:
    """Store *version* whole: in plain rows when it is the law as it stands, else packed."""
    row = {
        "id": version.id,
        "instrument_id": version.instrument_id,
        "source_id": version.source_id,
        "page_id": version.page_id,
        "snapshot_id": version.snapshot_id,
        "language": version.language,
        "seen_at": utc_iso(version.seen_at),
        "standing": version.standing.value,
        "first": int(version.first),
        "compared": 0,
        "text_sha256": version.text_sha256,
    }
    with transaction(db):
        like = _newest_row(db, version.instrument_id, version.language)
        number = insert(db, "versions", row | version_facts.keep(db, version.reading, like))
        assert number is not None, f"version {version.id} is stored already"
        succession.store(db, number, version.reading.provisions)
        _tell_facts(db, version.instrument_id, version.language)
        _log_state(db, version.id)


def replace_reading(db: Database, version: Version, reading: Reading, text_sha256: str) -> Version:
    """Put what a better reader read in the place of a version's text; eids that stay keep their persistent ids."""
    pids = {provision.eid: provision.pid for provision in version.reading.walk() if provision.pid}
    with transaction(db):
        row = _row(db, version.id)
        columns = {"failed_by": "", "text_sha256": text_sha256, **version_facts.keep(db, reading, row)}
        update_row(db, "versions", ("row", row["row"]), columns)
        blobs.discard(db, [row["rest_id"]])
        snapshots.rename_text(db, version.page_id, version.text_sha256, text_sha256)
        succession.store(db, row["row"], tuple(_with_pids(top, pids) for top in reading.provisions))
        _tell_facts(db, version.instrument_id, version.language)
        return _log_state(db, version.id)


def get(db: Database, version_id: str) -> Version:
    """Return the version with this id, its reading rebuilt whole."""
    rows = query(db, "SELECT * FROM versions WHERE id = :id", id=version_id)
    return _whole(db, one_or_raise(rows, f"version {version_id!r}"))


def find(db: Database, version_id: str) -> Version | None:
    """Return the version with this id, if there is one."""
    rows = query(db, "SELECT * FROM versions WHERE id = :id", id=version_id)
    return _whole(db, rows[0]) if rows else None


def find_latest(
    db: Database,
    instrument_id: str,
    *,
    source_id: str | None = None,
    language: str | None = None,
    standing: ReviewState | None = None,
) -> Version | None:
    """Return the instrument's latest version with these marks, if there is one; a mark not given may be any."""
    sql = f"""
        SELECT * FROM versions WHERE instrument_id = :instrument_id
          AND ifnull(:source_id, source_id) = source_id AND ifnull(:language, language) = language
          AND ifnull(:standing, standing) = standing ORDER BY {_NEWEST} LIMIT 1
    """  # noqa: S608 - a constant
    marks = {"source_id": source_id, "language": language, "standing": standing and standing.value}
    rows = query(db, sql, instrument_id=instrument_id, **marks)
    return _whole(db, rows[0]) if rows else None


def find_latest_of_page(db: Database, page_id: int) -> Version | None:
    """Return the latest confirmed version that was read from a page, if there is one."""
    sql = f"SELECT * FROM versions WHERE page_id = :id AND standing = 'confirmed' ORDER BY {_NEWEST} LIMIT 1"  # noqa: S608
    rows = query(db, sql, id=page_id)
    return _whole(db, rows[0]) if rows else None


def before(db: Database, version: Version | VersionRow) -> Version | None:
    """Return the confirmed version of the same instrument and language that stands before *version*, if any."""
    sql = f"""
        SELECT * FROM versions WHERE instrument_id = :instrument_id AND language = :language
          AND standing = 'confirmed' AND id <> :id
          AND (seen_at, row) < (SELECT seen_at, row FROM versions WHERE id = :id) ORDER BY {_NEWEST} LIMIT 1
    """  # noqa: S608 - a constant
    rows = query(db, sql, instrument_id=version.instrument_id, language=version.language, id=version.id)
    return _whole(db, rows[0]) if rows else None


def page_of(db: Database, version: Version | VersionRow) -> Page:
    """Return the page a version was read from."""
    return pages.get(db, version.page_id)


def get_summary(db: Database, version_id: str) -> VersionRow:
    """Return the version with this id without its text."""
    rows = rows_where(db, "versions.id = :id", id=version_id)
    if not rows:
        raise MissingRowError(f"there is no version {version_id!r}")
    return rows[0]


def of_instrument(db: Database, instrument_id: str, standing: ReviewState | None = None) -> list[VersionRow]:
    """Return the versions of an instrument without their text, oldest first; all of them, or those of one standing."""
    condition = "instrument_id = :instrument_id AND standing = ifnull(:standing, standing)"
    return rows_where(db, condition, instrument_id=instrument_id, standing=standing and standing.value)


def with_text(db: Database, instrument_id: str, text_sha256: str, language: str) -> list[VersionRow]:
    """Return the versions of an instrument that say exactly this in this language, oldest first."""
    condition = "instrument_id = :instrument_id AND text_sha256 = :sha AND language = :language"
    return rows_where(db, condition, instrument_id=instrument_id, sha=text_sha256, language=language)


def all_versions(db: Database) -> list[VersionRow]:
    """Return every version without its text, in the order they were stored."""
    return [from_row(VersionRow, row) for row in query(db, f"{_LIGHT} ORDER BY row")]


def unconfirmed_versions(db: Database) -> list[VersionRow]:
    """Return the versions that wait for a second fetch, oldest first; quarantined ones wait for an operator."""
    return rows_where(db, "standing = 'unconfirmed'")


def pages_since(db: Database, row: int) -> set[int]:
    """Return the pages of the versions stored after the one with this row number."""
    return {rows["page_id"] for rows in query(db, "SELECT page_id FROM versions WHERE row > :row", row=row)}


def quarantined_versions(db: Database) -> list[VersionRow]:
    """Return the versions that wait for an operator, oldest first."""
    return rows_where(db, "standing = 'quarantined'")


def rejected_in_a_row(db: Database, page_id: int) -> list[str]:
    """Return the ids of a page's newest versions, newest first, as far back as all of them were rejected."""
    sql = f"SELECT id, standing FROM versions WHERE page_id = :page_id ORDER BY {_NEWEST}"  # noqa: S608 - a constant
    rows = query(db, sql, page_id=page_id)
    return [row["id"] for row in takewhile(lambda row: row["standing"] == ReviewState.REJECTED.value, rows)]


def of_page(db: Database, page_id: int) -> list[VersionRow]:
    """Return the versions read from a page without their text, oldest first, of whatever instrument and standing."""
    return rows_where(db, "page_id = CAST(:page_id AS INTEGER)", page_id=str(page_id))


def numbers(db: Database) -> dict[str, str]:
    """Return the number each instrument's latest version prints, by instrument; without those that print none."""
    sql = f"""
        SELECT instrument_id, json_extract(listed, '$.number') AS number FROM versions
        JOIN facts ON facts.id = facts_id WHERE json_extract(listed, '$.number') <> '' ORDER BY {_OLDEST}
    """  # noqa: S608 - a constant
    return {row["instrument_id"]: row["number"] for row in query(db, sql)}


def next_id(db: Database, instrument_id: str, on: date) -> str:
    """Return the id of the next version of an instrument seen on that day."""
    base = f"{instrument_id}@{on.isoformat()}"
    known_ids = {row["id"] for row in query(db, "SELECT id FROM versions WHERE instrument_id = :id", id=instrument_id)}
    number = 1
    while (rows := base if number == 1 else f"{base}.{number}") in known_ids:
        number += 1
    return rows


def set_standing(db: Database, version_id: str, standing: ReviewState) -> None:
    """Note whether a version may be told about; the newest confirmed one is the law as it stands from now on."""
    with transaction(db):
        execute(db, "UPDATE versions SET standing = :standing WHERE id = :id", id=version_id, standing=standing.value)
        row = _row(db, version_id)
        succession.settle(db, row["row"])
        _tell_facts(db, row["instrument_id"], row["language"])
        log.append_state(db, log.STANDING, row["row"], {"standing": standing.value})


def set_pids(db: Database, version_id: str, pids: Mapping[str, str]) -> None:
    """Give the provisions of a version, named by eid, their persistent ids."""
    with transaction(db):
        row = _row(db, version_id)
        like = pack_refs.like(db, row["instrument_id"], row["language"], row["row"])
        provisions.set_pids(db, row["row"], pids, like)


def lineage(db: Database, instrument_id: str, eid: str, version_id: str = "") -> list[ProvisionRow]:
    """Return one provision through all versions, oldest first: *eid* as this version numbers it, or the latest."""
    return provisions.lineage(db, instrument_id, eid, version_id)


_NEWEST = "seen_at DESC, row DESC"
_OLDEST = "seen_at, row"
_LIGHT = """
SELECT versions.*, ifnull(json_extract(listed, '$.title'), '') AS title,
  ifnull(json_extract(listed, '$.number'), '') AS number
FROM versions JOIN facts ON facts.id = facts_id
"""


def rows_where(db: Database, condition: str, **params: str | None) -> list[VersionRow]:
    """Return the versions that meet a condition of ours, without their text, oldest first."""
    sql = f"{_LIGHT} WHERE {condition} ORDER BY {_OLDEST}"  # conditions are ours
    return [from_row(VersionRow, row) for row in query(db, sql, **params)]


def _newest_row(db: Database, instrument_id: str, language: str) -> dict[str, Any] | None:
    """Return the row of an instrument stored last, in this language if there is one."""
    sql = """
        SELECT * FROM versions WHERE instrument_id = :instrument_id ORDER BY language = :language DESC, row DESC LIMIT 1
    """
    rows = query(db, sql, instrument_id=instrument_id, language=language)
    return rows[0] if rows else None


def _row(db: Database, version_id: str) -> dict[str, Any]:
    rows = query(db, "SELECT * FROM versions WHERE id = :id", id=version_id)
    return one_or_raise(rows, f"version {version_id!r}")


def _tell_facts(db: Database, instrument_id: str, language: str) -> None:
    standing = standing_rows.standing_version(db, instrument_id, language)
    rows = query(db, "SELECT * FROM versions WHERE row = :row", row=standing)
    facts = version_facts.of_version(db, rows[0]) if rows else None
    standing_facts.replace(db, instrument_id, language, standing, facts)


def _log_state(db: Database, version_id: str) -> Version:
    """Log what a version says now, as it is read back, and its standing; return it."""
    version, row = get(db, version_id), _row(db, version_id)["row"]
    for kind, state in state_fields(version).items():
        log.append_state(db, kind, row, state)
    return version


def state_fields(version: Version) -> dict[str, dict[str, str]]:
    """Return what the log binds of a version that may change later: its words and its standing."""
    return {
        log.READING: {"sha256": reading_sha256(version.reading), "text_sha256": version.text_sha256},
        log.STANDING: {"standing": version.standing.value},
    }


def _with_pids(provision: Provision, pids: Mapping[str, str]) -> Provision:
    children = tuple(_with_pids(child, pids) for child in provision.children)
    return replace(provision, pid=pids.get(provision.eid, provision.pid), children=children)


def _whole(db: Database, row: Mapping[str, Any]) -> Version:
    facts = version_facts.of_version(db, row)
    light = from_row(VersionRow, {**row, "title": facts.title, "number": facts.number})
    columns = {field.name: getattr(light, field.name) for field in fields(Version) if field.name != "reading"}
    return Version(**columns, reading=replace(facts, provisions=provisions.tree_of(db, row["row"])))
