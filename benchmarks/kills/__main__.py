"""Kill 500 processes at seeded instants and write ``benchmarks/results/kills.md``: `python -m benchmarks.kills`."""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tarfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.results_page import keep_page
from benchmarks.tampering.home import DayClock, faults_of
from crawlers.declaration.load import load
from crawlers.practice import Practice
from crawlers.practice import declarations as practice_declarations
from storage import pages, subscriptions
from storage.database.connection import transaction
from storage.records import Filters
from tracker.config import Settings
from tracker.context import open_context
from tracker.pipeline.run import one_round
from tracker.pipeline.steps.fetch_pages import fetch_pages

_ROOT = Path(__file__).resolve().parents[2]
_OLD_HOME = _ROOT / "tests" / "upgrades" / "homes" / "0.1.0.tar.xz"
_RULE = "cn_cac_practice_deep_synthesis"
_TABLES = ("versions", "change_sets", "changes", "events", "alerts", "messages", "subscriptions")
# how often each life is ended: by commit or write, and by a signal at any instant
SHARES = {
    "round": 14,
    "log": 4,
    "delivery": 6,
    "web": 3,
    "replay": 4,
    "upgrade": 4,
    "signal round": 10,
    "signal upgrade": 5,
}


@dataclass(frozen=True, slots=True)
class Kill:
    """One process that was ended, and what was wrong after it was taken up again."""

    what: str
    where: str
    faults: tuple[str, ...]


class Lives:
    """A process that forks a life for each that is asked for."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-m", "benchmarks.kills.lives", str(folder)]
        self._job = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=_ROOT)

    def live(self, what: str, home: Path, moment: str = "never", at: int = 0) -> tuple[int, int]:
        """Return how a life ended, and how many points of death it passed."""
        assert self._job.stdin is not None
        assert self._job.stdout is not None
        self._job.stdin.write(f"{what}\t{home}\t{moment}\t{at}\n")
        self._job.stdin.flush()
        points = 0
        while (words := self._job.stdout.readline().split())[0] != "ended":
            points = int(words[1])
        return int(words[1]), points

    def close(self) -> None:
        """End it."""
        self._job.communicate()


def make_homes(folder: Path) -> tuple[Path, Path, Path]:
    """Return a home in which a change was fetched and nothing done about it, one of release 0.1.0, and declarations."""
    home, old, declarations = folder / "home", folder / "old", folder / "declarations"
    with Practice() as practice:
        for name, text in practice_declarations(practice.origins).items():
            if Path(name).stem == _RULE:
                (declarations / name).parent.mkdir(parents=True, exist_ok=True)
                (declarations / name).write_text(text, encoding="utf-8")
        for day in (1, 2):
            practice.day = day
            clock = DayClock(day)
            service = open_context(Settings(home=home), load([declarations]), (declarations,), clock)
            if day == 1:
                with transaction(service.db):
                    for address in ("a@policy.example", "b@policy.example"):
                        person = subscriptions.add_subscriber(service.db, address)
                        subscriptions.add(service.db, person, Filters(), now=clock() - timedelta(days=1))
                one_round(service)
            else:
                for _ in range(2):
                    fetch_pages(service, pages.all_pages(service.db), unconditional=True, respect_backoff=False)
            service.db.close()
    old.mkdir()
    with tarfile.open(_OLD_HOME) as archive:
        archive.extractall(old, filter="data")
    return home, old, declarations


def outcome(home: Path) -> dict[str, object]:
    """Return what a home has come to: how much of everything, and who was told."""
    with closing(sqlite3.connect(home / "clausewatch.db")) as db:
        state: dict[str, object] = {
            table: db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in _TABLES
        }
        state["mails"] = sorted(row[0] for row in db.execute("SELECT mime_id FROM messages"))
        state["open"] = db.execute("SELECT count(*) FROM problems WHERE closed_at IS NULL").fetchone()[0]
        state["damage"] = db.execute("PRAGMA quick_check").fetchone()[0]
    return state


def kills(folder: Path, count: int, seed: int) -> Iterator[Kill]:
    """Yield *count* kills, drawn by *seed*."""
    home, old, declarations = make_homes(folder)
    lives, draw = Lives(declarations), random.Random(seed)
    outcomes, points = {}, {}
    for what in {name.removeprefix("signal ") for name in SHARES}:
        copy = shutil.copytree(old if what == "upgrade" else home, folder / "undisturbed")
        code, points[what] = lives.live(what, copy)
        assert code == 0, what
        outcomes[what] = _settle(lives, copy, what)
        shutil.rmtree(copy)
    for _ in range(count):
        what = draw.choices(list(SHARES), list(SHARES.values()))[0]
        base = what.removeprefix("signal ")
        copy = shutil.copytree(old if base == "upgrade" else home, folder / "killed")
        if what == base:
            moment, at = draw.choice(("before", "after")), draw.randint(1, max(points[base], 1))
            code, _ = lives.live(base, copy, moment, at)
            where, faults = f"{moment} {at}", [] if code == 9 else [f"ended with {code}"]
        else:
            where, faults = _by_signal(base, copy, declarations, draw.uniform(0.35, 1.6)), []
        faults += _faults_after_restart(lives, base, copy, declarations, outcomes[base])
        yield Kill(what, where, tuple(faults))
        shutil.rmtree(copy)
    lives.close()


def _by_signal(what: str, home: Path, declarations: Path, after: float) -> str:
    """Start a process of its own and end it by SIGKILL after a while."""
    command = [sys.executable, "-m", "benchmarks.kills.lives", str(declarations)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=_ROOT, start_new_session=True
    ) as job:
        assert job.stdin is not None
        job.stdin.write(f"{what}\t{home}\tnever\t0\n".encode())
        job.stdin.flush()
        time.sleep(after)
        with_children = [job.pid, *_children(job.pid)]
        for pid in reversed(with_children):
            _kill(pid)
    return f"after {after:.2f} s"


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _settle(lives: Lives, home: Path, what: str) -> dict[str, object]:
    """Do all that is left, and return what came of it."""
    if what not in {"upgrade"}:
        lives.live("round", home)
    return outcome(home)


def _faults_after_restart(
    lives: Lives, what: str, home: Path, declarations: Path, outcome_without_kill: dict[str, object]
) -> list[str]:
    """Start again, and return what is wrong: something lost, told twice, or not as it was logged."""
    code, _ = lives.live(what, home)
    state = _settle(lives, home, what)
    faults = [] if code == 0 else [f"could not be taken up: {code}"]
    faults += [
        f"{name}: {state[name]}, not {value}" for name, value in outcome_without_kill.items() if state[name] != value
    ]
    if what != "upgrade":
        faults += faults_of(home, declarations)
    return faults


def main(arguments: Sequence[str]) -> int:
    """Run the drill; status 1 when anything was lost, told twice or not as it was logged."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="clausewatch-") as name:
        results = []
        for number, kill in enumerate(kills(Path(name), options.count, options.seed), 1):
            results.append(kill)
            if kill.faults:
                print(f"FAILED  {kill.what} {kill.where}: {'; '.join(kill.faults)[:300]}", flush=True)
            if number % 50 == 0:
                print(f"{number} of {options.count}", file=sys.stderr, flush=True)
    text = table(results, options.seed)
    print(text)
    if options.count >= 500:
        keep_page("kills", text)
    return 1 if any(kill.faults for kill in results) else 0


def table(results: Sequence[Kill], seed: int) -> str:
    """Return the figures as Markdown."""
    counts, good = Counter(kill.what for kill in results), Counter(kill.what for kill in results if not kill.faults)
    head = f"{good.total()} of {counts.total()} kills (seed {seed}) lost nothing, told nothing twice, and left leaves and rows that agree."
    rows = [f"| {what} | {count} | {good[what]} |" for what, count in sorted(counts.items())]
    return "\n".join(("# Kills", "", head, "", "| what was killed | kills | well after |", "|---|---|---|", *rows, ""))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
