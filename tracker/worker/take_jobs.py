"""A worker: takes jobs out of the queue until it is told to stop, and connects again when the store was away."""

from __future__ import annotations

import asyncio
import logging
import signal
import time
import traceback
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

import psycopg
from procrastinate import App, JobContext
from psycopg_pool import PoolTimeout

from storage import problems
from storage.database.connection import transaction
from storage.database.fence import Fence, fenced_place
from storage.errors import FencedError, StorageError
from storage.records import FleetStage, Subject
from tracker.config import Settings
from tracker.context import AppContext, Clock, ReloadingContext
from tracker.logs import log_event
from tracker.pipeline.error_boundary import DEFECT
from tracker.worker.fleet_round import move_on
from tracker.worker.job_names import StageJob
from tracker.worker.queue_app import QUEUE_ERRORS, make_queue, worker_app
from tracker.worker.stage_work import STAGE_OF_PROBLEM, do_stage

AWAY: tuple[type[Exception], ...] = (*QUEUE_ERRORS, StorageError, psycopg.Error, PoolTimeout, OSError)
"""What is raised when the store is away."""
_PATIENCE = 120.0  # seconds in which a store that is away may come back
_AGAIN = 1.0  # seconds between two tries to connect


@dataclass(frozen=True, slots=True)
class WorkerPace:
    """How often a worker gives a sign of life, after how long a silence its jobs are another's, how often it asks."""

    heartbeat: float = 5.0
    silence: float = 30.0
    poll: float = 1.0


@dataclass(frozen=True)
class Worker:
    """One process that does jobs: several side by side, of some stages or of all."""

    settings: Settings
    contexts: ReloadingContext
    confirm_after: timedelta
    stages: tuple[FleetStage, ...] = tuple(FleetStage)
    side_by_side: int = 4
    pace: WorkerPace = WorkerPace()

    def run(self) -> None:
        """Do jobs until told to stop (SIGTERM, SIGINT); the jobs in hand are finished first."""
        logging.getLogger("procrastinate").setLevel(logging.CRITICAL)  # what fails is told by a problem and our log
        asyncio.run(self._run())

    async def _run(self) -> None:
        stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        while not stop.is_set():
            try:
                with closing_service(self.contexts.service()) as service:
                    make_queue(service.db)
                await self._take_until(stop)
            except AWAY as error:  # what was in hand is taken up by another, or again
                log_event("store", "away", error=str(error))
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), _AGAIN)

    async def _take_until(self, stop: asyncio.Event) -> None:
        app = worker_app(str(self.settings.database), self.do)
        async with app.open_async():
            taking = asyncio.create_task(self._take(app))
            stopping = asyncio.create_task(stop.wait())
            await asyncio.wait({taking, stopping}, return_when=asyncio.FIRST_COMPLETED)
            stopping.cancel()
            if not taking.done():
                taking.cancel()  # finishes what is in hand
            with suppress(asyncio.CancelledError):
                await taking

    async def _take(self, app: App) -> None:
        await app.run_worker_async(
            queues=[stage.value for stage in self.stages],
            concurrency=self.side_by_side,
            fetch_job_polling_interval=self.pace.poll,
            update_heartbeat_interval=self.pace.heartbeat,
            stalled_worker_timeout=self.pace.silence,
            install_signal_handlers=False,
        )

    def do(self, context: JobContext, job: StageJob) -> None:
        """Do one job within its fence, tell operators when it fails as a whole, and let the round go on."""
        number = context.job.id
        assert number is not None, "a job that nobody put into the queue"
        try:
            self._do_patiently(job, Fence(number, context.job.attempts))
        except StorageError:
            raise  # the store stays away, or the job is another's by now: who has it does it
        except Exception:
            self._tell(job, traceback.format_exc())
            raise
        finally:
            with suppress(*AWAY), closing_service(self._service(job)) as service:
                move_on(service, number)

    def _do_patiently(self, job: StageJob, fence: Fence) -> None:
        """Do a job, again when the store was away meanwhile; raises FencedError once the job is another's."""
        end = time.monotonic() + _PATIENCE
        while True:
            try:
                with closing_service(self._service(job, fence)) as service:
                    is_timely = do_stage(service, job, self.confirm_after)
            except FencedError:
                raise
            except AWAY:
                if time.monotonic() > end:
                    raise
                time.sleep(_AGAIN)
            else:
                log_event("job", job.stage.value, round=job.round_id, share=job.share, is_timely=is_timely)
                return

    def _service(self, job: StageJob, fence: Fence | None = None) -> AppContext:
        """Return the service of one job; delivery's fence is its own lock, held as long as it sends."""
        settings = self.settings
        if fence is not None and job.stage is not FleetStage.DELIVER:
            settings = settings.model_copy(update={"database_url": fenced_place(settings.database_url, fence)})
        return self.contexts.service(settings, clock_of(job))

    def _tell(self, job: StageJob, text: str) -> None:
        with suppress(*AWAY), closing_service(self._service(job)) as service, transaction(service.db):
            subject = Subject.of_step(f"{job.stage.value} of a fleet")
            stage = STAGE_OF_PROBLEM[job.stage]
            problems.open_or_touch(service.db, subject, stage, DEFECT, text[-4000:], service.clock())


@contextmanager
def closing_service(service: AppContext) -> Iterator[AppContext]:
    """Yield *service*, and close its connection afterwards."""
    with closing(service.db):
        yield service


def clock_of(job: StageJob) -> Clock | None:
    """Return the clock that a drill gives a job: a second later for each stage, a microsecond at each look."""
    if not job.at:
        return None
    start = datetime.fromisoformat(job.at) + timedelta(seconds=list(FleetStage).index(job.stage))
    ticks = count(1)
    return lambda: start + timedelta(microseconds=next(ticks))
