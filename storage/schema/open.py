"""Opening a database: made and brought up to date when need be, refused when it is not ours."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined] # the module sqlite-utils itself connects with

from storage.database.connection import errors_named, transaction
from storage.database.place import StorePlace
from storage.errors import NewerSchemaError, OtherDatabaseError, UnopenableDatabaseError
from storage.schema.copy_refusal import refuse_unfinished_copy
from storage.schema.migrations import STEPS, migrations
from storage.search.index import index_new_provisions

_PATIENCE = 10.0  # seconds to wait for another writer; a round's transactions take milliseconds


def open_database(path: StorePlace, *, to_copy: bool = False) -> Database:
    """Open the database at *path*, or at the address of a PostgreSQL store; made and brought up to date when need be.

    What is opened may pass from thread to thread, as a web request does, but belongs to one at a time. A store into
    which another is copied and not yet whole is refused, but *to_copy* goes on with it.
    """
    if isinstance(path, str):
        from storage.schema.open_postgresql import open_postgresql  # noqa: PLC0415 - psycopg is an extra

        return open_postgresql(path, to_copy=to_copy)
    try:
        return _connect(path, str(path), partial(_prepare, to_copy=to_copy))
    except UnopenableDatabaseError as error:
        if not path.is_file():
            raise
        db = _open_for_reading(path)
        db.unwritable = str(error)  # type: ignore[attr-defined] # what a transaction says of it
        return db


def _connect(path: Path, place: str, prepare: Callable[[Database, Path], None]) -> Database:
    try:
        db = Database(sqlite3.connect(place, check_same_thread=False, uri=place.startswith("file:")))
    except sqlite3.Error as error:
        raise UnopenableDatabaseError(f"{path}: {error}") from error
    try:
        # no transaction but those we open: the driver would begin deferred ones that cannot wait for their turn
        db.conn.isolation_level = None
        with errors_named(str(path)):
            prepare(db, path)
    except BaseException:
        db.close()
        raise
    return db


def _open_for_reading(path: Path) -> Database:
    """Open a database that cannot be written, on a full disk or a read-only one: what was known is still shown.

    Without room for an index of its journal it is read as it stands, if nothing waits in the journal.
    """
    address = f"file:{quote(str(path.resolve()))}?mode=ro"
    try:
        return _connect(path, address, _prepare_for_reading)
    except UnopenableDatabaseError:
        journal = path.with_name(f"{path.name}-wal")
        if journal.is_file() and journal.stat().st_size:
            raise
        return _connect(path, f"{address}&immutable=1", _prepare_for_reading)


def _prepare_for_reading(db: Database, path: Path) -> None:
    db.execute(f"PRAGMA busy_timeout = {int(_PATIENCE * 1000)}")
    _refuse_unfit(db, path)
    refuse_unfinished_copy(db.table_names(), str(path))
    if migrations.pending(db):
        raise UnopenableDatabaseError(f"{path}: of an earlier Clausewatch, and may not be written to be upgraded")
    db.execute("PRAGMA query_only = ON")


def _prepare(db: Database, path: Path, *, to_copy: bool = False) -> None:
    db.execute(f"PRAGMA busy_timeout = {int(_PATIENCE * 1000)}")
    _refuse_unfit(db, path)  # only reads: what is not ours is not touched
    if not to_copy:
        refuse_unfinished_copy(db.table_names(), str(path))
    _use_wal(db)
    if migrations.pending(db):
        with transaction(db):  # several processes may open a new home at once; one of them makes it
            _refuse_unfit(db, path)
            if not db.table_names():
                _make(db)
            migrations.apply(db)
            index_new_provisions(db)  # a step may have thrown the index away
    db.execute("PRAGMA foreign_keys = ON")


def _make(db: Database) -> None:
    """Make the tables of an empty database as all steps together leave them; a test holds the two to be the same."""
    script = files(__package__).joinpath("sqlite.sql").read_text(encoding="utf-8")
    for statement in script.split(";\n"):
        db.execute(statement)
    migrations.ensure_migrations_table(db)
    applied_at = str(datetime.now(UTC))
    rows = [{"migration_set": migrations.name, "name": step, "applied_at": applied_at} for step in STEPS]
    db.table(migrations.migrations_table).insert_all(rows)


def _refuse_unfit(db: Database, path: Path) -> None:
    tables = set(db.table_names())
    if not tables:
        return
    applied_names = {step.name for step in migrations.applied(db)}
    if newer := sorted(applied_names.difference(STEPS)):
        raise NewerSchemaError(
            f"{path}: written by a newer Clausewatch (it has {newer[-1]}); upgrade, or use another home"
        )
    if not applied_names and tables != {migrations.migrations_table}:
        raise OtherDatabaseError(f"{path}: a database of another program, not of Clausewatch")


def _use_wal(db: Database) -> None:
    """Let readers and a writer work side by side; SQLite does not wait by itself when two processes switch at once."""
    end = time.monotonic() + _PATIENCE
    while db.journal_mode not in {"wal", "memory"}:
        try:
            db.enable_wal()
        except sqlite3.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.02)
