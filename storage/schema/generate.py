"""The schema of a fresh database as one file of SQL: ``python -m storage.schema.generate`` writes ``sqlite.sql``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from sqlite_utils import Database

from storage.database.connection import query
from storage.schema.migrations import migrations

SCHEMA_FILE = Path(__file__).with_name("sqlite.sql")
_HEADER = "-- What the steps in migrations/ make of a fresh database. Generated: python -m storage.schema.generate\n"
# without the tables that full text search and the migrations make for themselves
_OBJECTS = """
SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name NOT LIKE '\\_sqlite\\_%' ESCAPE '\\'
  AND NOT EXISTS (SELECT 1 FROM sqlite_master AS virtual WHERE virtual.sql LIKE 'CREATE VIRTUAL%'
    AND sqlite_master.name LIKE virtual.name || '\\_%' ESCAPE '\\')
ORDER BY tbl_name, type = 'index', name
"""


def schema_sql() -> str:
    """Return the statements that make the tables and indexes of a fresh database, a column a line."""
    db = Database(memory=True)
    migrations.apply(db)
    statements = [_layout(row["sql"]) for row in query(db, _OBJECTS)]
    db.close()
    return _HEADER + "".join(f"{sql};\n" for sql in statements)


def _layout(sql: str) -> str:
    flat = re.sub(r"\s+", " ", sql).strip()
    if not (table := re.fullmatch(r"(CREATE TABLE [^(]+)\((.*)\) STRICT", flat)):
        return flat
    columns = ",\n".join(f"    {column.strip()}" for column in _columns(table[2]))
    return f"\n{table[1]}(\n{columns}\n) STRICT"


def _columns(inside: str) -> Iterator[str]:
    """Yield what commas part, those inside brackets apart."""
    start = depth = 0
    for place, character in enumerate(inside):
        depth += (character == "(") - (character == ")")
        if character == "," and depth == 0:
            yield inside[start:place]
            start = place + 1
    yield inside[start:]


if __name__ == "__main__":
    SCHEMA_FILE.write_text(schema_sql(), encoding="utf-8")
