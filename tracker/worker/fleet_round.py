"""A round of a fleet: planned and opened by a scheduler, moved on from stage to stage by whoever ends the last job."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from crawlers.hosts.host_lock import host_key
from storage import fleet_rounds, job_queue
from storage.database.connection import transaction
from storage.database.fence import unfenced_place
from storage.records import FleetRound, FleetStage, Page
from tracker.context import AppContext
from tracker.pipeline.round_baseline import RoundBaseline
from tracker.pipeline.steps.guards.repair_archive import repair_archive
from tracker.pipeline.steps.plan_fetches import plan_fetches
from tracker.worker.job_names import StageJob
from tracker.worker.queue_app import defer

_SIGN_OF_LIFE = 60.0  # seconds within which a worker counts when a stage is shared out
_MOST_SHARES = 16


def open_round(service: AppContext, confirm_after: timedelta) -> bool:
    """Plan what is due and put it into the queue, a job for each host; return whether the round is ours.

    Killed in between it leaves a round without jobs, which moves on; what was due is due in the next one.
    """
    before = RoundBaseline.of(service)
    repair_archive(service)
    pages_due = plan_fetches(service, None, all_pages=False, confirm_after=confirm_after)
    with transaction(service.db):
        number = fleet_rounds.begin(service.db, before.as_json(), service.clock())
    if number is None:
        return False
    at = before.started_at.isoformat() if service.given_clock else ""
    defer(_address(service), fetch_jobs(service, number, pages_due, at))
    return True


def fetch_jobs(service: AppContext, round_id: int, pages_due: Sequence[Page], at: str = "") -> list[StageJob]:
    """Return a job for each host: what one host is asked, one worker asks."""
    by_host: dict[str, list[int]] = defaultdict(list)
    for page in pages_due:
        by_host[host_key(service.sources[page.source_id].urls[0])].append(page.id)
    return [StageJob(round_id, FleetStage.FETCH, host, pages=tuple(ids), at=at) for host, ids in by_host.items()]


def move_on(service: AppContext, but_job: int = 0) -> None:
    """Let the open round go on to its next stage when no job of the present one is left, *but_job* not counted.

    The jobs are put into the queue first: killed in between, the stage is begun again, and what is done stays done.
    """
    db = service.db
    with transaction(db):
        current = fleet_rounds.open_round(db)
        if current is None or job_queue.unfinished_jobs(db, current.id, current.stage, but_job):
            return
        stage = current.stage.next
        if stage is None:
            fleet_rounds.end(db, current.id, service.clock())
            return
        at = RoundBaseline.from_json(current.baseline).started_at.isoformat() if service.given_clock else ""
        defer(_address(service), stage_jobs(current, stage, job_queue.live_workers(db, _SIGN_OF_LIFE), at))
        fleet_rounds.move_on(db, current.id, stage)


def stage_jobs(current: FleetRound, stage: FleetStage, workers: int, at: str = "") -> list[StageJob]:
    """Return the jobs of a stage after the fetching: reading is shared out among the workers."""
    shares = max(1, min(workers, _MOST_SHARES)) if stage is FleetStage.READ else 1
    return [StageJob(current.id, stage, str(share), shares, at=at) for share in range(shares)]


def _address(service: AppContext) -> str:
    return unfenced_place(str(service.settings.database))
