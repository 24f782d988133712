"""The scheduler of a fleet: opens a round when one is due, takes up what stalls, moves on what nobody moved on."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage import fleet_rounds, job_queue
from tracker.config import Settings
from tracker.context import AppContext, ReloadingContext
from tracker.locks import try_round_lock
from tracker.logs import log_event
from tracker.worker.fleet_round import move_on, open_round
from tracker.worker.queue_app import make_queue, take_up_stalled
from tracker.worker.take_jobs import AWAY, closing_service

_KEPT_HOURS = 48.0  # jobs that ended are kept so long, to look at


@dataclass(frozen=True, slots=True)
class SchedulerPace:
    """Seconds: between two rounds, between two looks, of silence before a job is another's, of the longest job."""

    tick: float = 60.0
    look: float = 2.0
    silence: float = 30.0
    longest: float = 4 * 3600.0


@dataclass(frozen=True)
class Scheduler:
    """One of any number of schedulers: a lock of the store lets one of them look at a time, and dies with it."""

    settings: Settings
    contexts: ReloadingContext
    confirm_after: timedelta
    pace: SchedulerPace = SchedulerPace()
    clock: Callable[[], datetime] | None = None

    def run(self, stop: threading.Event) -> None:
        """Look again and again, until told to stop."""
        while not stop.is_set():
            try:
                self.look()
            except AWAY as error:  # it is looked for again
                log_event("store", "away", error=str(error))
            stop.wait(self.pace.look)

    def look(self) -> None:
        """Take up what stalls, and open a round or move on the one that is open, if it is ours to look."""
        with try_round_lock(self.settings.database) as ours:
            if not ours:
                return
            with closing_service(self.contexts.service(clock=self.clock)) as service:
                make_queue(service.db)
                address = str(self.settings.database)
                take_up_stalled(address, service.db, self.pace.silence, self.pace.longest)
                if fleet_rounds.open_round(service.db) is not None:
                    move_on(service)
                elif self._is_due(service):
                    job_queue.forget_old_jobs(service.db, _KEPT_HOURS)
                    open_round(service, self.confirm_after)

    def _is_due(self, service: AppContext) -> bool:
        newest = fleet_rounds.recent(service.db, 1)
        tick = timedelta(seconds=self.pace.tick)
        return not newest or service.clock() - newest[0].started_at >= tick
