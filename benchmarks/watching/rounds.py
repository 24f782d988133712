"""Rounds of our own command over pages on loopback, each measured from its start to its end."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_LONGEST = 300  # seconds for the four rounds of another tool
_SAMPLE = 0.02  # seconds between two looks at the memory
# some machines forbid Python to keep compiled modules: every start would compile all of them again
_USUAL = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
_COMMAND = (sys.executable, "-m", "tracker.cli", "check", "--all", "--format", "json")


@dataclass(frozen=True)
class RoundCost:
    """One round: its seconds, those of the CPU, and the peak of its processes' memory together, in MB."""

    seconds: float
    cpu: float
    memory: float
    parts: tuple[float, ...]  # of the processes at the peak: the parent, then the child that fetches
    round: dict[str, Any]


def declare_home(folder: Path, ports: Sequence[int], many: int, pause: str = "0 seconds") -> Path:
    """Make a home that watches *many* pages, odd ones Chinese, even ones English, and return it.

    The Chinese ones are at the first of *ports*, the English ones at the last: each port is a host of its own.
    """
    home = folder / "home"
    for place, language, first, port in (("cn", "zh", 1, ports[0]), ("eu", "en", 2, ports[-1])):
        urls = ", ".join(f'"http://127.0.0.1:{port}/p/{number}"' for number in range(first, many + 1, 2))
        path = home / "declarations" / place / f"{place}_practice_measured.toml"
        path.parent.mkdir(parents=True)
        path.write_text(
            f'title = "Measured"\nauthority = "{place}_practice"\nlanguage = "{language}"\nspider = "page"\n'
            f'urls = [{urls}]\nevery = "1 day"\nselect = "#content"\n[politeness]\npause = "{pause}"\n',
            encoding="utf-8",
        )
    (home / "clausewatch-demo").touch()  # its own declarations and no others
    return home


def start_round(home: Path, processes: int = 1) -> subprocess.Popen[bytes]:
    """Start a round over everything in *home*, in so many crawl processes."""
    root = Path(__file__).parents[2]
    env = {**_USUAL, "CLAUSEWATCH_HOME": str(home), "PYTHONPATH": str(root)}
    env["CLAUSEWATCH_CRAWL_PROCESSES"] = str(processes)
    return subprocess.Popen(_COMMAND, env=env, cwd=home, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def one_round(home: Path, processes: int = 1) -> RoundCost:
    """Make a round over everything in *home*, in so many crawl processes."""
    before, begin = os.times(), time.perf_counter()
    process, peak, end = start_round(home, processes), [()], threading.Event()

    def watch() -> None:
        while not end.wait(_SAMPLE):
            peak[0] = max(peak[0], _memory(process.pid), key=sum)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    out, _ = process.communicate()
    seconds, after = time.perf_counter() - begin, os.times()
    end.set()
    watcher.join()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return RoundCost(seconds, cpu, sum(peak[0]), peak[0], json.loads(out))


def _memory(pid: int) -> tuple[float, ...]:
    """Return the resident memory of a process and of all below it, in MB; pages they share count for each."""
    sizes, queue = [], [pid]
    while queue:
        process = queue.pop(0)
        try:
            resident = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
            sizes.append(resident * os.sysconf("SC_PAGE_SIZE") / 1e6)
            for task in Path(f"/proc/{process}/task").iterdir():
                queue += [int(child) for child in (task / "children").read_text(encoding="ascii").split()]
        except OSError:  # it ended meanwhile
            continue
    return tuple(sizes)


def peers_of(
    harness: Path, venvs: Path, pages: int, work: Path, server_options: tuple[str, ...]
) -> list[dict[str, Any] | str]:
    """Run the drivers of *harness*, from a copy that they may write to; a tool not installed is a reason instead."""
    copy = work / "harness"
    if not copy.exists():
        shutil.copytree(harness, copy, ignore=shutil.ignore_patterns("tmp", "*.jsonl", "__pycache__"))
    results: list[dict[str, Any] | str] = []
    for name, driver in _PEERS.items():
        if not (venvs / name).is_dir():
            results.append(f"{name}: skipped, not installed in {venvs.name}/")
            continue
        command = [sys.executable, str(copy / driver), str(pages), *server_options]
        env = {**_USUAL, "PEER_VENVS": str(venvs)}
        try:
            completion = subprocess.run(
                command, env=env, cwd=copy, capture_output=True, text=True, check=False, timeout=_LONGEST
            )
        except subprocess.TimeoutExpired:
            results.append(f"{name}: not done after {_LONGEST} s")
            continue
        rows = [json.loads(line) for line in completion.stdout.splitlines() if line.startswith("{")]
        failure = f"{name}: ended with {completion.returncode}: {completion.stderr.strip()[-200:]}"
        results += [row for row in rows if row["phase"] == "2-unchanged"] or [failure]
    return results


_PEERS = {"urlwatch": "bench_urlwatch.py", "webchanges": "bench_webchanges.py", "changedetection": "bench_cdio.py"}
