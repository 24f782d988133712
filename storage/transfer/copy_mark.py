"""The mark of a copy that is not finished: from where it is made, and how far each table is; until then keys are off.

While a store bears it, nothing else opens the store (``storage.schema.open`` refuses); it is gone with the last step.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

from sqlite_utils import Database

from storage.database.connection import execute, find_damage, is_postgresql, query, transaction
from storage.errors import DamagedDatabaseError
from storage.schema.copy_refusal import UNFINISHED_COPY
from storage.serialise import dumps
from storage.transfer.table_rows import Row, StoredTable

_SOURCE = "from"


def copied_from(db: Database) -> str | None:
    """Return from where an unfinished copy in *db* is made; None when there is none."""
    if UNFINISHED_COPY not in db.table_names():
        return None
    return str(query(db, f"SELECT value FROM {UNFINISHED_COPY} WHERE name = :name", name=_SOURCE)[0]["value"])  # noqa: S608 - a constant


def begin(db: Database, source: str) -> None:
    """Mark *db* as a copy of *source* that is not finished; rows may name rows that are not there yet."""
    with transaction(db):
        execute(db, f"CREATE TABLE {UNFINISHED_COPY} (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL)")
        _note(db, _SOURCE, source)
        if is_postgresql(db):
            for row in query(db, _KEYS_BETWEEN_TABLES):
                execute(db, f'ALTER TABLE "{row["table_name"]}" DROP CONSTRAINT "{row["name"]}"')
    without_keys(db)


def without_keys(db: Database) -> None:
    """Let this connection write rows that name rows which are not there yet."""
    if not is_postgresql(db):
        execute(db, "PRAGMA foreign_keys = OFF")


def progress(db: Database, table: StoredTable) -> Row:
    """Return the key of the last row of *table* that is copied; empty when none is."""
    rows = query(db, f"SELECT value FROM {UNFINISHED_COPY} WHERE name = :name", name=f"rows of {table.name}")  # noqa: S608 - a constant
    return tuple(json.loads(rows[0]["value"])) if rows else ()


def note_progress(db: Database, table: StoredTable, key: Sequence[Any]) -> None:
    """Note that *table* is copied up to the row with *key*; in the transaction that wrote the row."""
    _note(db, f"rows of {table.name}", dumps(list(key)))


def finish(db: Database, tables: Sequence[StoredTable]) -> None:
    """Take the mark away: keys between tables hold again, and new rows are numbered after those copied.

    Raises StorageError, and leaves the mark, when a row names no row.
    """
    with transaction(db):
        if is_postgresql(db):
            _number_new_rows(db, tables)
            for statement in _keys_of_schema():
                execute(db, statement)
        elif damage := find_damage(db):
            raise DamagedDatabaseError(f"the copy: {damage[0]}; `clausewatch verify` examines what was copied")
        execute(db, f"DROP TABLE {UNFINISHED_COPY}")
    if not is_postgresql(db):
        execute(db, "PRAGMA foreign_keys = ON")


def _note(db: Database, name: str, value: str) -> None:
    sql = (
        f"INSERT INTO {UNFINISHED_COPY} (name, value) VALUES (:name, :value) "  # noqa: S608 - a constant
        "ON CONFLICT (name) DO UPDATE SET value = excluded.value"
    )
    execute(db, sql, name=name, value=value)


def _number_new_rows(db: Database, tables: Sequence[StoredTable]) -> None:
    for table in tables:
        if table.numbered_by:
            sql = (
                f"SELECT setval(pg_get_serial_sequence('{table.name}', '{table.numbered_by}'), "  # noqa: S608 - names of ours
                f'max("{table.numbered_by}")) AS number FROM "{table.name}" HAVING max("{table.numbered_by}") > 0'
            )
            query(db, sql)


def _keys_of_schema() -> list[str]:
    """Return the statements of the schema that make keys between tables, which it has last."""
    schema = files("storage.schema").joinpath("postgresql.sql").read_text(encoding="utf-8")
    return [line.removesuffix(";") for line in schema.splitlines() if " ADD FOREIGN KEY " in line]


_KEYS_BETWEEN_TABLES = """
SELECT conname AS name, relname AS table_name FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
WHERE contype = 'f' AND connamespace = current_schema()::regnamespace
ORDER BY relname, conname
"""
