"""A store is copied from SQLite to PostgreSQL and back: whole, killed anywhere, and never over anything else."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tarfile
from contextlib import closing
from pathlib import Path

import pytest

from storage import api_keys, events, instruments, provisions, versions
from storage.database.connection import execute, insert, query, transaction
from storage.errors import (
    DamagedDatabaseError,
    OtherDatabaseError,
    UnfinishedCopyError,
    UnknownReferenceError,
    UnstorableTextError,
)
from storage.schema.open import open_database
from storage.search.index import search
from storage.transfer.copy_store import copy_store
from storage.transfer.table_rows import digest, stored_tables
from tests.storage.builders import NOW, an_instrument

HOME = Path(__file__).parents[2] / "upgrades" / "homes" / "0.1.0.tar.xz"
TABLES = {table.name: table for table in stored_tables()}
ROOT = Path(__file__).parents[3]
KILL_SCRIPT = """
import os, signal, sys
from storage.transfer import copy_mark
from storage.transfer.copy_store import copy_store
left, note = [int(sys.argv[3])], copy_mark.note_progress
def note_and_die(*arguments):
    note(*arguments)
    left[0] -= 1
    if left[0] < 0:
        os.kill(os.getpid(), signal.SIGKILL)  # in the middle of a transaction
copy_mark.note_progress = note_and_die
place = lambda text: text if "://" in text else __import__("pathlib").Path(text)
copy_store(place(sys.argv[1]), place(sys.argv[2]), lambda text: None, at_once=7)
"""


def quiet(_text):
    pass


@pytest.fixture(scope="module")
def demo_database(tmp_path_factory):
    """The database of a home that the demo of a release filled, brought up to date."""
    folder = tmp_path_factory.mktemp("demo")
    with tarfile.open(HOME) as file:
        file.extractall(folder, filter="data")
    path = next(folder.rglob("clausewatch.db"))
    open_database(path).close()
    return path


def digests(place):
    with closing(open_database(place)) as db:
        return {name: digest(db, table, 500) for name, table in TABLES.items()}


def test_there_and_back_every_row_is_the_same(demo_database, postgresql_url, tmp_path):
    there = copy_store(demo_database, postgresql_url, quiet)
    back = copy_store(postgresql_url, tmp_path / "back.db", quiet, at_once=3)

    assert there.tables == back.tables
    assert dict(there.tables) == digests(demo_database) == digests(tmp_path / "back.db")
    assert dict(there.tables)["changes"].rows > 40


def test_a_copy_answers_as_the_original_does(demo_database, postgresql_url):
    copy_store(demo_database, postgresql_url, quiet)

    with closing(open_database(demo_database)) as old, closing(open_database(postgresql_url)) as new:
        assert instruments.all_instruments(new) == instruments.all_instruments(old)
        assert events.recent(new, 50) == events.recent(old, 50)
        for row in query(old, "SELECT row, id FROM versions"):
            assert versions.get(new, row["id"]) == versions.get(old, row["id"])
            assert list(provisions.texts(new, row["row"])) == list(provisions.texts(old, row["row"])) != []
        for question in ("数据", "shall", "label content"):
            assert search(new, question).hits == search(old, question).hits
            assert search(old, question).hits or question != "shall"


def test_new_rows_of_a_copy_are_numbered_after_those_copied(demo_database, postgresql_url):
    copy_store(demo_database, postgresql_url, quiet)

    with closing(open_database(postgresql_url)) as db:
        highest = query(db, "SELECT max(id) AS highest FROM problems")[0]["highest"]
        row = {"name": "ana", "sha256": "aa", "made_at": "2026-01-01", "ended_at": None}
        assert insert(db, "keys", row) == 1
        columns = ("source_id", "stage", "cause", "text", "opened_at", "last_seen_at", "url")
        assert insert(db, "problems", dict.fromkeys(columns, "x") | {"times": 1}) == highest + 1


def test_the_keys_between_tables_hold_again(demo_database, postgresql_url, tmp_path):
    copy_store(demo_database, postgresql_url, quiet)
    copy_store(demo_database, tmp_path / "copy.db", quiet)
    pages_row = {"source_id": "nobody", "url": "http://127.0.0.1/", "listing": 0, "discovered": 0, "declared": 1,
                 "title": "", "instrument_id": ""}  # fmt: skip

    for place in (postgresql_url, tmp_path / "copy.db"):
        with closing(open_database(place)) as db, pytest.raises(UnknownReferenceError):
            insert(db, "pages", pages_row)
    with closing(open_database(postgresql_url)) as report:
        count = """
        SELECT count(*) AS count FROM pg_constraint
        WHERE contype = 'f' AND connamespace = current_schema()::regnamespace
        """
        with closing(open_database(tmp_path / "copy.db")) as file:
            key_count = sum(len(query(file, f'PRAGMA foreign_key_list("{name}")')) for name in TABLES)
        assert query(report, count)[0]["count"] == key_count > 40


@pytest.mark.parametrize("direction", ["to PostgreSQL", "to SQLite"])
def test_killed_anywhere_it_goes_on_and_ends_the_same(direction, demo_database, postgresql_url, tmp_path):
    old, new = demo_database, postgresql_url
    if direction == "to SQLite":
        copy_store(demo_database, postgresql_url, quiet)
        old, new = postgresql_url, tmp_path / "new.db"
    moments = random.Random(direction)
    for _ in range(3):
        _copy_and_kill(old, new, moments.randrange(5, 30))
        with pytest.raises(UnfinishedCopyError, match="migrate-store"):
            open_database(new)

    report = copy_store(old, new, quiet)

    assert dict(report.tables) == digests(demo_database) == digests(new)
    assert not report.was_there


def _copy_and_kill(old, new, moment):
    command = [sys.executable, "-c", KILL_SCRIPT, str(old), str(new), str(moment)]
    process = subprocess.run(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=False, timeout=60)
    assert process.returncode == -signal.SIGKILL


def test_what_was_written_between_two_attempts_is_copied_too(db, tmp_path):
    with transaction(db):
        for number in range(9):
            instruments.add_if_new(db, an_instrument(id=f"cn_{number}"))
    source = _place_of(db)
    _copy_and_kill(source, tmp_path / "new.db", 0)
    _copy_and_kill(source, tmp_path / "new.db", 1)
    execute(db, "UPDATE instruments SET title = 'Renamed' WHERE id = 'cn_0'")
    instruments.add_if_new(db, an_instrument(id="cn_00"))

    report = copy_store(source, tmp_path / "new.db", quiet, at_once=2)

    assert dict(report.tables)["instruments"].rows == 10
    assert digests(source) == digests(tmp_path / "new.db")


def _place_of(db):
    return getattr(db, "url", None) or Path(query(db, "PRAGMA database_list")[0]["file"])


def test_repeated_it_finds_everything_there(demo_database, postgresql_url):
    first = copy_store(demo_database, postgresql_url, quiet)
    again = copy_store(demo_database, postgresql_url, quiet)

    assert (first.was_there, again.was_there) == (False, True)
    assert first.tables == again.tables


def test_a_store_that_holds_another_is_refused_and_left_alone(demo_database, db):
    instruments.add_if_new(db, an_instrument(id="cn_mine"))
    before = digests(_place_of(db))

    with pytest.raises(OtherDatabaseError, match=r"holds another store .*instruments"):
        copy_store(demo_database, _place_of(db), quiet)

    assert digests(_place_of(db)) == before


def test_an_unfinished_copy_goes_on_from_its_own_source_only(demo_database, sqlite_db, tmp_path):
    _copy_and_kill(demo_database, tmp_path / "new.db", 4)

    with pytest.raises(OtherDatabaseError, match="unfinished copy of"):
        copy_store(_place_of(sqlite_db), tmp_path / "new.db", quiet)


def test_a_store_is_not_copied_into_itself(db):
    with pytest.raises(OtherDatabaseError, match="is the store that is copied"):
        copy_store(_place_of(db), _place_of(db), quiet)


def test_a_row_that_names_no_row_is_found_before_the_copy_counts_as_one(sqlite_db, postgresql_url, tmp_path):
    sqlite_db.execute("PRAGMA foreign_keys = OFF")
    sql = "INSERT INTO milestones (instrument_id, kind, basis) VALUES ('cn_gone', 'adopted', '')"
    execute(sqlite_db, sql)

    with pytest.raises(UnknownReferenceError):
        copy_store(_place_of(sqlite_db), postgresql_url, quiet)
    with pytest.raises(DamagedDatabaseError, match="milestones"):
        copy_store(_place_of(sqlite_db), tmp_path / "new.db", quiet)
    for place in (postgresql_url, tmp_path / "new.db"):
        with pytest.raises(UnfinishedCopyError):
            open_database(place)


def test_a_text_that_postgresql_cannot_keep_is_named(sqlite_db, postgresql_url):
    instruments.add_if_new(sqlite_db, an_instrument(id="cn_one", title="Lamps\0"))

    with pytest.raises(UnstorableTextError, match="NUL"):
        copy_store(_place_of(sqlite_db), postgresql_url, quiet)


def test_empty_text_nothing_zero_and_bytes_have_hashes_of_their_own(sqlite_db, db):
    hashes = set()
    for value in ("", "0", "n", "b0:", "第一条\u2002", "\U0001f4a1"):
        execute(db, "DELETE FROM facts")
        execute(db, "INSERT INTO facts (id, listed) VALUES (1, :listed)", listed=value)
        hashes.add(digest(db, TABLES["facts"], 1).sha256)
    assert len(hashes) == 6

    for process in (None, ""):
        execute(db, "DELETE FROM keys")
        insert(db, "keys", {"id": 1, "name": "n", "sha256": "x", "made_at": "", "ended_at": process})
        hashes.add(digest(db, TABLES["keys"], 1).sha256)
    assert len(hashes) == 8


def test_an_empty_store_is_copied_as_one(sqlite_db, postgresql_url):
    report = copy_store(_place_of(sqlite_db), postgresql_url, quiet)

    assert {table.rows for _, table in report.tables} == {0}
    with closing(open_database(postgresql_url)) as db:
        assert api_keys.add(db, "ana", "aa", NOW) == 1
