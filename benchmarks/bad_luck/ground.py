"""The ground of the drill: a home with a past, a change that waits, real processes, and what must have come of it."""

from __future__ import annotations

import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.bad_luck.post_office import GOOD, PostOffice
from crawlers.practice import Practice
from crawlers.practice import declarations as practice_declarations
from tracker.config import DEMO_MARK

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("cn_cac_practice_deep_synthesis", "eu_cellar_practice_act")
READERS = ("ana@policy.example", "bo@other.example")
_TABLES = ("versions", "change_sets", "changes", "events", "alerts")
Limits = Callable[[], None]


@dataclass(frozen=True, slots=True)
class CommandResult:
    """How a command ended: its status, and what it said."""

    status: int
    out: str
    err: str

    @property
    def last_words(self) -> str:
        """What a person saw of it that was no progress."""
        return " ".join(line for line in self.err.splitlines() if line.startswith("clausewatch:")) or self.err[-300:]

    def faults(self, *, statuses: Sequence[int] = (0, 1, 2), words: str = "") -> list[str]:
        """Return what is wrong with how it ended: a traceback, another status, or not the words that help."""
        text = f"{self.out}\n{self.err}"
        faults = [f"a traceback: {self.err[-400:]!r}"] if "Traceback" in text else []
        if self.status not in statuses:
            faults.append(f"status {self.status}, not {statuses}: {self.last_words!r}")
        if words and not any(word in text for word in words.split("|")):
            faults.append(f"says nothing of {words!r}: {self.last_words!r} {self.out[-200:]!r}")
        return faults


@dataclass
class Ground:
    """One copy of the home for one scenario."""

    home: Path
    practice: Practice
    office: PostOffice
    env: dict[str, str] = field(default_factory=dict)

    def command(self, *words: str, limits: Limits | None = None, timeout: float = 90, **env: str) -> CommandResult:
        """Run the command line in a process of its own, under *limits*."""
        with self.process(*words, limits=limits, **env) as job:
            try:
                out, err = job.communicate(timeout=timeout)
            except subprocess.TimeoutExpired:
                job.kill()
                out, err = job.communicate()
                return CommandResult(-99, out, f"{err}\nhung for {timeout} s")
        return CommandResult(job.returncode, out, err)

    @contextmanager
    def process(self, *words: str, limits: Limits | None = None, **env: str) -> Iterator[subprocess.Popen[str]]:
        """Start the command line, and see to it that it ends."""
        settings = {
            "CLAUSEWATCH_HOME": str(self.home),
            "CLAUSEWATCH_SMTP_URL": self.office.url,
            "CLAUSEWATCH_SMTP_PATIENCE": "1.5",
            "CLAUSEWATCH_SMTP_PAUSE": "0",
            "CLAUSEWATCH_OPERATOR_EMAIL": "ops@policy.example",
            "CLAUSEWATCH_TRUST_CLOCK": "true",  # the practice lives in a year of its own
            "PYTHONPATH": str(ROOT),
            **self.env,
            **env,
        }
        with subprocess.Popen(
            [sys.executable, "-m", "tracker.cli", *words],
            env={**_plain_environment(), **settings},
            cwd=self.home.parent,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=limits,  # noqa: PLW1509 - it only sets a limit
        ) as job:
            try:
                yield job
            finally:
                if job.poll() is None:
                    job.kill()

    def check(self, limits: Limits | None = None, **env: str) -> CommandResult:
        """Look once at everything."""
        return self.command("check", "--all", limits=limits, **env)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Ask the database as any tool would."""
        with closing(sqlite3.connect(self.home / "clausewatch.db", timeout=10)) as db:
            return db.execute(sql).fetchall()

    def write(self, sql: str) -> None:
        """Write to the database as any tool would."""
        with closing(sqlite3.connect(self.home / "clausewatch.db", timeout=10)) as db, db:
            db.execute(sql)

    def problems(self) -> set[str]:
        """Return the causes of what is open."""
        return {row[0] for row in self.rows("SELECT cause FROM problems WHERE closed_at IS NULL")}

    def hurry(self) -> None:
        """Let what is to be tried later be due at once, as if the time had passed."""
        self.write("UPDATE messages SET next_try_at = '2020-01-01T00:00:00+00:00' WHERE status = 'pending'")

    def outcome(self) -> dict[str, object]:
        """Return what the home has come to, and who was told."""
        outcome: dict[str, object] = {name: self.rows(f"SELECT count(*) FROM {name}")[0][0] for name in _TABLES}
        outcome["texts"] = self.rows("SELECT count(*), sum(length(text)) FROM provisions")[0]
        sql = "SELECT address, mime_id, status FROM messages WHERE audience = 'reader' ORDER BY mime_id"
        messages = self.rows(sql)
        outcome["readers' messages"] = Counter(address for address, _, _ in messages)
        outcome["not sent"] = [row for row in messages if row[2] != "sent"]
        outcome["open"] = self.problems()
        outcome["damage"] = self.rows("PRAGMA quick_check")[0][0]
        return outcome

    def told_wrongly(self, *, repeats: bool = False) -> list[str]:
        """Return what arrived that should not have, or did not arrive; *repeats* where nobody could know better."""
        arrivals = Counter(pair for pair in self.office.arrivals() if pair[0] in READERS)
        messages = self.rows("SELECT address, mime_id FROM messages WHERE audience = 'reader'")
        faults = [f"{to} never got {mime_id}" for to, mime_id in messages if (to, mime_id) not in arrivals]
        faults += [
            f"{to} got {mime_id}, which nobody wrote" for to, mime_id in arrivals if (to, mime_id) not in messages
        ]
        if not repeats:
            faults += [f"{to} got {mime_id} {count} times" for (to, mime_id), count in arrivals.items() if count > 1]
        return faults

    def heal(
        self,
        outcome_wanted: dict[str, object],
        *,
        rounds: int = 2,
        repeats: bool = False,
        allowances: Sequence[str] = (),
    ) -> list[str]:
        """Make good rounds, and return what is not as in a home that had no bad luck."""
        faults = []
        self.office.mood = GOOD
        self.hurry()
        for _ in range(rounds):
            faults += self.check().faults(statuses=(0, 1))
        outcome = self.outcome()
        faults += [
            f"{name}: {outcome[name]}, not {value}" for name, value in outcome_wanted.items() if outcome[name] != value
        ]
        faults += self.told_wrongly(repeats=repeats)
        return faults + self.verify(*allowances)

    def verify(self, *allowances: str) -> list[str]:
        """Return what `verify` finds, but for *allowances*."""
        result = self.command("verify", "--format", "json")
        if result.status not in {0, 1}:
            return [f"verify ended with {result.status}: {result.last_words}"]
        return [
            f"verify: {fault}"
            for fault in json.loads(result.out)["faults"]
            if not any(word in fault for word in allowances)
        ]


class World:
    """The practice regulators, a mail server, and a home after its first day, copied for each scenario."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.practice, self.office = Practice().start(), PostOffice()
        self.base = folder / "base" / "home"
        self._make_base()
        with self.ground("undisturbed") as ground:
            ground.check()
            ground.check()
            self.calm_outcome = ground.outcome()

    def close(self) -> None:
        """End the servers."""
        self.practice.stop()
        self.office.__exit__()

    @contextmanager
    def ground(self, name: str) -> Iterator[Ground]:
        """Yield a copy of the home on the day of the change, and remove it after."""
        folder = self.folder / name
        home = Path(shutil.copytree(self.base, folder / "home"))
        self.practice.day, self.office.mood = 2, GOOD
        self.office.messages.clear()
        try:
            yield Ground(home, self.practice, self.office)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _make_base(self) -> None:
        self.base.mkdir(parents=True)
        (self.base / DEMO_MARK).touch()  # so that only the practice declarations count
        for name, text in practice_declarations(self.practice.origins).items():
            if Path(name).stem in SOURCES:
                path = self.base / "declarations" / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
        self.practice.day = 1
        first = Ground(self.base, self.practice, self.office)
        for address in READERS:
            assert first.command("subscribe", address).status == 0
        result = first.check()
        assert result.status == 0, result


def limit(kind: int, most: int) -> Limits:
    """Return what sets a limit of the system before a process starts."""
    return lambda: resource.setrlimit(kind, (most, most))


def wait_until(true: Callable[[], object], seconds: float = 60) -> bool:
    """Wait until something is true; return whether it came to be."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def _plain_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("CLAUSEWATCH_")}
