"""Copy a store into another: SQLite to PostgreSQL and back, resumed after a kill, verified by counts and hashes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass

from sqlite_utils import Database

from storage.database.connection import consistent_reads, query, transaction
from storage.database.place import StorePlace, place_without_secrets
from storage.errors import OtherDatabaseError
from storage.schema.open import open_database
from storage.search.index import index_new_provisions
from storage.transfer import copy_mark
from storage.transfer.table_rows import (
    StoredTable,
    TableDigest,
    clear,
    count_rows,
    digest,
    insert_rows,
    is_empty,
    key_of,
    rows_after,
    stored_tables,
)

_AT_ONCE = 500  # rows read, and written in one transaction


@dataclass(frozen=True, slots=True)
class StoreCopy:
    """What a finished copy holds: each table with its rows and their hash, which both stores have.

    ``was_there`` says that nothing had to be copied: the target was the same already.
    """

    tables: tuple[tuple[str, TableDigest], ...]
    was_there: bool


def copy_store(
    source: StorePlace, target: StorePlace, tell: Callable[[str], None], *, at_once: int = _AT_ONCE
) -> StoreCopy:
    """Copy the store at *source* into that at *target*, which is made, empty, or begun by this; return what it holds.

    Killed anywhere it goes on where it was when it is repeated. What is read is of one instant, but who writes to
    *source* between two attempts makes the tables it wrote to be copied again. Raises StorageError when *target* holds
    anything else, or rows cannot be kept there.
    """
    tables = stored_tables()
    with closing(open_database(source)) as old, closing(open_database(target, to_copy=True)) as new:
        _refuse_itself(old, new, target)
        with consistent_reads(old):
            if copy_mark.copied_from(new) is None and not all(is_empty(new, table) for table in tables):
                return _same_or_refused(old, new, tables, target, at_once)
            _begin_or_go_on(new, place_without_secrets(source), target)
            finished_tables = _copy_tables(old, new, tables, tell, at_once)
        tell("keys between tables, and the search index")
        copy_mark.finish(new, tables)
        index_new_provisions(new)
        return StoreCopy(finished_tables, was_there=False)


def _refuse_itself(old: Database, new: Database, target: StorePlace) -> None:
    names = [query(db, "PRAGMA database_list") for db in (old, new)]
    if names[0] == names[1]:
        raise OtherDatabaseError(f"{place_without_secrets(target)}: is the store that is copied")


def _same_or_refused(
    old: Database, new: Database, tables: Sequence[StoredTable], target: StorePlace, at_once: int
) -> StoreCopy:
    digests = tuple((table.name, digest(old, table, at_once)) for table in tables)
    unlike = [table.name for table, (_, original) in zip(tables, digests, strict=True)
              if digest(new, table, at_once) != original]  # fmt: skip
    if unlike:
        raise OtherDatabaseError(
            f"{place_without_secrets(target)}: holds another store (unlike in {', '.join(unlike)}), and is left as it "
            "is; name an empty one"
        )
    return StoreCopy(digests, was_there=True)


def _begin_or_go_on(new: Database, source: str, target: StorePlace) -> None:
    begun_from = copy_mark.copied_from(new)
    if begun_from is None:
        copy_mark.begin(new, source)
    elif begun_from != source:
        raise OtherDatabaseError(
            f"{place_without_secrets(target)}: holds an unfinished copy of {begun_from}, not of {source}"
        )
    copy_mark.without_keys(new)


def _copy_tables(
    old: Database, new: Database, tables: Sequence[StoredTable], tell: Callable[[str], None], at_once: int
) -> tuple[tuple[str, TableDigest], ...]:
    finished_tables, rows_copied, counts = [], 0, {table.name: count_rows(old, table) for table in tables}
    for table in tables:
        if counts[table.name]:
            tell(f"copied {rows_copied:,} of {sum(counts.values()):,} rows; now {table.name}")
        _copy_rows(old, new, table, at_once)
        original = digest(old, table, at_once)
        if digest(new, table, at_once) != original:  # the source was written to since the copy began
            with transaction(new):
                clear(new, table)
                copy_mark.note_progress(new, table, ())
            _copy_rows(old, new, table, at_once)
            _refuse_unlike(table, digest(new, table, at_once), original)
        finished_tables.append((table.name, original))
        rows_copied += original.rows
    return tuple(finished_tables)


def _copy_rows(old: Database, new: Database, table: StoredTable, at_once: int) -> None:
    while rows := rows_after(old, table, copy_mark.progress(new, table), at_once):
        with transaction(new):
            insert_rows(new, table, rows)
            copy_mark.note_progress(new, table, key_of(table, rows[-1]))


def _refuse_unlike(table: StoredTable, copy: TableDigest, original: TableDigest) -> None:
    if copy != original:
        raise OtherDatabaseError(
            f"{table.name}: {copy.rows} rows with the hash {copy.sha256[:12]} were written for {original.rows} rows "
            f"with {original.sha256[:12]}; the copy is not finished"
        )
