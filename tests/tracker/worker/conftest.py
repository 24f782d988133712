"""What a fleet's tests need: a home on PostgreSQL with a queue, whose pages are fed by hand."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta

import pytest

from storage.database.connection import execute, query
from tests.tracker.pipeline.builders import FedHome, a_source
from tracker.worker.queue_app import make_queue

URLS = ("http://127.0.0.1:9/a", "http://127.0.0.1:9/b", "http://127.0.0.1:8/c")


@pytest.fixture
def fed_home(tmp_path, postgresql_url):
    """A home of two sources on two hosts, with a queue beside its store."""
    sources = (a_source("cn_one", *URLS[:2]), a_source("cn_two", URLS[2]))
    home = FedHome(tmp_path, *sources, database_url=postgresql_url)
    make_queue(home.db)
    with closing(home.db):
        yield home


@pytest.fixture
def jobs(fed_home):
    """Ask the queue for its jobs: what is asked of which stage, in which state."""

    def ask(status="todo"):
        sql = "SELECT id, queue_name, args ->> 'share' AS share, attempts FROM procrastinate_jobs"
        return query(fed_home.db, f"{sql} WHERE CAST(status AS text) = :status ORDER BY id", status=status)

    return ask


@pytest.fixture
def take(fed_home):
    """Take a job as a worker of this number would, and say nothing afterwards; or end it."""

    def do(job_id, status="doing", worker=None):
        if worker is not None:
            silence = "now() - interval '1 hour'"
            execute(fed_home.db, "INSERT INTO procrastinate_workers (id, last_heartbeat) OVERRIDING SYSTEM VALUE"
                            f" VALUES (:id, {silence}) ON CONFLICT DO NOTHING", id=worker)  # fmt: skip
        execute(
            fed_home.db,
            "UPDATE procrastinate_jobs SET status = CAST(:status AS procrastinate_job_status), worker_id = :worker"
            " WHERE id = :id",
            status=status,
            worker=worker,
            id=job_id,
        )

    return do


SECOND = timedelta(seconds=1)
