"""What a worker does for one job: the pipeline's own stage, over the pages that are the job's, and only in time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage import fleet_rounds, problems, versions
from storage.database.connection import execute
from storage.database.fence import Fence, fenced_place
from storage.errors import FencedError
from storage.records import FleetStage
from tests.tracker.pipeline.builders import a_rule
from tests.tracker.worker.conftest import SECOND, URLS
from tracker.context import open_context
from tracker.worker.fleet_round import open_round
from tracker.worker.job_names import StageJob
from tracker.worker.queue_app import defer
from tracker.worker.stage_work import do_stage, is_of_share
from tracker.worker.take_jobs import clock_of

AT_ONCE = timedelta()


@pytest.fixture
def at_stage(fed_home):
    """Open a round and let it be at a stage; return a job of it."""

    def do(stage, **more):
        open_round(fed_home.service, SECOND)
        current = fleet_rounds.open_round(fed_home.db)
        fleet_rounds.move_on(fed_home.db, current.id, stage)
        return StageJob(current.id, stage, **more)

    return do


def test_every_stage_of_a_round_is_done_and_a_law_is_read(fed_home, at_stage):
    for url in URLS:
        fed_home.keep(url, a_rule(title=f"练习服务管理规定{url[-1]}"))
    for stage in list(FleetStage)[2:]:
        if fleet_rounds.open_round(fed_home.db):
            fleet_rounds.end(fed_home.db, fleet_rounds.open_round(fed_home.db).id, fed_home.clock())
        assert do_stage(fed_home.service, at_stage(stage), AT_ONCE)

    assert len(versions.pages_since(fed_home.db, 0)) == 3
    assert problems.open_problems(fed_home.db) == []


def test_shares_read_every_page_once_and_a_host_whole(fed_home, at_stage):
    for url in URLS:
        fed_home.keep(url, a_rule(title=f"练习服务管理规定{url[-1]}"))
    shares = [at_stage(FleetStage.READ, share=str(number), shares=4) for number in range(4)]
    owners = {url: [job.share for job in shares if is_of_share(job)(fed_home.page(url))] for url in URLS}

    assert all(len(owner_jobs) == 1 for owner_jobs in owners.values())
    assert owners[URLS[0]] == owners[URLS[1]]
    for job in shares:
        do_stage(fed_home.service, job, AT_ONCE)
    assert len(versions.pages_since(fed_home.db, 0)) == 3


def test_a_job_of_a_stage_that_is_over_does_nothing(fed_home, at_stage):
    fed_home.keep(URLS[0], a_rule())
    job = at_stage(FleetStage.READ)
    fleet_rounds.move_on(fed_home.db, job.round_id, FleetStage.COMPARE)

    assert not do_stage(fed_home.service, job, AT_ONCE)
    assert versions.pages_since(fed_home.db, 0) == set()


def test_a_job_of_another_round_does_nothing(fed_home, at_stage):
    job = at_stage(FleetStage.READ)
    fleet_rounds.end(fed_home.db, job.round_id, fed_home.clock())

    assert not do_stage(fed_home.service, job, AT_ONCE)


def test_a_job_that_is_a_moment_early_is_done(fed_home, at_stage):
    job = at_stage(FleetStage.READ)
    fleet_rounds.move_on(fed_home.db, job.round_id, FleetStage.LEARN)

    assert do_stage(fed_home.service, job, AT_ONCE)


def test_what_was_looked_at_in_the_round_is_not_fetched_again(fed_home, at_stage):
    job = at_stage(FleetStage.FETCH, pages=tuple(fed_home.page(url).id for url in URLS[:2]))
    for url in URLS[:2]:
        fed_home.keep(url, a_rule())  # by the worker that died at them

    assert do_stage(fed_home.service, job, AT_ONCE)  # nobody answers at these addresses, and nobody is asked
    assert problems.open_problems(fed_home.db) == []


def test_a_zombie_stores_no_version(fed_home, at_stage, jobs, take, postgresql_url):
    for url in URLS:
        fed_home.keep(url, a_rule())
    job = at_stage(FleetStage.READ)
    defer(postgresql_url, [job])
    [number] = [row["id"] for row in jobs()]
    take(number)
    settings = fed_home.service.settings
    place = fenced_place(postgresql_url, Fence(number, 0))
    zombie = open_context(settings.model_copy(update={"database_url": place}), fed_home.sources, (), fed_home.clock,
                          to_watch=False)  # fmt: skip
    execute(fed_home.db, "UPDATE procrastinate_jobs SET attempts = 1")

    with pytest.raises(FencedError):
        do_stage(zombie, job, AT_ONCE)

    zombie.db.close()
    assert versions.pages_since(fed_home.db, 0) == set()


def test_a_drill_gives_each_stage_a_later_time():
    clocks = [clock_of(StageJob(1, stage, at="2026-03-02T09:00:00+00:00")) for stage in FleetStage]
    times = [clock() for clock in clocks for _ in range(2)]

    assert times == sorted(times)
    assert clock_of(StageJob(1, FleetStage.READ)) is None
