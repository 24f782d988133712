"""PostgreSQL as a store: the dialect, one writer at a time, errors that say who acts, and what is undone."""

from __future__ import annotations

import time
from contextlib import closing, nullcontext

import psycopg
import pytest

from storage import instruments, pages
from storage.database.connection import (
    connect_again_when_lost,
    consistent_reads,
    database_name,
    execute,
    insert,
    insert_many,
    is_postgresql,
    newest_row,
    query,
    session_lock,
    transaction,
    update_row,
)
from storage.database.place import absolute_place, place_without_secrets, store_place
from storage.database.postgresql import in_dialect
from storage.errors import (
    BusyDatabaseError,
    NewerSchemaError,
    OtherDatabaseError,
    UnknownReferenceError,
    UnopenableDatabaseError,
)
from storage.schema.generate import POSTGRESQL_FILE, postgresql_sql, schema_sql
from storage.schema.open import open_database
from tests.builders.postgresql import failures_of_opening_together
from tests.storage.builders import NOW, an_instrument, count_rows


@pytest.fixture
def store(postgresql_url):
    with closing(open_database(postgresql_url)) as db:
        yield db


@pytest.fixture
def other(postgresql_url, store):
    with closing(open_database(postgresql_url)) as db:
        yield db


@pytest.mark.parametrize(
    ("sql", "statement"),
    [
        pytest.param("SELECT a FROM t WHERE b = :b", "SELECT a FROM t WHERE b = %(b)s", id="a named parameter"),
        pytest.param("INSERT INTO t VALUES (?, ?)", "INSERT INTO t VALUES (%s, %s)", id="parameters in order"),
        pytest.param("SELECT 'what: ? 5 %' AS a", "SELECT 'what: ? 5 %%' AS a", id="text stays text"),
        pytest.param("SELECT 'it''s :here'", "SELECT 'it''s :here'", id="a doubled quotation mark"),
        pytest.param("SELECT a::text", "SELECT a::text", id="a cast is no parameter"),
        pytest.param("SELECT ifnull(a, 0)", "SELECT coalesce(a, 0)", id="ifnull"),
        pytest.param('WHERE "on" IS :on', 'WHERE "on" IS NOT DISTINCT FROM %(on)s', id="equal or both unknown"),
        pytest.param("WHERE a IS NULL", "WHERE a IS NULL", id="is null"),
        pytest.param("CROSS JOIN versions ON x", "JOIN versions ON x", id="a join that keeps an order"),
        pytest.param("SET mime = x'00ff'", "SET mime = '\\x00ff'", id="bytes"),
        pytest.param("ORDER BY search_words.rowid", "ORDER BY search_words.id", id="the number of a row"),
    ],
)
def test_a_statement_is_said_in_the_dialect(sql, statement):
    assert in_dialect(sql) == statement


def test_the_schema_is_that_of_sqlite_and_fresh():
    assert POSTGRESQL_FILE.read_text(encoding="utf-8") == postgresql_sql(schema_sql())


def test_a_new_store_has_the_tables_of_a_database(store, sqlite_db):
    theirs = set(sqlite_db.table_names())
    ours = set(store.table_names())

    assert {name for name in theirs - ours if not name.startswith(("_sqlite", "search_words_", "sqlite_"))} == set()
    assert ours - theirs == {"migration_steps"}


def test_a_store_is_made_once_though_many_open_it_together(postgresql_url):
    assert failures_of_opening_together(postgresql_url) == []
    with closing(open_database(postgresql_url)) as db:
        assert instruments.all_instruments(db) == []


def test_a_schema_of_another_program_is_refused(postgresql_url):
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        connection.execute("CREATE TABLE lamps (id int)")

    with pytest.raises(OtherDatabaseError, match="of another program"):
        open_database(postgresql_url)


def test_a_store_of_a_newer_release_is_refused(store, postgresql_url):
    execute(store, "INSERT INTO migration_steps (name) VALUES ('m999_of_tomorrow')")

    with pytest.raises(NewerSchemaError, match="m999_of_tomorrow"):
        open_database(postgresql_url)


def test_an_address_where_nobody_answers_is_one_clear_line():
    with pytest.raises(UnopenableDatabaseError, match="cannot be reached"):
        open_database("postgresql://127.0.0.1:1/nowhere?connect_timeout=2")


def test_one_writes_at_a_time_and_who_waits_too_long_is_told(store, other):
    other.execute("SET lock_timeout = '50ms'")

    with transaction(store):
        instruments.add_if_new(store, an_instrument(id="cn_one"))
        with pytest.raises(BusyDatabaseError, match="in use"), transaction(other):
            pass

    with transaction(other):
        instruments.add_if_new(other, an_instrument(id="cn_two"))
    assert [instrument.id for instrument in instruments.all_instruments(store)] == ["cn_one", "cn_two"]


def test_readers_see_nothing_of_a_transaction_until_it_ends(store, other):
    with transaction(store):
        instruments.add_if_new(store, an_instrument(id="cn_one"))

        assert instruments.all_instruments(other) == []
    assert len(instruments.all_instruments(other)) == 1


def test_what_is_read_together_is_of_one_instant(store, other):
    with consistent_reads(other):
        assert count_rows(other, "instruments") == 0
        instruments.add_if_new(store, an_instrument(id="cn_one"))

        assert count_rows(other, "instruments") == 0
    assert count_rows(other, "instruments") == 1


def test_an_error_undoes_the_whole_transaction_and_the_store_goes_on(store):
    def break_off():
        with transaction(store):
            instruments.add_if_new(store, an_instrument(id="cn_one"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()

    assert instruments.all_instruments(store) == []
    assert not store.conn.in_transaction


def test_a_row_that_names_no_row_is_refused_by_name(store):
    with pytest.raises(UnknownReferenceError):
        pages.add(store, "cn_nobody", "http://127.0.0.1/", listing=False, now=NOW)


def test_inserting_what_is_there_gives_no_number_and_new_rows_count_up(store):
    row = {"name": "ana", "sha256": "aa", "made_at": "2026-01-01", "ended_at": None}

    first, again = insert(store, "keys", row), insert(store, "keys", row)
    second = insert(store, "keys", {**row, "sha256": "bb"})

    assert again is None
    assert first is not None
    assert second is not None
    assert second > first
    assert newest_row(store, "keys") == second


def test_many_rows_are_inserted_and_one_updated(store):
    rows = [{"name": name, "sha256": name, "made_at": "2026-01-01", "ended_at": None} for name in "abc"]

    with transaction(store):
        insert_many(store, "keys", rows)
        insert_many(store, "keys", [])
        was_changed = update_row(store, "keys", ("name", "b"), {"ended_at": "2026-02-02"})

    assert was_changed == 1
    sql = "SELECT name, ended_at FROM keys ORDER BY name"
    assert [(row["name"], row["ended_at"]) for row in query(store, sql)] == [
        ("a", None), ("b", "2026-02-02"), ("c", None),
    ]  # fmt: skip


def test_text_is_ordered_by_its_bytes_as_in_sqlite(store):
    with transaction(store):
        insert_many(store, "facts", [{"listed": text} for text in ("b", "B", "a", "é", "第", "_")])

    rows = [row["listed"] for row in query(store, "SELECT listed FROM facts ORDER BY listed")]
    assert rows == sorted(rows, key=lambda text: text.encode())


def test_a_session_lock_has_one_holder_and_dies_with_it(postgresql_url, store):
    holder = open_database(postgresql_url)
    lock = session_lock(holder, "round")
    assert lock.__enter__()
    with session_lock(store, "round") as another, session_lock(store, "deliver") as apart:
        assert (another, apart) == (False, True)
    holder.close()  # as a process that dies does, while it holds the lock
    assert any(_is_free_by_now(store) for _ in range(50))


def _is_free_by_now(store):
    with session_lock(store, "round") as ours:
        if not ours:
            time.sleep(0.02)  # the server takes it back when it sees the connection gone
        return ours


def test_every_commit_is_seen_by_who_keeps_pages(store, other):
    before = other.execute("PRAGMA data_version").fetchone()

    instruments.add_if_new(store, an_instrument(id="cn_one"))
    with transaction(store):
        instruments.add_if_new(store, an_instrument(id="cn_two"))

    assert other.execute("PRAGMA data_version").fetchone() != before


def test_two_stores_on_one_server_have_names_of_their_own(store, sqlite_db):
    assert is_postgresql(store)
    assert not is_postgresql(sqlite_db)
    assert database_name(store) != database_name(sqlite_db)
    assert database_name(store).count(".") == 1


def test_a_place_is_a_file_or_an_address_and_is_shown_without_secrets(tmp_path):
    assert store_place("postgresql://law.example/db") == "postgresql://law.example/db"
    assert store_place(f"sqlite:///{tmp_path}") == tmp_path
    assert absolute_place(tmp_path / "x.db") == str(tmp_path / "x.db")
    assert "secret" not in place_without_secrets("postgresql://ana:secret@law.example/db?password=secret")


@pytest.mark.parametrize("again", [True, False])
def test_a_connection_that_was_lost_is_made_again_only_for_who_asks_for_it(store, other, again):
    if again:
        connect_again_when_lost(other)
    [row] = query(other, "SELECT pg_backend_pid() AS pid")
    query(store, "SELECT pg_terminate_backend(:pid) AS done", pid=row["pid"])

    with nullcontext() if again else pytest.raises(UnopenableDatabaseError), transaction(other):
        instruments.add_if_new(other, an_instrument(id="cn_one"))

    assert len(instruments.all_instruments(store)) == int(again)


def test_what_a_lost_connection_had_begun_is_undone_and_the_next_transaction_is_whole(store, other):
    connect_again_when_lost(other)
    [row] = query(other, "SELECT pg_backend_pid() AS pid")

    def loses_its_connection():
        with transaction(other):
            instruments.add_if_new(other, an_instrument(id="cn_one"))
            query(store, "SELECT pg_terminate_backend(:pid) AS done", pid=row["pid"])
            instruments.add_if_new(other, an_instrument(id="cn_two"))

    with pytest.raises((UnopenableDatabaseError, psycopg.OperationalError)):
        loses_its_connection()
    with transaction(other):
        instruments.add_if_new(other, an_instrument(id="cn_three"))

    assert [law.id for law in instruments.all_instruments(store)] == ["cn_three"]
