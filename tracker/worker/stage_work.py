"""What a worker does for one job: the pipeline's own stage, over the pages that are the job's."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from datetime import timedelta

from crawlers.hosts.host_lock import host_key
from storage import checks, fleet_rounds, pages
from storage.records import FleetRound, FleetStage, Page, Stage
from tracker.context import AppContext
from tracker.pipeline import run
from tracker.pipeline.round_baseline import RoundBaseline
from tracker.pipeline.round_report import NoProgress
from tracker.pipeline.steps.fetch_pages import fetch_pages
from tracker.pipeline.steps.guards.check_clock import is_clock_wrong
from tracker.pipeline.steps.learn_furniture import look_to_learn
from tracker.pipeline.steps.read_snapshots import read_snapshots
from tracker.pipeline.steps.report_problems import report_problems
from tracker.worker.job_names import StageJob

_LOOKS = 5  # crawls at most, where the one before ended without looking at every page
StageWork = Callable[[AppContext, RoundBaseline, StageJob, timedelta], None]
STAGE_OF_PROBLEM = {
    FleetStage.FETCH: Stage.FETCH,
    FleetStage.LEARN: Stage.READ,
    FleetStage.READ: Stage.READ,
    FleetStage.CONFIRM: Stage.READ,
    FleetStage.COMPARE: Stage.COMPARE,
    FleetStage.COMPOSE: Stage.COMPOSE,
    FleetStage.DELIVER: Stage.DELIVERY,
}
"""Under which stage an operator is told that a job failed as a whole."""


def do_stage(service: AppContext, job: StageJob, confirm_after: timedelta) -> bool:
    """Do *job*, unless its round has gone on without it; return whether it was done."""
    current = fleet_rounds.open_round(service.db)
    if current is None or not _is_timely(current, job):
        return False
    _WORK[job.stage](service, RoundBaseline.from_json(current.baseline), job, confirm_after)
    return True


def _is_timely(current: FleetRound, job: StageJob) -> bool:
    """Return whether a job's stage is not over; one that was just put into the queue may be a moment early."""
    stages = list(FleetStage)
    return current.id == job.round_id and stages.index(current.stage) <= stages.index(job.stage)


def is_of_share(job: StageJob) -> Callable[[Page], bool]:
    """Return which pages are those of a job: all of one host are read by one worker, in their order."""
    return lambda page: zlib.crc32(host_key(page.url).encode()) % job.shares == int(job.share)


def _fetch(service: AppContext, before: RoundBaseline, job: StageJob, _: timedelta) -> None:
    """Look at the pages of one host that nobody has looked at in this round: who was at them may have died."""
    for _look in range(_LOOKS):
        seen_ids = {look.page_id for look in checks.after(service.db, before.rows["checks"])}
        pages_due = [pages.get(service.db, number) for number in job.pages if number not in seen_ids]
        if not pages_due:
            return
        fetch_pages(service, pages_due, unconditional=False, respect_backoff=True)


def _learn(service: AppContext, before: RoundBaseline, _job: StageJob, _: timedelta) -> None:
    look_to_learn(service, before, NoProgress())


def _read(service: AppContext, _before: RoundBaseline, job: StageJob, _: timedelta) -> None:
    read_snapshots(service, is_of_share(job))


def _confirm(service: AppContext, before: RoundBaseline, _job: StageJob, confirm_after: timedelta) -> None:
    run.confirm(service, before, confirm_after)


def _compare(service: AppContext, _before: RoundBaseline, _job: StageJob, _: timedelta) -> None:
    for step in run.COMPARE:
        step(service)


def _compose(service: AppContext, before: RoundBaseline, _job: StageJob, _: timedelta) -> None:
    for step in (report_problems,) if is_clock_wrong(service, before) else run.COMPOSE:
        step(service)


def _deliver(service: AppContext, _before: RoundBaseline, _job: StageJob, _: timedelta) -> None:
    for step in run.DELIVER:
        step(service)


_WORK: dict[FleetStage, StageWork] = {
    FleetStage.FETCH: _fetch,
    FleetStage.LEARN: _learn,
    FleetStage.READ: _read,
    FleetStage.CONFIRM: _confirm,
    FleetStage.COMPARE: _compare,
    FleetStage.COMPOSE: _compose,
    FleetStage.DELIVER: _deliver,
}
