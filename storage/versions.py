"""Versions: the text of an instrument as read from one snapshot, whole or as a light row of a list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from storage import pages, provisions
from storage.codec import from_json, from_row, instant, to_json
from storage.database import insert, rows, run, the_one, transaction
from storage.provisions import ProvisionRow
from storage.records import Page, Reading, Standing, Version


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
    standing: Standing
    first: bool
    compared: bool
    text_sha256: str
    title: str
    number: str


def add(db: Database, version: Version) -> None:
    """Store *version* whole: its facts, and a row for each of its provisions."""
    row = {
        "id": version.id,
        "instrument_id": version.instrument_id,
        "source_id": version.source_id,
        "page_id": version.page_id,
        "snapshot_id": version.snapshot_id,
        "language": version.language,
        "seen_at": instant(version.seen_at),
        "standing": version.standing.value,
        "first": int(version.first),
        "compared": 0,
        **_read_columns(version.reading, version.text_sha256),
    }
    with transaction(db):
        number = insert(db, "versions", row)
        assert number is not None, f"version {version.id} is stored already"
        provisions.add_all(db, number, version.reading.provisions)


def replace_reading(db: Database, version: Version, reading: Reading, text_sha256: str) -> Version:
    """Put what a better reader read in the place of a version's text; eids that stay keep their persistent ids."""
    pids = {each.eid: each.pid for each in version.reading.walk() if each.pid}
    with transaction(db):
        number = _row_number(db, version.id)
        db.table("versions").update(number, _read_columns(reading, text_sha256))
        provisions.remove_all(db, number)
        provisions.add_all(db, number, reading.provisions)
        provisions.set_pids(db, number, {each.eid: pids[each.eid] for each in reading.walk() if each.eid in pids})
        return get(db, version.id)


def get(db: Database, version_id: str) -> Version:
    """Return the version with this id, its reading rebuilt whole."""
    found = rows(db, "SELECT * FROM versions WHERE id = :id", id=version_id)
    return _whole(db, the_one(found, f"version {version_id!r}"))


def find(db: Database, version_id: str) -> Version | None:
    """Return the version with this id, if there is one."""
    found = rows(db, "SELECT * FROM versions WHERE id = :id", id=version_id)
    return _whole(db, found[0]) if found else None


def find_latest(
    db: Database,
    instrument_id: str,
    *,
    source_id: str | None = None,
    language: str | None = None,
    standing: Standing | None = None,
) -> Version | None:
    """Return the instrument's latest version with these marks, if there is one; a mark not given may be any."""
    sql = f"""
        SELECT * FROM versions WHERE instrument_id = :instrument_id
          AND ifnull(:source_id, source_id) = source_id AND ifnull(:language, language) = language
          AND ifnull(:standing, standing) = standing ORDER BY {_NEWEST} LIMIT 1
    """  # noqa: S608 - a constant
    marks = {"source_id": source_id, "language": language, "standing": standing and standing.value}
    found = rows(db, sql, instrument_id=instrument_id, **marks)
    return _whole(db, found[0]) if found else None


def before(db: Database, version: Version | VersionRow) -> Version | None:
    """Return the confirmed version of the same instrument and language that stands before *version*, if any."""
    sql = f"""
        SELECT * FROM versions WHERE instrument_id = :instrument_id AND language = :language
          AND standing = 'confirmed' AND id <> :id
          AND (seen_at, row) < (SELECT seen_at, row FROM versions WHERE id = :id) ORDER BY {_NEWEST} LIMIT 1
    """  # noqa: S608 - a constant
    found = rows(db, sql, instrument_id=version.instrument_id, language=version.language, id=version.id)
    return _whole(db, found[0]) if found else None


def page_of(db: Database, version: Version | VersionRow) -> Page:
    """Return the page a version was read from."""
    return pages.get(db, version.page_id)


def of_instrument(db: Database, instrument_id: str) -> list[VersionRow]:
    """Return every version of an instrument without its text, oldest first."""
    return _light(db, "instrument_id = :instrument_id", instrument_id=instrument_id)


def with_text(db: Database, instrument_id: str, text_sha256: str, language: str) -> list[VersionRow]:
    """Return the versions of an instrument that say exactly this in this language, oldest first."""
    condition = "instrument_id = :instrument_id AND text_sha256 = :sha AND language = :language"
    return _light(db, condition, instrument_id=instrument_id, sha=text_sha256, language=language)


def unconfirmed(db: Database) -> list[VersionRow]:
    """Return the versions that wait for a second fetch, oldest first; quarantined ones wait for an operator."""
    return _light(db, "standing = 'unconfirmed'")


def pages_since(db: Database, row: int) -> set[int]:
    """Return the pages of the versions stored after the one with this row number."""
    return {found["page_id"] for found in rows(db, "SELECT page_id FROM versions WHERE row > :row", row=row)}


def quarantined(db: Database) -> list[VersionRow]:
    """Return the versions that wait for an operator, oldest first."""
    return _light(db, "standing = 'quarantined'")


def uncompared(db: Database) -> list[str]:
    """Return the ids of the confirmed versions not yet compared with the one before, oldest first; no first ones."""
    return [row.id for row in _light(db, "compared = 0 AND first = 0 AND standing = 'confirmed'")]


def is_uncompared(db: Database, version_id: str) -> bool:
    """Say whether a version still waits to be compared; another process may have done it since it was listed."""
    return bool(rows(db, "SELECT id FROM versions WHERE id = :id AND compared = 0", id=version_id))


def numbers(db: Database) -> dict[str, str]:
    """Return the number each instrument's latest version prints, by instrument; without those that print none."""
    sql = f"SELECT instrument_id, number FROM versions WHERE number <> '' ORDER BY {_OLDEST}"  # noqa: S608
    return {row["instrument_id"]: row["number"] for row in rows(db, sql)}


def next_id(db: Database, instrument_id: str, on: date) -> str:
    """Return the id of the next version of an instrument seen on that day."""
    base = f"{instrument_id}@{on.isoformat()}"
    taken = {row["id"] for row in rows(db, "SELECT id FROM versions WHERE instrument_id = :id", id=instrument_id)}
    number = 1
    while (found := base if number == 1 else f"{base}.{number}") in taken:
        number += 1
    return found


def set_standing(db: Database, version_id: str, standing: Standing) -> None:
    """Note whether a version may be told about."""
    run(db, "UPDATE versions SET standing = :standing WHERE id = :id", id=version_id, standing=standing.value)


def mark_compared(db: Database, version_id: str) -> None:
    """Mark that a version has been compared with the one before it."""
    run(db, "UPDATE versions SET compared = 1 WHERE id = :id", id=version_id)


def set_pids(db: Database, version_id: str, pids: Mapping[str, str]) -> None:
    """Give the provisions of a version, named by eid, their persistent ids."""
    with transaction(db):
        provisions.set_pids(db, _row_number(db, version_id), pids)


def lineage(db: Database, instrument_id: str, eid: str) -> list[ProvisionRow]:
    """Return one provision through all versions of its instrument, oldest first: *eid* as the latest version has it."""
    return provisions.lineage(db, instrument_id, eid)


_NEWEST = "seen_at DESC, row DESC"
_OLDEST = "seen_at, row"
_LIGHT = ", ".join(f'"{field.name}"' for field in fields(VersionRow))  # not the facts: they are long


def _light(db: Database, condition: str, **params: str) -> list[VersionRow]:
    sql = f"SELECT {_LIGHT} FROM versions WHERE {condition} ORDER BY {_OLDEST}"  # noqa: S608 - conditions are ours
    return [from_row(VersionRow, row) for row in rows(db, sql, **params)]


def _read_columns(reading: Reading, text_sha256: str) -> dict[str, str]:
    """Return the columns that hold what was read, but for the provisions, which have rows of their own."""
    return {
        "text_sha256": text_sha256,
        "title": reading.title,
        "number": reading.number,
        "facts": to_json(replace(reading, provisions=())),
    }


def _row_number(db: Database, version_id: str) -> int:
    found = rows(db, "SELECT row FROM versions WHERE id = :id", id=version_id)
    return int(the_one(found, f"version {version_id!r}")["row"])


def _whole(db: Database, row: Mapping[str, Any]) -> Version:
    light = from_row(VersionRow, row)
    facts = from_json(Reading, row["facts"])
    return Version(
        id=light.id,
        instrument_id=light.instrument_id,
        source_id=light.source_id,
        page_id=light.page_id,
        snapshot_id=light.snapshot_id,
        language=light.language,
        seen_at=light.seen_at,
        standing=light.standing,
        first=light.first,
        text_sha256=light.text_sha256,
        reading=replace(facts, provisions=provisions.tree_of(db, row["row"])),
    )
