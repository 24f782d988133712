"""The schema, as a list of steps that is only ever appended to: a step that was released is never edited.

Each step runs inside one transaction with foreign keys off; times are text in UTC to the microsecond, dates ISO text.
"""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database, Migrations

from storage.schema.statements import (
    FURNITURE,
    INDEXES,
    JOURNEY,
    KEYS,
    OPERATORS,
    PACKED,
    PARTIAL,
    REMINDERS,
    SCHEDULE,
    SEARCH_GROUPS,
    TELLING,
    UNIQUE,
    UNPACKED,
)

migrations = Migrations("clausewatch")


@migrations()
def m001_journey(db: Database) -> None:
    """Remember the journey from a declared page to a delivered message."""
    for name, columns in JOURNEY.items():
        _create(db, name, columns, KEYS.get(name, "id"))
    for table, unique in UNIQUE:
        db.table(table).create_index(unique, unique=True)
    for table, index in INDEXES:
        db.table(table).create_index(index)
    for sql in PARTIAL:
        db.execute(sql)


@migrations()
def m002_telling(db: Database) -> None:
    """Remember what waits for its owner's word, other channels than mail, and addresses that take no mail."""
    for sql in TELLING:
        db.execute(sql)


@migrations()
def m003_search(db: Database) -> None:
    """Find provisions by their words, and list changes and dates in their order."""
    _create(db, "search_groups", SEARCH_GROUPS, "number")
    db.table("search_groups").create_index(["version_row"], unique=True)
    db.table("search_groups").create_index(["instrument_id", "language"])
    # marks on letters are part of words in Indian scripts; what folding leaves is compared as it stands
    categories = "unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'"
    db.execute(f'CREATE VIRTUAL TABLE search_words USING fts5 (words, marks, content="", tokenize="{categories}")')
    db.table("change_sets").create_index(["at"])
    db.table("milestones").create_index(["on"])


@migrations()
def m004_operators(db: Database) -> None:
    """Remember what operators were told of a problem, which mail is theirs, and which pages they know to be no law."""
    for sql in OPERATORS:
        db.execute(sql)


@migrations()
def m005_schedule(db: Database) -> None:
    """Remember what hints at a change of a page, and count its looks without reading them."""
    for sql in SCHEDULE:
        db.execute(sql)


@migrations()
def m006_packs(db: Database) -> None:
    """Keep texts packed: what a version shares with the one before is kept once."""
    from storage.schema.m006_repack import repack  # noqa: PLC0415 - it works with the database, which opens with these steps

    _create(db, "packs", "id:int base_id:int?->packs content:bytes", "id")
    _create(db, "facts", "id:int listed:str", "id")
    for sql in PACKED:
        db.execute(sql)
    repack(db)
    for sql in UNPACKED:
        db.execute(sql)
    db.table("change_sets").create_index(["new_row", "old_row"], unique=True)
    categories = "unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'"
    columns = f'words, headings, marks, content="", tokenize="{categories}"'
    db.execute(f"CREATE VIRTUAL TABLE search_words USING fts5 ({columns})")


@migrations()
def m007_keys(db: Database) -> None:
    """Remember the keys of programs that write, and the sessions that were ended."""
    _create(db, "keys", "id:int name:str sha256:str made_at:str ended_at:str?", "id")
    db.table("keys").create_index(["sha256"], unique=True)
    _create(db, "ended_sessions", "id:str expires_at:str", "id")


@migrations()
def m008_furniture(db: Database) -> None:
    """Remember what is learned to be the site's and not the law's, and what each page's markup looks like."""
    _create(db, "furniture", FURNITURE, "id")
    db.table("furniture").create_index(["page_id", "path", "shape", "place", "slot"], unique=True)
    db.table("furniture").create_index(["host"])
    _create(db, "skeletons", "page_id:int->pages host:str changed_at:str?", "page_id")
    db.table("skeletons").create_index(["host"])


@migrations()
def m009_reminders(db: Database) -> None:
    """Remember since when a date is known, alerts withdrawn, the weekday of a digest, and translations."""
    for sql in REMINDERS:
        db.execute(sql)


@migrations()
def m010_said_once(db: Database) -> None:
    """Index what versions share once, which the next round does, and list events without reading them all."""
    _create(db, "search_standing", "first:int many:int version_row:int->versions.row ordinal:int", "first")
    db.table("search_standing").create_index(["version_row"])
    db.execute("INSERT INTO search_words (search_words) VALUES ('delete-all')")
    db.execute("DELETE FROM search_groups")
    db.execute("CREATE INDEX events_latest ON events (at, id)")
    db.execute("CREATE INDEX events_of_jurisdiction ON events (jurisdiction, at, id)")
    db.execute("CREATE INDEX events_moved ON events (at, id) WHERE kind = 'date_moved'")


@migrations()
def m011_folded_titles(db: Database) -> None:
    """Keep the titles as they are searched, so that no question folds them all."""
    from storage.normalisation import fold  # noqa: PLC0415 - no other step needs it

    db.execute("ALTER TABLE instruments ADD COLUMN folded TEXT NOT NULL DEFAULT ''")
    for row in list(db.query("SELECT id, title, title_native FROM instruments")):
        folded = fold(f"{row['title']} {row['title_native']}")
        db.execute("UPDATE instruments SET folded = ? WHERE id = ?", [folded, row["id"]])


@migrations()
def m012_names(db: Database) -> None:
    """Let no instrument be without a name: one that never had a title is called by its id."""
    db.execute("UPDATE instruments SET title = coalesce(nullif(title_native, ''), id) WHERE title = ''")


@migrations()
def m013_other_names(db: Database) -> None:
    """Find instruments by their numbers and ids, too."""
    from storage.instruments import also_called, folded_names  # noqa: PLC0415 - they work with the database

    db.execute("ALTER TABLE instruments ADD COLUMN also TEXT NOT NULL DEFAULT ''")
    for row in list(db.query("SELECT id, title, title_native FROM instruments")):
        folded = folded_names(row["title"], row["title_native"], row["id"])
        db.execute("UPDATE instruments SET folded = ? WHERE id = ?", [folded, row["id"]])
    for row in list(db.query(_NUMBERED)):
        also_called(db, row["instrument_id"], [row["number"], row["title"]])


_NUMBERED = """
SELECT instrument_id, json_extract(listed, '$.number') AS number, sources.title FROM versions
JOIN facts ON facts.id = facts_id JOIN sources ON sources.id = versions.source_id
WHERE standing = 'confirmed' ORDER BY versions.row
"""
_TYPES: dict[str, type] = {"str": str, "int": int, "bytes": bytes}


def _create(db: Database, name: str, columns: str, pk: str | tuple[str, ...]) -> None:
    words = dict(column.split(":", 1) for column in columns.split())
    kinds = {column: word.partition("->")[0] for column, word in words.items()}
    names = {column: word.partition("->")[2] for column, word in words.items() if "->" in word}
    refers: list[Any] = [
        (column, *(named if "." in named else f"{named}.id").split(".")) for column, named in names.items()
    ]
    db.table(name).create(
        {column: _TYPES[kind.rstrip("?")] for column, kind in kinds.items()},
        pk=pk,
        foreign_keys=refers,
        not_null={column for column, kind in kinds.items() if not kind.endswith("?")},
        strict=True,
    )
