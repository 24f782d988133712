"""PostgreSQL behind the primitives of a database: the same SQL, in its dialect; one writer at a time, as in SQLite.

What the nouns ask is written once, for SQLite. Here it is translated: a few names and clauses by pattern, the rest by
functions of the same names that ``storage/schema/postgresql_functions.sql`` defines in the schema of the store.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus

from storage.database.fence import fence_of
from storage.errors import (
    BusyDatabaseError,
    DamagedDatabaseError,
    FencedError,
    StorageError,
    UnknownReferenceError,
    UnopenableDatabaseError,
    UnstorableTextError,
)

WRITER = "SELECT pg_advisory_xact_lock(hashtext(current_database() || '.' || current_schema()), 1)"
_CHANGED = "SELECT nextval('store_changes')"
_STATEMENTS = {  # what SQLite is told by other words, or need not be told
    "BEGIN IMMEDIATE": ("BEGIN", WRITER),
    "BEGIN": ("BEGIN ISOLATION LEVEL REPEATABLE READ",),
    "PRAGMA synchronous = NORMAL": ("SET synchronous_commit = off",),
    "PRAGMA synchronous = FULL": ("SET synchronous_commit = on",),
    "PRAGMA data_version": ("SELECT last_value FROM store_changes",),
    "PRAGMA database_list": ("SELECT 0, 'main', current_database() || '.' || current_schema()",),
    "PRAGMA schema_version": ("SELECT count(*) FROM migration_steps",),
    "PRAGMA secure_delete = ON": ("SELECT 1",),  # its own vacuum overwrites what was deleted
    "PRAGMA wal_checkpoint(TRUNCATE)": ("SELECT 1",),
}
_TOKENS = re.compile(
    r"(?P<text>'(?:[^']|'')*')|(?P<name>(?<!:):(?P<parameter>[a-z_][a-z0-9_]*))|(?P<mark>\?)|(?P<percent>%)", re.I
)
_LISTS = re.compile(r"\bjson_each\(:(\w+)\)")
_REPLACEMENTS = (
    (re.compile(r"\bifnull\(", re.I), "coalesce("),
    (re.compile(r"\bCROSS JOIN (\w+(?: AS \w+)?) ON\b"), r"JOIN \1 ON"),
    (re.compile(r"\bjson_object\("), "json_build_object("),
    (re.compile(r"\bjson_array\(([\w., ]+)\)"), r"CAST(jsonb_build_array(\1) AS text)"),
    (re.compile(r"\bIS (?=[:?])"), "IS NOT DISTINCT FROM "),
    (re.compile(r"\bx'([0-9A-Fa-f]*)'"), r"'\\x\1'"),
    (re.compile(r"INSERT INTO search_words \(search_words\) VALUES \('delete-all'\)"), "DELETE FROM search_words"),
    (re.compile(r"\bsearch_words_docsize\b"), "search_words"),
    (re.compile(r"\browid\b"), "id"),
    (re.compile(r"\bAS BLOB\b"), "AS bytea"),
    (re.compile(r"\bAS INTEGER\b"), "AS bigint"),
)
_INSERTED = re.compile(r'^\s*INSERT INTO "?(?P<table>\w+)"?.*RETURNING (?P<key>rowid) AS number', re.S)
_NEWEST = re.compile(r'SELECT max\((?P<key>rowid)\) AS newest FROM "?(?P<table>\w+)"?')
_NUMBERS = re.compile(r"\[-?\d")


_WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE)\b", re.I)
_STILL_OURS = "SELECT id FROM procrastinate_jobs WHERE id = %s AND attempts = %s AND status = 'doing' FOR SHARE"
_PATIENCE = 10  # seconds to wait for another writer; a round's transactions take milliseconds


class PostgresDatabase:
    """A connection to a PostgreSQL store, with what the primitives ask of a database of sqlite-utils.

    One transaction at a time, opened explicitly; who opens one to write takes the store's one writer's lock first.
    """

    dialect = "postgresql"

    def __init__(self, url: str) -> None:
        self.url = url
        self._fence = fence_of(url)
        self.reconnects = False
        self._connection = self._connect()
        self._keys: dict[str, str] | None = None
        self._depth = 0

    def _connect(self) -> psycopg.Connection[Any]:
        with _errors_named():
            connection = psycopg.connect(self.url, autocommit=True, cursor_factory=psycopg.ClientCursor)
            connection.execute(f"SET lock_timeout = '{_PATIENCE}s'")
        return connection

    @property
    def conn(self) -> PostgresDatabase:
        """The connection, which is this object itself."""
        return self

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open; on a connection that is lost none is."""
        status = self._connection.info.transaction_status
        return status not in {TransactionStatus.IDLE, TransactionStatus.UNKNOWN}

    def execute(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> psycopg.Cursor[Any]:
        """Run one statement of the nouns; return its cursor."""
        if self.reconnects and (self._connection.closed or sql.startswith("BEGIN")):
            self._wait_for_store()
        if sql in _STATEMENTS:
            cursor = self._run_all(_STATEMENTS[sql])
            if self._fence and sql == "BEGIN IMMEDIATE":
                self.refuse_zombie()
            return cursor
        if self._fence and not self.in_transaction and _WRITES.match(sql):
            return self._write_alone(sql, parameters)
        with _errors_named():
            return self._connection.cursor().execute(self._translated(sql, parameters), _plain(parameters))

    def _wait_for_store(self) -> None:
        """Connect again when the store went away and is back; whoever asks for that holds no lock of a session."""
        end = time.monotonic() + _PATIENCE
        while True:
            try:
                if self._connection.closed:
                    self._connection = self._connect()
                self._connection.execute("SELECT 1")
                return
            except (psycopg.OperationalError, UnopenableDatabaseError):
                self._connection.close()
                if time.monotonic() > end:
                    return  # the statement itself says that the store is away
                time.sleep(0.3)

    def _write_alone(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any]) -> psycopg.Cursor[Any]:
        """Run one statement that writes within the fence, in a transaction of its own."""
        self.execute("BEGIN IMMEDIATE")
        try:
            cursor = self.execute(sql, parameters)
            self.commit()
        except BaseException:
            self.rollback()
            raise
        return cursor

    def refuse_zombie(self) -> None:
        """Raise FencedError when the job of the address is another attempt's by now, and undo what was begun."""
        if self._fence is None:
            return
        with _errors_named():
            row = self._connection.execute(_STILL_OURS, (self._fence.job_id, self._fence.attempt)).fetchone()
        if row is None:
            if self.in_transaction:
                self.rollback()
            raise FencedError(f"job {self._fence.job_id} was given to another worker; nothing more is written for it")

    def executemany(self, sql: str, many: Iterable[Sequence[Any] | Mapping[str, Any]]) -> None:
        """Run one statement for each of *many* parameters."""
        rows = [_plain(row) for row in many]
        if rows:
            with _errors_named():
                self._connection.cursor().executemany(self._translated(sql, rows[0]), rows)

    def run_script(self, sql: str) -> None:
        """Run statements of PostgreSQL as they are written."""
        with _errors_named():
            self._connection.execute(sql)

    def commit(self) -> None:
        """End the transaction, and count that the store changed: readers of cached pages ask for it."""
        self._connection.execute("COMMIT")
        self._connection.execute(_CHANGED)

    def rollback(self) -> None:
        """Undo the transaction."""
        self._connection.execute("ROLLBACK")

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """Let a part of a transaction be undone alone when an error leaves it."""
        self._depth += 1
        name = f"part_{self._depth}"
        self._connection.execute(f"SAVEPOINT {name}")
        try:
            yield
            self._connection.execute(f"RELEASE SAVEPOINT {name}")
        except BaseException:
            self._connection.execute(f"ROLLBACK TO SAVEPOINT {name}")
            raise
        finally:
            self._depth -= 1

    def table_names(self) -> list[str]:
        """Return the tables of the store."""
        sql = "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
        return [row[0] for row in self._connection.execute(sql).fetchall()]

    def close(self) -> None:
        """Close the connection; what was not committed is undone."""
        self._connection.close()

    def _run_all(self, statements: Sequence[str]) -> psycopg.Cursor[Any]:
        cursor = self._connection.cursor()
        with _errors_named():
            try:
                for statement in statements:
                    cursor.execute(statement)
            except psycopg.Error:
                if statements[0].startswith("BEGIN") and not self._connection.closed:
                    self.rollback()  # what could not begin is not begun
                raise
        return cursor

    def _translated(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any]) -> str:
        if "json_each(:" in sql and isinstance(parameters, Mapping):
            sql = _LISTS.sub(lambda hit: _list_of(hit[1], parameters), sql)
        if hit := _INSERTED.match(sql) or _NEWEST.search(sql):
            key = self._integer_keys().get(hit["table"])
            if key is None and hit.re is _NEWEST:  # rows without numbers are counted
                sql = f'SELECT count(*) AS newest FROM "{hit["table"]}"'  # noqa: S608 - a table's name
            else:
                sql = f"{sql[: hit.start('key')]}{key or '0'}{sql[hit.end('key') :]}"
        return in_dialect(sql)

    def _integer_keys(self) -> dict[str, str]:
        """Return the column that numbers the rows of each table that has one."""
        if self._keys is None:
            self._keys = {row[0]: f'"{row[1]}"' for row in self._connection.execute(_IDENTITIES).fetchall()}
        return self._keys


@contextmanager
def _errors_named() -> Iterator[None]:
    """Turn the driver's errors that an operator can act on into ours; any other is a defect and stays as it is."""
    try:
        yield
    except psycopg.Error as error:
        for kind, ours, text in _ERRORS:
            if isinstance(error, kind):
                raise ours(f"the database: {text} ({str(error).strip()})") from error
        if isinstance(error, psycopg.DataError) and "NUL" in str(error):
            raise UnstorableTextError("the database: a text holds the character NUL, which it cannot keep") from error
        raise


_ERRORS: tuple[tuple[type[psycopg.Error], type[StorageError], str], ...] = (
    (psycopg.errors.ForeignKeyViolation, UnknownReferenceError, "a row names another row that is not stored"),
    (psycopg.errors.LockNotAvailable, BusyDatabaseError, "in use by another process"),
    (psycopg.errors.DeadlockDetected, BusyDatabaseError, "in use by another process"),
    (psycopg.errors.ReadOnlySqlTransaction, UnopenableDatabaseError, "may not be written"),
    (psycopg.errors.DiskFull, UnopenableDatabaseError, "the disk is full"),
    (psycopg.errors.DataCorrupted, DamagedDatabaseError, "damaged; restore it from a backup"),
    (psycopg.OperationalError, UnopenableDatabaseError, "cannot be reached"),
)


@lru_cache(maxsize=2_000)
def in_dialect(sql: str) -> str:
    """Return a statement written for SQLite in the dialect of PostgreSQL, its parameters in psycopg's form.

    >>> in_dialect("SELECT ifnull(a, '50 %') FROM t WHERE b = :b AND c = ?")
    "SELECT coalesce(a, '50 %%') FROM t WHERE b = %(b)s AND c = %s"
    """
    for pattern, text in _REPLACEMENTS:
        sql = pattern.sub(text, sql)
    return _TOKENS.sub(_in_psycopg_form, sql)


def _in_psycopg_form(hit: re.Match[str]) -> str:
    if hit["name"]:
        return f"%({hit['parameter']})s"
    return "%s" if hit["mark"] else hit[0].replace("%", "%%")


def _list_of(name: str, parameters: Mapping[str, Any]) -> str:
    """Return what spreads the JSON list of a parameter: numbers are compared with numbers here."""
    values = parameters.get(name)
    return f"json_numbers(:{name})" if isinstance(values, str) and _NUMBERS.match(values) else f"json_each(:{name})"


def _plain(parameters: Sequence[Any] | Mapping[str, Any]) -> Any:
    """Return the parameters with truth as 0 and 1, as it is stored."""
    if isinstance(parameters, Mapping):
        return {name: int(value) if isinstance(value, bool) else value for name, value in parameters.items()}
    return [int(value) if isinstance(value, bool) else value for value in parameters]


_IDENTITIES = """
SELECT table_name, column_name FROM information_schema.columns
WHERE table_schema = current_schema() AND is_identity = 'YES'
"""
