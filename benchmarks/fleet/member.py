"""One process of the drill's fleet: `python -m benchmarks.fleet.member worker|scheduler`, at a pace that a drill bears.

The day is what the file ``today`` of the home says.
"""

from __future__ import annotations

import signal
import sys
import threading
from datetime import datetime, timedelta
from itertools import count

from crawlers.child.parent_watch import die_with_parent
from tracker.config import load
from tracker.context import ReloadingContext
from tracker.worker.schedule_rounds import Scheduler, SchedulerPace
from tracker.worker.take_jobs import Worker, WorkerPace

SILENCE = 3.0  # seconds until the jobs of a worker that says nothing are another's
_AT_ONCE = timedelta()


def main(kind: str) -> None:
    """Be a worker or a scheduler until killed."""
    die_with_parent()
    settings = load()
    contexts = ReloadingContext(settings)
    if kind == "worker":
        Worker(settings, contexts, _AT_ONCE, side_by_side=2, pace=WorkerPace(0.5, SILENCE, 0.5)).run()
        return
    ticks = count(1)

    def today() -> datetime:
        text = (settings.home / "today").read_text(encoding="ascii")
        return datetime.fromisoformat(text) + timedelta(microseconds=next(ticks))

    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    pace = SchedulerPace(tick=12 * 3600, look=0.3, silence=SILENCE, longest=60)
    Scheduler(settings, contexts, _AT_ONCE, pace, today).run(stop)


if __name__ == "__main__":
    main(sys.argv[1])
