"""The drill: three workers and two schedulers play the practice days while they are killed, stopped and cut off."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from datetime import time as hour_of_day
from itertools import count
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.fleet.cluster import Cluster, CutLine
from benchmarks.fleet.end_state import differences, end_state
from crawlers.declaration.load import load
from crawlers.practice import Practice, PracticeDay, days, declarations
from storage import fleet_rounds, subscriptions
from storage.database.connection import query, transaction
from storage.errors import StorageError
from storage.records import Cadence, Channel, Filters
from storage.schema.open import open_database
from tracker.config import DEMO_MARK, Settings
from tracker.context import open_context
from tracker.pipeline.run import one_round

ROOT = Path(__file__).parents[2]
WORKERS, SCHEDULERS = 3, 2
_ANSWER = 0.03  # seconds that a regulator takes for an answer: two at once would be seen
_LONGEST_DAY = 240.0
Act = Callable[[], None]


class SlowPractice(Practice):
    """The practice regulators, who take their time: two requests at once to one of them would be seen."""

    def _route(self, *arguments: Any) -> Any:
        time.sleep(_ANSWER)
        return super()._route(*arguments)


@dataclass
class DrillReport:
    """What came of a drill."""

    seconds: float = 0.0
    disturbances: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)
    busiest: dict[str, int] = field(default_factory=dict)
    mail_files: int = 0
    mail_of_one_machine: int = 0
    told_twice: list[str] = field(default_factory=list)
    taken_up: int = 0

    @property
    def faults(self) -> list[str]:
        """What must not have happened, a line each."""
        lines = list(self.differences)
        lines += [f"{role}: {number} requests at once" for role, number in self.busiest.items() if number > 1]
        lines += [f"told twice: {key}" for key in self.told_twice]
        if self.mail_files != self.mail_of_one_machine:
            lines.append(f"{self.mail_files} mails were filed, {self.mail_of_one_machine} by one machine")
        return lines


@dataclass(frozen=True)
class DrillPlan:
    """Which days are played, what is drawn by, how much happens, and who is told."""

    story: tuple[PracticeDay, ...]
    draw: random.Random
    disturbances: int
    tell: Callable[[str], None]

    def share(self, number: int) -> int:
        """Return how many disturbances fall on the day of this number."""
        total, length = self.disturbances, len(self.story)
        return total * (number + 1) // length - total * number // length


class Member:
    """One process of the fleet, with a line of its own to the store."""

    def __init__(self, kind: str, cluster: Cluster, store: str, home: Path) -> None:
        self.kind, self.home = kind, home
        self.line = CutLine(cluster)
        self._address = self.line.address(store)
        self._one_kill = threading.Lock()  # of two at once, each would start another in the place of one
        self.process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        environment = os.environ | {
            "PYTHONPATH": str(ROOT),
            "CLAUSEWATCH_HOME": str(self.home),
            "CLAUSEWATCH_DATABASE_URL": self._address,
            "CLAUSEWATCH_LOG_LEVEL": "info",
        }
        with (self.home / f"{self.kind}.log").open("ab") as log:
            command = [sys.executable, "-m", "benchmarks.fleet.member", self.kind]
            return subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment,
                stdin=subprocess.PIPE,  # closed with this process, and the member ends
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self) -> None:
        """Kill the process, and start another in its place."""
        with self._one_kill:
            self.process.kill()
            self._reap()
            self.process = self._start()

    def stand_still(self, seconds: float, *, with_children: bool) -> None:
        """Stop the process, and continue it after a while."""
        target = os.killpg if with_children else os.kill
        with suppress(ProcessLookupError):
            target(self.process.pid, signal.SIGSTOP)
            time.sleep(seconds)
            target(self.process.pid, signal.SIGCONT)

    def end(self) -> None:
        """End the process and what it started."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self._reap()

    def _reap(self) -> None:
        self.process.wait()
        if self.process.stdin:
            self.process.stdin.close()


@dataclass
class Disturber:
    """Draws what happens next, and to whom; it happens beside the round."""

    cluster: Cluster
    members: list[Member]
    draw: random.Random
    counts: Counter[str] = field(default_factory=Counter)
    beside: list[threading.Thread] = field(default_factory=list)

    def disturb(self) -> None:
        """Let one thing happen."""
        name, act = self.draw.choice(self._acts())
        self.counts[name] += 1
        thread = threading.Thread(target=act, daemon=True)
        thread.start()
        self.beside.append(thread)
        if name == "database restarted":
            thread.join()

    def wait(self) -> None:
        """Wait until everything that happens has happened."""
        for thread in self.beside:
            thread.join()
        self.beside.clear()

    def _acts(self) -> list[tuple[str, Act]]:
        workers = [member for member in self.members if member.kind == "worker"]
        schedulers = [member for member in self.members if member.kind == "scheduler"]
        worker, scheduler, anyone = (self.draw.choice(some) for some in (workers, schedulers, self.members))
        seconds, with_children = self.draw.uniform(0.5, 6.0), self.draw.random() < 0.3
        mode = self.draw.choice(("fast", "immediate"))
        return [
            ("worker killed", worker.kill),
            ("worker killed", worker.kill),
            ("worker stopped", lambda: worker.stand_still(seconds, with_children=with_children)),
            ("worker stopped", lambda: worker.stand_still(seconds, with_children=with_children)),
            ("cut off", lambda: anyone.line.cut(min(seconds, 4.0))),
            ("cut off", lambda: anyone.line.cut(min(seconds, 4.0))),
            ("database restarted", lambda: self.cluster.restart(mode)),
            ("scheduler killed", scheduler.kill),
        ]


def drill(
    folder: Path,
    seed: int,
    disturbances: int,
    tell: Callable[[str], None] = lambda _: None,
    *,
    story: Sequence[PracticeDay] = (),
) -> DrillReport:
    """Play the practice days, or those of *story*, on one machine, then by a disturbed fleet, and compare."""
    story = story or days()
    report = DrillReport()
    cluster = Cluster()
    try:
        with closing(open_database(_one_machine(folder / "one", story))) as db:
            undisturbed_end = end_state(db)
        report.mail_of_one_machine = len(_mails(folder / "one"))
        start = time.monotonic()
        store = cluster.new_store()
        plan = DrillPlan(tuple(story), random.Random(seed), disturbances, tell)
        report.busiest = _by_a_fleet(folder / "fleet", cluster, store, plan, report)
        report.seconds = time.monotonic() - start
        with closing(open_database(store)) as db:
            report.differences = differences(undisturbed_end, end_state(db))
            report.told_twice = [row["key"] for row in query(db, _TOLD_TWICE)]
            report.taken_up = query(db, _TAKEN_UP)[0]["jobs"]
        report.mail_files = len(_mails(folder / "fleet"))
    finally:
        cluster.end()
    return report


def _one_machine(home: Path, story: Sequence[PracticeDay]) -> Path:
    with _regulators(home) as (practice, declaration_folder, _):
        settings = Settings(home=home, database_url="")
        for day in story:
            practice.day = day.number
            ticks, now = count(1), _start_of(day.on)
            service = open_context(settings, load((declaration_folder,)), (declaration_folder,),
                                   lambda now=now, ticks=ticks: now + timedelta(microseconds=next(ticks)))  # fmt: skip
            if day is story[0]:
                _subscribe(service.db, now)
            one_round(service)
            service.db.close()
    return home / "clausewatch.db"


def _by_a_fleet(home: Path, cluster: Cluster, store: str, plan: DrillPlan, report: DrillReport) -> dict[str, int]:
    with _regulators(home) as (practice, _, stack):
        first = _start_of(plan.story[0].on)
        with closing(open_database(store)) as db:
            _subscribe(db, first)
        practice.day = plan.story[0].number
        _write_day(home, first)
        kinds = ["worker"] * WORKERS + ["scheduler"] * SCHEDULERS
        members = [Member(kind, cluster, store, home) for kind in kinds]
        for member in members:
            stack.callback(member.end)
        disturber = Disturber(cluster, members, plan.draw, report.disturbances)
        for number, day in enumerate(plan.story):
            practice.day = day.number
            _write_day(home, _start_of(day.on))
            _play_day(store, _start_of(day.on), disturber, plan.share(number))
            plan.tell(f"day {day.number}: {dict(report.disturbances)}")
        return practice.busiest


def _play_day(store: str, start: datetime, disturber: Disturber, share: int) -> None:
    """Disturb the round of a day so often, and wait until it has ended."""
    end, left = time.monotonic() + _LONGEST_DAY, share
    next_at = time.monotonic() + disturber.draw.uniform(0.3, 2.0)
    while not _is_over(store, start):
        if time.monotonic() > end:
            raise TimeoutError(f"the round of {start.date()} does not end: {_open_jobs(store)}")
        if left and time.monotonic() > next_at:
            disturber.disturb()
            left -= 1
            next_at = time.monotonic() + disturber.draw.uniform(0.3, 2.0)
        time.sleep(0.3)
    while left:  # the round was too short for them: they happen between two days
        disturber.disturb()
        left -= 1
    disturber.wait()


def _is_over(store: str, start: datetime) -> bool:
    with suppress(StorageError, psycopg.Error), closing(open_database(store)) as db:
        newest = fleet_rounds.recent(db, 1)
        return bool(newest) and newest[0].started_at >= start and newest[0].ended_at is not None
    return False


def _open_jobs(store: str) -> str:
    with closing(open_database(store)) as db:
        sql = "SELECT id, queue_name, CAST(status AS text) AS status, attempts FROM procrastinate_jobs"
        return str([*query(db, f"{sql} WHERE status IN ('todo', 'doing')"), fleet_rounds.open_round(db)])


@contextmanager
def _regulators(home: Path) -> Iterator[tuple[SlowPractice, Path, ExitStack]]:
    """Start the regulators, and make a home that watches them."""
    with ExitStack() as stack:
        practice = stack.enter_context(SlowPractice())
        folder = home / "declarations"
        for name, text in declarations(practice.origins).items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        (home / DEMO_MARK).write_text("a drill\n", encoding="ascii")
        yield practice, folder, stack


def _write_day(home: Path, start: datetime) -> None:
    (home / "tomorrow").write_text(start.isoformat(), encoding="ascii")
    (home / "tomorrow").replace(home / "today")


def _start_of(day: Any) -> datetime:
    return datetime.combine(day, hour_of_day(9), UTC)


def _subscribe(db: Any, now: datetime) -> None:
    with transaction(db):
        reader = subscriptions.add_subscriber(db, "policy-team@example.org", name="Policy team")
        now -= timedelta(days=1)
        subscriptions.add(db, reader, Filters(), cadence=Cadence.AT_ONCE, channel=Channel.EMAIL, hour=8, now=now)


def _mails(home: Path) -> list[Path]:
    return sorted((home / "emails").glob("*.eml"))


_TOLD_TWICE = """
SELECT events.key FROM alerts JOIN events ON events.id = event_id
GROUP BY events.key, subscription_id HAVING count(DISTINCT message_id) > 1
"""
_TAKEN_UP = "SELECT count(*) AS jobs FROM procrastinate_events WHERE type IN ('deferred_for_retry', 'retried')"
