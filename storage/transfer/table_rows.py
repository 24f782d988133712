"""The rows of a table in the order of its primary key, read in parts, and one hash of them all (a checksum)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from storage.database.connection import execute, query
from storage.schema.migrations import migrations

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class StoredTable:
    """A table that both databases have: its columns in order, those of its primary key, and whether that is a number.

    ``numbered_by`` is the column that numbers its rows, empty when they have no number.
    """

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    numbered_by: str = ""


@dataclass(frozen=True, slots=True)
class TableDigest:
    """How many rows a table has, and the SHA-256 of them in order; equal tables have equal ones in both databases."""

    rows: int
    sha256: str


def stored_tables() -> tuple[StoredTable, ...]:
    """Return every table of the schema, by name; without the search index, which is made again from the others."""
    db = Database(memory=True)
    try:
        migrations.apply(db)
        names = [row["name"] for row in query(db, _TABLES)]
        return tuple(_describe(db, name) for name in names)
    finally:
        db.close()


def rows_after(db: Database, table: StoredTable, key: Sequence[Any], most: int) -> list[Row]:
    """Return the next *most* rows of *table* after that with *key*; the first ones when it is empty."""
    after = ""
    if key:
        after = f"WHERE ({_names(table.key)}) > ({', '.join(f':key_{place}' for place in range(len(key)))})"
    sql = f'SELECT {_names(table.columns)} FROM "{table.name}" {after} ORDER BY {_names(table.key)} LIMIT :most'  # noqa: S608 - names of ours
    parameters = {f"key_{place}": value for place, value in enumerate(key)}
    return [tuple(row.values()) for row in query(db, sql, most=most, **parameters)]


def key_of(table: StoredTable, row: Row) -> Row:
    """Return the primary key of *row*."""
    return tuple(row[table.columns.index(name)] for name in table.key)


def insert_rows(db: Database, table: StoredTable, rows: Sequence[Row]) -> None:
    """Insert *rows* by one statement; belongs inside a transaction."""
    if not rows:
        return
    line = f"({', '.join('?' * len(table.columns))})"
    values = [value for row in rows for value in row]
    db.execute(
        f'INSERT INTO "{table.name}" ({_names(table.columns)}) VALUES {", ".join([line] * len(rows))}',  # noqa: S608 - names of ours
        values,
    )


def clear(db: Database, table: StoredTable) -> None:
    """Take every row out of *table*."""
    execute(db, f'DELETE FROM "{table.name}"')  # noqa: S608 - a name of ours


def count_rows(db: Database, table: StoredTable) -> int:
    """Return how many rows *table* has."""
    return int(query(db, f'SELECT count(*) AS count FROM "{table.name}"')[0]["count"])  # noqa: S608 - a name of ours


def is_empty(db: Database, table: StoredTable) -> bool:
    """Return whether *table* has no row."""
    return not rows_after(db, table, (), 1)


def digest(db: Database, table: StoredTable, most: int) -> TableDigest:
    """Return the digest of *table*, read *most* rows at a time."""
    sha256, count = hashlib.sha256(), 0
    for row in _all_rows(db, table, most):
        count += 1
        for value in row:
            sha256.update(_canonical(value))
    return TableDigest(count, sha256.hexdigest())


def _all_rows(db: Database, table: StoredTable, most: int) -> Iterator[Row]:
    key: Row = ()
    while rows := rows_after(db, table, key, most):
        yield from rows
        key = key_of(table, rows[-1])


def _canonical(value: Any) -> bytes:
    """Return *value* as bytes that no other value has, the same from both databases."""
    if value is None:
        return b"n"
    if isinstance(value, bytes | memoryview):
        content = bytes(value)
        return b"b%d:%s" % (len(content), content)
    text = str(value).encode("utf-8", "surrogatepass")
    return b"%s%d:%s" % (b"t" if isinstance(value, str) else b"i", len(text), text)


def _describe(db: Database, name: str) -> StoredTable:
    columns = query(db, f'PRAGMA table_info("{name}")')
    key = tuple(row["name"] for row in sorted(columns, key=lambda row: row["pk"]) if row["pk"])
    types = {row["name"]: row["type"] for row in columns}
    assert key, f"{name} has no primary key, by which a copy could go on where it stopped"
    numbered_by = key[0] if len(key) == 1 and types[key[0]] == "INTEGER" else ""
    return StoredTable(name, tuple(types), key, numbered_by)


def _names(columns: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


_TABLES = """
SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_sqlite\\_%' ESCAPE '\\'
  AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE 'search\\_words%' ESCAPE '\\' ORDER BY name
"""
