import multiprocessing
import os
import signal
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from storage import instruments, problems, versions
from storage.database.connection import execute, find_damage, newest_row, query, transaction
from storage.errors import (
    DamagedDatabaseError,
    NewerSchemaError,
    OtherDatabaseError,
    StorageError,
    UnopenableDatabaseError,
)
from storage.records import Instrument, Stage, Subject
from storage.schema.open import open_database
from tests.storage.builders import NOW, a_version, an_article, an_instrument

FORK = multiprocessing.get_context("spawn")


def test_a_new_database_is_ready_for_many_processes(sqlite_db):
    assert sqlite_db.journal_mode == "wal"
    assert query(sqlite_db, "PRAGMA foreign_keys") == [{"foreign_keys": 1}]
    assert query(sqlite_db, "PRAGMA busy_timeout") == [{"timeout": 10_000}]
    assert find_damage(sqlite_db) == []


_OTHERS = ("_", "search_words")  # of sqlite-utils and of the full-text index


def test_every_table_of_ours_is_strict_and_its_references_lead_somewhere(sqlite_db):
    ours = [table for table in sqlite_db.tables if not table.name.startswith(_OTHERS)]

    assert len(ours) >= 17
    assert [table.name for table in ours if not table.strict] == []
    targets = {(key.other_table, key.other_column) for table in ours for key in table.foreign_keys}
    assert all(column in sqlite_db.table(table).columns_dict for table, column in targets)


def test_opening_twice_changes_nothing(tmp_path):
    path = tmp_path / "clausewatch.db"
    first = open_database(path)
    instruments.add_if_new(first, an_instrument())
    first.close()

    again = open_database(path)

    assert instruments.get(again, "cn_lamp") == an_instrument()
    again.close()


def test_a_database_of_a_newer_schema_is_refused_in_one_line_and_not_touched(tmp_path):
    path = tmp_path / "clausewatch.db"
    db = open_database(path)
    row = {"migration_set": "clausewatch", "name": "m999_tomorrow", "applied_at": "2030-01-01"}
    db.table("_sqlite_migrations").insert(row)
    db.close()
    before = path.read_bytes()

    with pytest.raises(NewerSchemaError, match=r"newer Clausewatch.*m999_tomorrow") as error:
        open_database(path)

    assert "\n" not in str(error.value)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda good: b"<html>not a database at all</html>" * 100, id="another kind of file"),
        pytest.param(lambda good: good[: len(good) // 2], id="cut off"),
        pytest.param(lambda good: good[:100] + b"\xff" * 8000 + good[8100:], id="overwritten"),
    ],
)
def test_a_damaged_file_is_refused_in_one_line_and_not_touched(tmp_path, spoil):
    path = tmp_path / "clausewatch.db"
    open_database(path).close()
    spoilt = spoil(path.read_bytes())
    path.write_bytes(spoilt)

    with pytest.raises(DamagedDatabaseError, match=r"clausewatch\.db: .*damaged") as error:
        open_database(path)

    assert "\n" not in str(error.value)
    assert path.read_bytes() == spoilt


def test_damage_deep_in_the_file_is_named_when_it_is_met(tmp_path):
    path = tmp_path / "clausewatch.db"
    db = open_database(path)
    for number in range(300):
        instruments.add_if_new(db, an_instrument(id=f"cn_{number}", title="灯" * 300))
    db.close()
    content = path.read_bytes()
    page = content.index("灯".encode() * 300) // 4096
    path.write_bytes(content[: page * 4096] + b"\xff" * 4096 + content[(page + 1) * 4096 :])

    db = open_database(path)

    with pytest.raises(DamagedDatabaseError):
        instruments.all_instruments(db)
    assert find_damage(db) != []
    db.close()


def test_the_database_of_another_program_is_left_alone(tmp_path):
    path = tmp_path / "other.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE recipes (name TEXT)")
    other.close()
    before = path.read_bytes()

    with pytest.raises(OtherDatabaseError, match="another program"):
        open_database(path)

    assert path.read_bytes() == before


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UnopenableDatabaseError, match="nowhere"):
        open_database(tmp_path / "nowhere" / "clausewatch.db")
    assert issubclass(UnopenableDatabaseError, StorageError)


def test_an_error_in_the_middle_undoes_everything_sqlite_utils_wrote_too(sqlite_db):
    def break_off():
        with transaction(sqlite_db):
            a_version(sqlite_db, an_article(1), an_article(2))  # inserts, bulk inserts and updates of several tables
            sqlite_db.table("instruments").upsert({**_row(), "title": "Changed"}, pk="id")
            problems.open_or_touch(sqlite_db, Subject.of_source("cn_cac_lamp"), Stage.READ, "odd", "", NOW)
            assert sqlite_db.conn.in_transaction
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_off()

    assert {
        table.name: table.count for table in sqlite_db.tables if not table.name.startswith(_OTHERS) and table.count
    } == {}
    assert not sqlite_db.conn.in_transaction


def _row():
    return {"id": "cn_lamp", "jurisdiction": "cn", "title": "", "title_native": "", "source_id": "", "url": ""}


def test_a_part_that_fails_is_undone_alone_when_the_whole_goes_on(db):
    def part():
        with transaction(db):
            instruments.add_if_new(db, an_instrument(id="cn_two"))
            raise ValueError("only this part")

    with transaction(db):
        instruments.add_if_new(db, an_instrument(id="cn_one"))
        with pytest.raises(ValueError, match="only this part"):
            part()

    assert [instrument.id for instrument in instruments.all_instruments(db)] == ["cn_one"]


def test_nobody_else_sees_a_transaction_before_it_ends(tmp_path):
    path = tmp_path / "clausewatch.db"
    one, two = open_database(path), open_database(path)

    with transaction(one):
        instruments.add_if_new(one, an_instrument())
        assert instruments.find(two, "cn_lamp") is None

    assert instruments.find(two, "cn_lamp") is not None
    one.close()
    two.close()


def test_a_process_killed_in_a_transaction_leaves_nothing_of_it(tmp_path):
    path = tmp_path / "clausewatch.db"
    db = open_database(path)
    a_version(db)
    child = FORK.Process(target=_write_and_wait, args=(path, tmp_path / "written"))
    child.start()
    _wait_for(tmp_path / "written")

    os.kill(child.pid, signal.SIGKILL)
    child.join()

    assert len(versions.of_instrument(db, "cn_lamp")) == 1
    assert db.table("versions").count == 1
    with transaction(db):  # and nothing stands in the way of the next
        a_version(db)
    assert find_damage(db) == []
    db.close()


def _write_and_wait(path, flag):
    db = open_database(path)
    db.execute("PRAGMA cache_size = 1")  # so that pages reach the disk before the end
    with transaction(db):
        a_version(db, *(an_article(number) for number in range(500)))
        flag.touch()
        time.sleep(60)


def _wait_for(flag):
    end = time.monotonic() + 30
    while not flag.exists():
        assert time.monotonic() < end, "the child did not begin"
        time.sleep(0.01)


def test_several_processes_read_then_write_and_none_fails(tmp_path):
    path = tmp_path / "clausewatch.db"
    db = open_database(path)
    instruments.add_if_new(db, Instrument("cn_count", "cn", "0"))
    children = [FORK.Process(target=_count_up, args=(path,)) for _ in range(4)]

    for child in children:
        child.start()
    for child in children:
        child.join()

    assert [child.exitcode for child in children] == [0, 0, 0, 0]
    assert instruments.get(db, "cn_count").title == "800"
    db.close()


def _count_up(path):
    db = open_database(path)
    for _ in range(200):
        with transaction(db):
            number = int(instruments.get(db, "cn_count").title) + 1
            execute(db, "UPDATE instruments SET title = :title", title=str(number))
    db.close()


def test_several_processes_may_open_a_new_home_at_once(tmp_path):
    path = tmp_path / "clausewatch.db"
    children = [FORK.Process(target=_open_at, args=(path, time.time() + 1.5)) for _ in range(4)]

    for child in children:
        child.start()
    for child in children:
        child.join()

    assert [child.exitcode for child in children] == [0, 0, 0, 0]
    db = open_database(path)
    step_names = [row["name"] for row in db.table("_sqlite_migrations").rows]
    assert len(step_names) == len(set(step_names)) > 0
    db.close()


def _open_at(path, when):
    time.sleep(max(0.0, when - time.time()))
    open_database(path).close()


def test_an_open_database_may_pass_to_another_thread(db):
    with ThreadPoolExecutor(1) as other:
        assert other.submit(instruments.add_if_new, db, an_instrument()).result()

    assert instruments.get(db, "cn_lamp") == an_instrument()


def test_the_newest_row_of_a_table_counts_what_was_stored(db):
    assert newest_row(db, "instruments") == 0
    for name in ("cn_one", "cn_one", "cn_two"):
        instruments.add_if_new(db, an_instrument(id=name))

    assert newest_row(db, "instruments") == 2


def test_an_instant_without_a_time_zone_is_refused(sqlite_db):
    with pytest.raises(AssertionError, match="time zone"):
        instruments.add_if_new(
            sqlite_db, an_instrument(first_seen_at=datetime(2026, 11, 25, tzinfo=UTC).replace(tzinfo=None))
        )


def test_run_says_how_many_rows_it_touched(sqlite_db):
    instruments.add_if_new(sqlite_db, an_instrument())

    assert execute(sqlite_db, "UPDATE instruments SET title = 'x'") == 1
