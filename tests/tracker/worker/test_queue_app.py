"""The rules a queue is held to: stalled work is taken up, a failing job blocks nobody, and no job runs for ever."""

from __future__ import annotations

import pytest

from storage import job_queue
from storage.database.connection import execute, query
from storage.records import FleetStage
from tracker.worker.job_names import StageJob
from tracker.worker.queue_app import defer, make_queue, take_up_stalled

JOB = StageJob(1, FleetStage.FETCH, "law.example", pages=(1, 2))


@pytest.fixture
def put(fed_home, postgresql_url):
    """Put a job into the queue and return its number."""

    def do(job=JOB):
        defer(postgresql_url, [job])
        return query(fed_home.db, "SELECT max(id) AS id FROM procrastinate_jobs")[0]["id"]

    return do


def test_a_queue_is_made_once(fed_home):
    make_queue(fed_home.db)
    assert "procrastinate_jobs" in fed_home.db.table_names()


def test_a_job_waits_in_the_queue_once(fed_home, jobs, postgresql_url):
    assert defer(postgresql_url, [JOB, JOB]) == 1
    assert defer(postgresql_url, [JOB]) == 0
    assert len(jobs()) == 1


def test_the_job_of_a_worker_that_says_nothing_is_taken_up(fed_home, put, jobs, take, postgresql_url):
    number = put()
    take(number, worker=70)

    assert take_up_stalled(postgresql_url, fed_home.db, silence=30, longest=3600) == [number]

    assert [(job["id"], job["attempts"]) for job in jobs()] == [(number, 1)]


def test_the_job_of_a_worker_that_is_gone_from_the_table_is_taken_up(fed_home, put, jobs, take, postgresql_url):
    number = put()
    take(number)  # its worker was pruned: the row names none

    assert take_up_stalled(postgresql_url, fed_home.db, silence=30, longest=3600) == [number]


def test_the_job_of_a_living_worker_is_its_own(fed_home, put, jobs, take, postgresql_url):
    number = put()
    take(number, worker=70)
    execute(fed_home.db, "UPDATE procrastinate_workers SET last_heartbeat = now()")

    assert take_up_stalled(postgresql_url, fed_home.db, silence=30, longest=3600) == []
    assert [job["id"] for job in jobs("doing")] == [number]


def test_a_stalled_job_whose_like_waits_already_ends_and_that_one_runs(fed_home, put, jobs, take, postgresql_url):
    number = put()
    take(number, worker=70)
    sibling = put()

    take_up_stalled(postgresql_url, fed_home.db, silence=30, longest=3600)

    assert [job["id"] for job in jobs("failed")] == [number]
    assert [job["id"] for job in jobs()] == [sibling]


def test_a_job_that_runs_for_ever_is_taken_from_a_living_worker(fed_home, put, jobs, take, postgresql_url):
    number = put()
    take(number, worker=70)
    execute(fed_home.db, "UPDATE procrastinate_workers SET last_heartbeat = now()")
    execute(fed_home.db, "UPDATE procrastinate_events SET at = now() - interval '5 hours'")

    assert take_up_stalled(postgresql_url, fed_home.db, silence=30, longest=4 * 3600) == [number]
    assert jobs()[0]["attempts"] == 1


def test_a_job_that_ends_its_workers_is_given_up(fed_home, put, jobs, take, postgresql_url):
    number = put()
    for _ in range(5):
        take(number, worker=70)
        take_up_stalled(postgresql_url, fed_home.db, silence=30, longest=3600)

    assert [job["id"] for job in jobs("failed")] == [number]
    assert jobs() == jobs("doing") == []


def test_jobs_are_counted_by_stage_and_state(fed_home, put, take):
    take(put(), "failed")
    put(StageJob(1, FleetStage.READ))

    assert {(row.stage, row.status): row.jobs for row in job_queue.counts(fed_home.db)} == {
        ("fetch", "failed"): 1,
        ("read", "todo"): 1,
    }


def test_old_jobs_are_forgotten_and_open_ones_never(fed_home, put, take, jobs):
    ended_job = put()
    take(ended_job, "succeeded")
    waiting_job = put(StageJob(1, FleetStage.READ))
    execute(fed_home.db, "UPDATE procrastinate_events SET at = now() - interval '3 days'")

    assert job_queue.forget_old_jobs(fed_home.db, 48) == 1
    assert [job["id"] for job in jobs()] == [waiting_job]
    assert job_queue.forget_old_jobs(fed_home.db, 48) == 0


def test_a_store_without_a_queue_has_no_counts(db):
    assert job_queue.counts(db) == []
