"""Instruments: the laws themselves through time."""

from __future__ import annotations

from sqlite_utils import Database

from storage.codec import from_row, to_row
from storage.database import insert, rows, run, the_one
from storage.folding import fold
from storage.records import Instrument


def add_if_new(db: Database, instrument: Instrument) -> bool:
    """Store *instrument* unless its id is known; say whether it was new."""
    folded = folded_titles(instrument.title, instrument.title_native)
    return insert(db, "instruments", to_row(instrument) | {"folded": folded}) is not None


def get(db: Database, instrument_id: str) -> Instrument:
    """Return the instrument with this id."""
    found = rows(db, "SELECT * FROM instruments WHERE id = :id", id=instrument_id)
    return from_row(Instrument, the_one(found, f"instrument {instrument_id!r}"))


def find(db: Database, instrument_id: str) -> Instrument | None:
    """Return the instrument with this id, if there is one."""
    found = rows(db, "SELECT * FROM instruments WHERE id = :id", id=instrument_id)
    return from_row(Instrument, found[0]) if found else None


def titled(db: Database, title: str) -> str | None:
    """Return the id of the instrument with exactly this title, in whatever language, if there is one."""
    sql = "SELECT id FROM instruments WHERE title = :title OR title_native = :title ORDER BY id LIMIT 1"
    found = rows(db, sql, title=title)
    return found[0]["id"] if found else None


def all_instruments(db: Database) -> list[Instrument]:
    """Return every instrument, in order of id."""
    return [from_row(Instrument, row) for row in rows(db, "SELECT * FROM instruments ORDER BY id")]


def update_titles(db: Database, instrument_id: str, *, title: str, title_native: str) -> None:
    """Give an instrument the titles that a better reading found."""
    run(
        db,
        "UPDATE instruments SET title = :title, title_native = :title_native, folded = :folded WHERE id = :id",
        id=instrument_id,
        title=title,
        title_native=title_native,
        folded=folded_titles(title, title_native),
    )


def folded_titles(title: str, title_native: str) -> str:
    """Return the titles of an instrument in the one spelling that is searched."""
    return fold(f"{title} {title_native}")
