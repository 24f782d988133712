"""The queue as an application of procrastinate: jobs put into it, and taken up again when their worker is gone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from procrastinate import App, JobContext, PsycopgConnector, SyncPsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException, UniqueViolation
from procrastinate.jobs import Status
from procrastinate.schema import SchemaManager
from sqlite_utils import Database

from storage import job_queue
from tracker.worker.job_names import TASK, StageJob

QUEUE_ERRORS = (ConnectorException,)
"""What is raised when the store of the queue is away."""
_MOST_ATTEMPTS = 5  # a job that ends its worker so often is given up: its rows are due in the next round


def make_queue(db: Database) -> None:
    """Make the tables of the queue in the store when it has none."""
    job_queue.make_if_missing(db, SchemaManager.get_schema())


def worker_app(address: str, do: Callable[[JobContext, StageJob], None]) -> App:
    """Return the application with which a worker takes jobs, each done by *do*."""
    app = App(connector=PsycopgConnector(conninfo=address, min_size=1, max_size=6))

    @app.task(name=TASK, pass_context=True)
    def stage(context: JobContext, /, **args: Any) -> None:
        do(context, StageJob.from_args(args))

    return app


def defer(address: str, jobs: Iterable[StageJob]) -> int:
    """Put *jobs* into the queue; return how many. One that waits there already is left as it is."""
    count = 0
    app = App(connector=SyncPsycopgConnector(conninfo=address, min_size=1, max_size=1))
    with app.open():
        for job in jobs:
            with suppress(AlreadyEnqueued):
                lock, queue = job.queueing_lock, job.stage.value
                app.configure_task(TASK, queue=queue, queueing_lock=lock).defer(**job.as_args())
                count += 1
    return count


def take_up_stalled(address: str, db: Database, silence: float, longest: float) -> list[int]:
    """Let the jobs be done again whose workers gave no sign of life for *silence* seconds, or that run for *longest*.

    Return them. What their workers still write is refused: the next attempt has the job.
    """
    overdue = job_queue.overdue_jobs(db, longest)
    return asyncio.run(_take_up(address, db, silence, overdue))


async def _take_up(address: str, db: Database, silence: float, overdue: list[int]) -> list[int]:
    app = App(connector=PsycopgConnector(conninfo=address, min_size=1, max_size=2))
    async with app.open_async():
        stalled = [job.id for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=silence)]
        numbers = sorted({number for number in (*stalled, *overdue) if number is not None})
        for number in numbers:
            if job_queue.attempts_of(db, number) + 1 >= _MOST_ATTEMPTS:
                await _give_up(app, number)
                continue
            try:
                await app.job_manager.retry_job_by_id_async(job_id=number, retry_at=datetime.now(UTC))
            except UniqueViolation:  # one like it waits already: this one ends, and that one runs
                await _give_up(app, number)
            except ConnectorException:  # it ended meanwhile, or another scheduler was first
                continue
    return numbers


async def _give_up(app: App, number: int) -> None:
    with suppress(ConnectorException):
        await app.job_manager.finish_job_by_id_async(job_id=number, status=Status.FAILED, delete_job=False)
