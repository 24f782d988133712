"""Opening a PostgreSQL store: made when its schema is empty, upgraded when it is older, refused when it is not ours."""

from __future__ import annotations

from importlib import import_module
from importlib.resources import files
from typing import cast

from sqlite_utils import Database

from storage.database.place import place_without_secrets
from storage.database.postgresql import PostgresDatabase
from storage.errors import NewerSchemaError, OtherDatabaseError
from storage.schema.copy_refusal import refuse_unfinished_copy
from storage.schema.migrations import STEPS
from storage.schema.postgresql_steps import FIRST_STORE, postgresql_step
from storage.search.index import index_new_provisions


def open_postgresql(url: str, *, to_copy: bool = False) -> Database:
    """Open the store at *url*, made or brought up to date when need be; raises StorageError when it cannot be used.

    The schema that the connection looks in first is the store's own: ``?options=-csearch_path%3Dclausewatch``.
    One into which another is copied and not yet whole is refused, but *to_copy* goes on with it.
    """
    store = PostgresDatabase(url)
    try:
        if not to_copy:
            refuse_unfinished_copy(store.table_names(), place_without_secrets(url))
        if not _is_made(store, url):
            _make_or_upgrade(store, url)
    except BaseException:
        store.close()
        raise
    return cast("Database", store)  # what the primitives ask of one, it answers


def _is_made(store: PostgresDatabase, url: str) -> bool:
    """Return whether the store has every step; raises StorageError when it is not ours, or of a newer release."""
    tables = store.table_names()
    if "migration_steps" not in tables:
        if tables:
            raise OtherDatabaseError(f"{place_without_secrets(url)}: a schema of another program, not of Clausewatch")
        return False
    steps = _applied_steps(store)
    place = place_without_secrets(url)
    if newer := sorted(steps.difference(STEPS)):
        raise NewerSchemaError(f"{place}: written by a newer Clausewatch (it has {newer[-1]}); upgrade this one")
    if FIRST_STORE not in steps:
        raise OtherDatabaseError(f"{place}: made by a trial release; copy it by that with `clausewatch migrate-store`")
    return not set(STEPS) - steps


def _make_or_upgrade(store: PostgresDatabase, url: str) -> None:
    """Make the tables, or bring them up to date; once, though several processes may open a store together."""
    store.execute("BEGIN IMMEDIATE")
    try:
        if not _is_made(store, url):
            is_new = "migration_steps" not in store.table_names()
            store.run_script(_script("postgresql_functions.sql"))
            if is_new:
                store.run_script(_script("postgresql.sql"))
            steps_to_do = [step for step in STEPS if step not in _applied_steps(store)]
            for step in () if is_new else steps_to_do:
                name = postgresql_step(step)
                getattr(import_module(f"{__package__}.postgresql_steps.{name}"), name)(store)
            store.executemany("INSERT INTO migration_steps (name) VALUES (?)", [(step,) for step in steps_to_do])
            index_new_provisions(cast("Database", store))  # a step may have thrown the index away
        store.commit()
    except BaseException:
        store.rollback()
        raise


def _applied_steps(store: PostgresDatabase) -> set[str]:
    return {row[0] for row in store.execute("SELECT name FROM migration_steps").fetchall()}


def _script(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
