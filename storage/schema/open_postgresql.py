"""Opening a PostgreSQL store: made when its schema is empty, refused when it is not ours or is a newer one."""

from __future__ import annotations

from importlib.resources import files
from typing import cast

from sqlite_utils import Database

from storage.database.place import place_without_secrets
from storage.database.postgresql import PostgresDatabase
from storage.errors import NewerSchemaError, OtherDatabaseError
from storage.schema.copy_refusal import refuse_unfinished_copy
from storage.schema.migrations import STEPS

_SCRIPTS = ("postgresql_functions.sql", "postgresql.sql")


def open_postgresql(url: str, *, to_copy: bool = False) -> Database:
    """Open the store at *url*, made when there is none yet; raises StorageError when it cannot be used.

    The schema that the connection looks in first is the store's own: ``?options=-csearch_path%3Dclausewatch``.
    One into which another is copied and not yet whole is refused, but *to_copy* goes on with it.
    """
    store = PostgresDatabase(url)
    try:
        if not to_copy:
            refuse_unfinished_copy(store.table_names(), place_without_secrets(url))
        if not _is_made(store, url):
            _make(store, url)
    except BaseException:
        store.close()
        raise
    return cast("Database", store)  # what the primitives ask of one, it answers


def _is_made(store: PostgresDatabase, url: str) -> bool:
    tables = store.table_names()
    if "migration_steps" not in tables:
        if tables:
            raise OtherDatabaseError(f"{place_without_secrets(url)}: a schema of another program, not of Clausewatch")
        return False
    steps = {row[0] for row in store.execute("SELECT name FROM migration_steps").fetchall()}
    place = place_without_secrets(url)
    if newer := sorted(steps.difference(STEPS)):
        raise NewerSchemaError(f"{place}: written by a newer Clausewatch (it has {newer[-1]}); upgrade this one")
    if missing := sorted(set(STEPS) - steps):
        raise OtherDatabaseError(f"{place}: made before {missing[0]}; copy it with `clausewatch migrate-store`")
    return True


def _make(store: PostgresDatabase, url: str) -> None:
    """Make the tables, once, though several processes may open a new store together."""
    store.execute("BEGIN IMMEDIATE")
    try:
        if not _is_made(store, url):
            for name in _SCRIPTS:
                store.run_script(files(__package__).joinpath(name).read_text(encoding="utf-8"))
            store.executemany("INSERT INTO migration_steps (name) VALUES (?)", [(step,) for step in STEPS])
        store.commit()
    except BaseException:
        store.rollback()
        raise
