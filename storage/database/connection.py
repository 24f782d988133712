"""The database: one transaction at a time, and the few primitives every noun's module is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, cast

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined] # the module sqlite-utils itself connects with

from storage.errors import (
    BusyDatabaseError,
    DamagedDatabaseError,
    MissingRowError,
    StorageError,
    UnknownReferenceError,
    UnopenableDatabaseError,
)


@contextmanager
def transaction(db: Database) -> Iterator[None]:
    """Do everything inside, or nothing; the right to write is taken at once, so what was read stays true.

    Inside another transaction this is a part of it, which alone is undone when an error leaves it.
    """
    if db.conn.in_transaction:
        with db.atomic():
            yield
        return
    if reason := getattr(db, "unwritable", ""):
        raise UnopenableDatabaseError(reason)
    with errors_named("the database"):
        db.execute("BEGIN IMMEDIATE")
        try:
            yield
            db.commit()
        except BaseException:
            db.rollback()
            raise


@contextmanager
def consistent_reads(db: Database) -> Iterator[None]:
    """Let everything asked inside be of one instant, though others write meanwhile; a part of any transaction."""
    if db.conn.in_transaction:
        yield
        return
    with errors_named("the database"):
        db.execute("BEGIN")
        try:
            yield
        finally:
            db.rollback()


def no_sync_on_commit(db: Database) -> None:
    """Let this connection's commits wait for no disk: a killed process loses nothing, a machine without power may.

    The next commit of a connection that waits brings all before it to the disk as well, so the order is kept.
    """
    db.execute("PRAGMA synchronous = NORMAL")


def query(db: Database, sql: str, **params: Any) -> list[dict[str, Any]]:
    """Return the rows *sql* yields; also for statements that write and return."""
    with errors_named("the database"):
        cursor = db.execute(
            sql, params
        )  # its query() would wrap each question in a savepoint: three statements for one
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def execute(db: Database, sql: str, **params: Any) -> int:
    """Run a statement that writes; return how many rows it touched."""
    with errors_named("the database"):
        return db.execute(sql, params).rowcount


def execute_many(db: Database, sql: str, many: Iterable[Sequence[Any] | Mapping[str, Any]]) -> None:
    """Run one statement that writes for each of *many* parameters; belongs inside a transaction."""
    assert db.conn.in_transaction, "many writes that may be interrupted half-way"
    with errors_named("the database"):
        db.conn.executemany(sql, many)


def insert(db: Database, table: str, row: Mapping[str, Any]) -> int | None:
    """Insert *row* and return its number; None when a unique row like it is known."""
    columns, marks = ", ".join(f'"{name}"' for name in row), ", ".join(f":{name}" for name in row)
    sql = f'INSERT INTO "{table}" ({columns}) VALUES ({marks}) ON CONFLICT DO NOTHING RETURNING rowid AS number'  # noqa: S608 - names are ours
    rows = query(db, sql, **row)
    return rows[0]["number"] if rows else None


def update_row(db: Database, table: str, key: tuple[str, Any], columns: Mapping[str, Any]) -> int:
    """Set *columns* of the row of *table* that *key*, a column and its value, names; return how many rows that were."""
    column, value = key
    changes = ", ".join(f'"{name}" = :{name}' for name in columns)
    sql = f'UPDATE "{table}" SET {changes} WHERE "{column}" = :key_of_row'  # noqa: S608 - names are ours
    return execute(db, sql, **columns, key_of_row=value)


def insert_many(db: Database, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert *rows*, which have the same columns; belongs inside a transaction."""
    if not rows:
        return
    columns, marks = ", ".join(f'"{name}"' for name in rows[0]), ", ".join(f":{name}" for name in rows[0])
    execute_many(db, f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', rows)  # noqa: S608 - names are ours


@contextmanager
def session_lock(db: Database, name: str) -> Iterator[bool]:
    """Take a lock of PostgreSQL that this connection holds until the end, or its death; yield whether it is ours."""
    lock = f"hashtext(current_database() || '.' || current_schema() || '.{name}')"
    ours = bool(query(db, f"SELECT pg_try_advisory_lock({lock}) AS ours")[0]["ours"])
    try:
        yield ours
    finally:
        with suppress(StorageError):  # a connection that is gone has left its locks
            query(db, f"SELECT pg_advisory_unlock({lock}) AS done WHERE {int(ours)} = 1")


def connect_again_when_lost(db: Database) -> None:
    """Let each transaction of this connection begin on a new one when the store was away; for who holds no lock."""
    if is_postgresql(db):
        cast("Any", db).reconnects = True


def refuse_zombie(db: Database) -> None:
    """Raise FencedError when this connection writes for a job that was given to another worker meanwhile."""
    if is_postgresql(db):
        cast("Any", db).refuse_zombie()


def is_postgresql(db: Database) -> bool:
    """Return whether the store is PostgreSQL, for the few questions that the two cannot be asked alike."""
    return getattr(db, "dialect", "sqlite") == "postgresql"


def database_name(db: Database) -> str:
    """Return what tells this database from any other on the machine: its file, or its name and schema."""
    return str(db.execute("PRAGMA database_list").fetchone()[2])


def inserted_id(number: int | None) -> int:
    """Return the number of a row that cannot have been known before."""
    assert number is not None, "a row without unique columns was taken for known"
    return number


def one_or_raise(rows: list[dict[str, Any]], name: str) -> dict[str, Any]:
    """Return the one row that *rows* must hold; *name* says in the error what was looked for."""
    if not rows:
        raise MissingRowError(f"there is no {name}")
    return rows[0]


def newest_row(db: Database, table: str) -> int:
    """Return the number of the newest row of *table*, 0 when it is empty; rows of the journey are never deleted."""
    assert table in db.table_names(), table
    newest = query(db, f'SELECT max(rowid) AS newest FROM "{table}"')  # noqa: S608 - a table's name, asserted
    return newest[0]["newest"] or 0


def find_damage(db: Database) -> list[str]:
    """Return what is broken inside the file or between its rows; empty when all is well. Reads everything."""
    if is_postgresql(db):
        return []  # its server checks what it reads, and keeps references itself
    try:
        damage = [row["integrity_check"] for row in query(db, "PRAGMA integrity_check")]
        if damage != ["ok"]:
            return damage
        return [f"{row['table']}: row {row['rowid']} names no row" for row in query(db, "PRAGMA foreign_key_check")]
    except DamagedDatabaseError as error:
        return [str(error)]


def copy_database(db: Database, path: Path) -> None:
    """Write the database as it is at one instant to *path*, while others go on writing to it."""
    if is_postgresql(db):
        raise UnopenableDatabaseError("a PostgreSQL store is backed up by pg_dump, beside the rest of the home")
    try:
        with closing(sqlite3.connect(path)) as copy:
            db.conn.backup(copy, pages=-1)  # in one step: one that others interrupt begins again, perhaps for ever
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, that may be carried about
    except sqlite3.Error as error:
        raise UnopenableDatabaseError(f"{path}: cannot be written ({error})") from error


_ERRORS: tuple[tuple[str, type[StorageError], str], ...] = (
    ("file is not a database", DamagedDatabaseError, "not a database, or damaged beyond reading"),
    ("malformed", DamagedDatabaseError, "damaged; restore it from a backup"),
    ("locked", BusyDatabaseError, "in use by another process"),
    ("FOREIGN KEY", UnknownReferenceError, "a row names another row that is not stored"),
    ("unable to open", UnopenableDatabaseError, "cannot be opened"),
    ("readonly", UnopenableDatabaseError, "may not be written"),
    ("disk is full", UnopenableDatabaseError, "the disk is full"),
    ("disk I/O error", UnopenableDatabaseError, "cannot be read or written: a full disk, a quota or a broken one"),
    ("out of memory", UnopenableDatabaseError, "this machine has no memory left"),
)


@contextmanager
def errors_named(what: str) -> Iterator[None]:
    """Turn the driver's errors that an operator can act on into ours; any other is a defect and stays as it is."""
    try:
        yield
    except sqlite3.Error as error:
        for words, kind, text in _ERRORS:
            if words in str(error):
                raise kind(f"{what}: {text} ({error})") from error
        raise
