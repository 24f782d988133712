"""Identifiers: by which numbers and titles each instrument is recognised, a row for each."""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database

from storage.database.connection import insert, query
from storage.records import Identifier


def add(db: Database, instrument_id: str, identifiers: Iterable[Identifier]) -> int:
    """Let an instrument be recognised by *identifiers*, too; return how many of them are new."""
    rows = ({"instrument_id": instrument_id, "scheme": i.scheme, "value": i.value} for i in identifiers)
    return sum(insert(db, "identifiers", row) is not None for row in rows)


def instruments_with(db: Database, identifier: Identifier) -> list[str]:
    """Return the ids of the instruments that are recognised by exactly this identifier."""
    sql = "SELECT instrument_id FROM identifiers WHERE scheme = :scheme AND value = :value ORDER BY instrument_id"
    return [row["instrument_id"] for row in query(db, sql, scheme=identifier.scheme, value=identifier.value)]


def of_instrument(db: Database, instrument_id: str) -> list[Identifier]:
    """Return what an instrument is recognised by, in the order it became known."""
    sql = "SELECT scheme, value FROM identifiers WHERE instrument_id = :id ORDER BY id"
    return [Identifier(row["scheme"], row["value"]) for row in query(db, sql, id=instrument_id)]


def unidentified_instruments(db: Database) -> list[str]:
    """Return the ids of the instruments that nothing is noted of yet: an older release stored them."""
    sql = "SELECT id FROM instruments WHERE id NOT IN (SELECT instrument_id FROM identifiers) ORDER BY id"
    return [row["id"] for row in query(db, sql)]
