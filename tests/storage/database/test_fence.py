"""What a worker may write once its job was given to another: nothing."""

from __future__ import annotations

from contextlib import closing

import pytest

from storage import instruments
from storage.database.connection import execute, query, refuse_zombie, transaction
from storage.database.fence import Fence, fenced_place
from storage.errors import FencedError
from storage.schema.open import open_database
from tests.storage.builders import an_instrument


@pytest.fixture
def store(postgresql_url):
    with closing(open_database(postgresql_url)) as db:
        execute(db, "CREATE TABLE procrastinate_jobs (id bigint, attempts int, status text)")
        execute(db, "INSERT INTO procrastinate_jobs VALUES (7, 2, 'doing')")
        yield db


@pytest.fixture
def worker(store, postgresql_url):
    with closing(open_database(fenced_place(postgresql_url, Fence(7, 2)))) as db:
        yield db


def ids(db):
    return [law.id for law in instruments.all_instruments(db)]


def test_who_has_the_job_writes(store, worker):
    with transaction(worker):
        instruments.add_if_new(worker, an_instrument(id="cn_one"))
    instruments.add_if_new(worker, an_instrument(id="cn_two"))
    refuse_zombie(worker)

    assert ids(store) == ["cn_one", "cn_two"]


@pytest.mark.parametrize("became", ["attempts = 3", "status = 'todo'", "status = 'failed'", "id = 8"])
def test_whose_job_is_another_attempts_writes_nothing(store, worker, became):
    execute(store, f"UPDATE procrastinate_jobs SET {became}")

    with pytest.raises(FencedError, match="job 7 was given to another worker"), transaction(worker):
        instruments.add_if_new(worker, an_instrument(id="cn_one"))
    with pytest.raises(FencedError):
        instruments.add_if_new(worker, an_instrument(id="cn_two"))  # outside of any transaction, too
    with pytest.raises(FencedError):
        refuse_zombie(worker)
    assert ids(store) == []
    assert ids(worker) == []  # reading is free, and the connection is whole
    with transaction(store):
        instruments.add_if_new(store, an_instrument(id="cn_three"))  # the writer's lock was given back


def test_a_transaction_that_was_begun_in_time_ends_whole(store, worker, postgresql_url):
    with closing(open_database(postgresql_url)) as reaper:
        reaper.execute("SET lock_timeout = '100ms'")
        with transaction(worker):
            instruments.add_if_new(worker, an_instrument(id="cn_one"))
            with pytest.raises(Exception, match="lock timeout"):
                query(reaper, "UPDATE procrastinate_jobs SET attempts = 3 RETURNING id")

    assert ids(store) == ["cn_one"]


def test_a_connection_without_a_job_is_never_refused(store, sqlite_db):
    refuse_zombie(store)
    refuse_zombie(sqlite_db)
