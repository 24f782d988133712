"""Instruments: the laws themselves through time."""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database

from storage.database.connection import execute, insert, one_or_raise, query
from storage.normalisation import fold
from storage.records import Instrument
from storage.serialise import from_row, to_row


def add_if_new(db: Database, instrument: Instrument) -> bool:
    """Store *instrument* unless its id is known; say whether it was new."""
    folded = folded_names(instrument.title, instrument.title_native, instrument.id)
    return insert(db, "instruments", to_row(instrument) | {"folded": folded}) is not None


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
        folded = folded_names(row["title"], row["title_native"], instrument_id, row["also"])
        execute(db, "UPDATE instruments SET folded = :folded WHERE id = :id", id=instrument_id, folded=folded)
