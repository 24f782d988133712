"""A round of a fleet: one is open at a time, a job a host, and no stage begins before the one before has ended."""

from __future__ import annotations

from storage import fleet_rounds, pages
from storage.database.connection import execute
from storage.records import FleetStage
from tests.tracker.worker.conftest import SECOND
from tracker.worker.fleet_round import fetch_jobs, move_on, open_round, stage_jobs
from tracker.worker.job_names import StageJob


def stage_of(fed_home):
    current = fleet_rounds.open_round(fed_home.db)
    return current.stage if current else None


def test_what_is_due_becomes_a_job_for_each_host(fed_home, jobs):
    assert open_round(fed_home.service, SECOND)

    assert [(job["queue_name"], job["share"]) for job in jobs()] == [
        ("fetch", "127.0.0.1:9"),
        ("fetch", "127.0.0.1:8"),
    ]
    assert stage_of(fed_home) is FleetStage.FETCH


def test_a_second_scheduler_opens_no_second_round(fed_home, jobs):
    assert open_round(fed_home.service, SECOND)
    assert not open_round(fed_home.service, SECOND)

    assert len(jobs()) == 2
    assert len(fleet_rounds.recent(fed_home.db)) == 1


def test_a_stage_begins_when_no_job_of_the_one_before_is_left(fed_home, jobs, take):
    open_round(fed_home.service, SECOND)
    first, second = (job["id"] for job in jobs())

    take(first, "succeeded")
    move_on(fed_home.service)
    assert stage_of(fed_home) is FleetStage.FETCH
    take(second)
    move_on(fed_home.service)
    assert stage_of(fed_home) is FleetStage.FETCH  # one still runs
    move_on(fed_home.service, but_job=second)  # which its own worker says as it ends

    assert stage_of(fed_home) is FleetStage.LEARN
    assert [job["queue_name"] for job in jobs()] == ["learn"]


def test_a_job_that_fails_holds_up_neither_its_round_nor_its_host(fed_home, jobs, take):
    open_round(fed_home.service, SECOND)
    for job in jobs():
        take(job["id"], "failed")

    move_on(fed_home.service)

    assert stage_of(fed_home) is FleetStage.LEARN


def test_a_round_goes_through_every_stage_and_ends(fed_home, jobs, take):
    open_round(fed_home.service, SECOND)
    stages = []
    while stage_of(fed_home):
        stages.append(stage_of(fed_home))
        for job in jobs():
            take(job["id"], "succeeded")
        move_on(fed_home.service)

    assert stages == list(FleetStage)
    assert fleet_rounds.recent(fed_home.db)[0].ended_at is not None
    assert open_round(fed_home.service, SECOND)


def test_moving_on_twice_puts_nothing_into_the_queue_twice(fed_home, jobs, take):
    open_round(fed_home.service, SECOND)
    for job in jobs():
        take(job["id"], "succeeded")
    move_on(fed_home.service)
    execute(fed_home.db, "UPDATE fleet_rounds SET stage = 'fetch'")  # as if killed before the stage was noted

    move_on(fed_home.service)

    assert [job["queue_name"] for job in jobs()] == ["learn"]
    assert stage_of(fed_home) is FleetStage.LEARN


def test_a_round_that_lost_its_jobs_moves_on(fed_home, jobs):
    open_round(fed_home.service, SECOND)
    execute(fed_home.db, "DELETE FROM procrastinate_jobs")

    move_on(fed_home.service)

    assert stage_of(fed_home) is FleetStage.LEARN


def test_with_nothing_due_a_round_still_takes_what_was_left_to_its_end(fed_home, jobs):
    open_round(fed_home.service, SECOND)
    number = fleet_rounds.open_round(fed_home.db).id
    assert fetch_jobs(fed_home.service, number, []) == []


def test_reading_is_shared_out_among_the_workers_and_the_rest_is_one_job(fed_home):
    open_round(fed_home.service, SECOND)
    current = fleet_rounds.open_round(fed_home.db)

    assert [job.share for job in stage_jobs(current, FleetStage.READ, 3)] == ["0", "1", "2"]
    assert len(stage_jobs(current, FleetStage.READ, 0)) == 1
    assert len(stage_jobs(current, FleetStage.READ, 100)) == 16
    assert len(stage_jobs(current, FleetStage.COMPARE, 3)) == 1


def test_a_job_is_told_in_plain_values_and_understood(fed_home):
    numbers = tuple(page.id for page in pages.all_pages(fed_home.db))
    job = StageJob(7, FleetStage.FETCH, "law.example", pages=numbers, at="2026-03-02T09:00:00+00:00")

    assert StageJob.from_args(job.as_args()) == job
    assert job.queueing_lock == "7 fetch law.example"
