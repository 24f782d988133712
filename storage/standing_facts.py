"""Standing facts: the definitions, authorities and topics of the law as it stands, a row each."""

from __future__ import annotations

from sqlite_utils import Database

from storage.database.connection import execute, execute_many
from storage.records import Reading

_TABLES = ("definitions", "authorities", "topics")


def replace(db: Database, instrument_id: str, language: str, version_row: int | None, reading: Reading | None) -> None:
    """Put the facts of the version that stands now, if one does, in the place of those of the one before."""
    for table in _TABLES:
        execute(db, f"DELETE FROM {table} WHERE version_row IN ({_VERSIONS})",  # noqa: S608 - a table's name
                instrument_id=instrument_id, language=language)  # fmt: skip
    if reading is not None:
        definitions = [(version_row, n, term.term, term.eid, term.text) for n, term in enumerate(reading.definitions)]
        authorities = [(version_row, n, body.id, body.name, body.native) for n, body in enumerate(reading.authorities)]
        execute_many(db, "INSERT INTO definitions VALUES (?, ?, ?, ?, ?)", definitions)
        execute_many(db, "INSERT INTO authorities VALUES (?, ?, ?, ?, ?)", authorities)
        topics = [(version_row, n, topic) for n, topic in enumerate(reading.topics)]
        execute_many(db, "INSERT INTO topics VALUES (?, ?, ?)", topics)


_VERSIONS = "SELECT row FROM versions WHERE instrument_id = :instrument_id AND language = :language"
