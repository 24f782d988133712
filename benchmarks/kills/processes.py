"""Real processes that are ended: ``check``, ``run`` and ``serve`` of the command line, by SIGKILL at a seeded moment.

`python -m benchmarks.kills.processes` looks at practice regulators, mails through a real server, and is killed; then
one good round makes of it what an undisturbed home has come to, each mail was delivered once, and no host was asked for
two things at once.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError
from urllib.request import urlopen

from benchmarks.bad_luck.ground import Ground, World
from benchmarks.bad_luck.pairs import asked_twice_at_once
from benchmarks.results_page import keep_page

SHARES = {
    "check": (("check", "--all"), 0.3, 4.5),
    "run": (("run", "--tick", "1"), 0.4, 6.0),
    "serve": (("serve", "--port", "0"), 0.3, 3.0),
}
"""What is killed: its words, and between which seconds of its life."""
_WEIGHTS = {"check": 6, "run": 4, "serve": 2}
_PAGES = ("/", "/instruments", "/sources", "/search?q=Act", "/changes/1", "/healthz")


@dataclass(frozen=True, slots=True)
class ProcessKill:
    """One process that was killed: when, what was wrong once it was taken up, and which mail came twice."""

    what: str
    after: float
    faults: tuple[str, ...]
    repeat_count: int = 0


def process_kills(folder: Path, count: int, seed: int) -> Iterator[ProcessKill]:
    """Yield *count* kills of real processes, drawn by *seed*."""
    world, draw = World(folder), random.Random(seed)
    try:
        for number in range(count):
            what = draw.choices(list(_WEIGHTS), list(_WEIGHTS.values()))[0]
            words, earliest, latest = SHARES[what]
            after = draw.uniform(earliest, latest)
            with world.ground(f"kill-{number}") as ground:
                faults = _serve_and_die(after, ground) if what == "serve" else _die(words, after, ground)
                faults += _taken_up(world, ground)
                yield ProcessKill(what, after, tuple(faults), _repeats(ground))
    finally:
        world.close()


def _die(words: tuple[str, ...], after: float, ground: Ground) -> list[str]:
    """Start a command, and end it without a word after a while, as the system does when memory is short."""
    with ground.process(*words) as job:
        time.sleep(after)
        job.kill()
        job.communicate()
    return []


def _serve_and_die(after: float, ground: Ground) -> list[str]:
    """Ask the web for pages until it is killed; started again, it shows them."""
    with ground.process(*SHARES["serve"][0]) as job:
        base = _address(job)
        end = time.monotonic() + after
        while base and time.monotonic() < end:
            for path in _PAGES:
                with suppress(URLError, OSError):
                    urlopen(base + path, timeout=5).read()
        job.kill()
        job.communicate()
    with ground.process(*SHARES["serve"][0]) as job:
        base = _address(job)
        try:
            return [] if urlopen(f"{base}/instruments", timeout=20).status == 200 else ["the web shows nothing"]
        except (URLError, OSError, ValueError) as error:
            return [f"the web does not start again: {error}"]


def _address(job: object) -> str:
    line = job.stderr.readline()  # type: ignore[attr-defined]
    return "http" + line.partition("http")[2].partition("/ ")[0] if "http" in line else ""


def _taken_up(world: World, ground: Ground) -> list[str]:
    return ground.heal(world.calm_outcome, rounds=1, repeats=True) + asked_twice_at_once(ground)


def _repeats(ground: Ground) -> int:
    """Return how many mails came twice: one at most was with the server when the process ended."""
    return sum(count - 1 for count in Counter(ground.office.arrivals()).values())


def main(arguments: Sequence[str]) -> int:
    """Run the drill; status 1 when anything was lost, told twice beyond what was in the air, or asked twice at once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=110)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    kills = []
    with TemporaryDirectory(prefix="clausewatch-") as name:
        for number, kill in enumerate(process_kills(Path(name), options.count, options.seed), 1):
            kills.append(kill)
            if kill.faults:
                print(f"FAILED  {kill.what} after {kill.after:.2f} s: {'; '.join(kill.faults)[:400]}", flush=True)
            if number % 10 == 0:
                print(f"{number} of {options.count}", file=sys.stderr, flush=True)
    text = table(kills, options.seed)
    print(text)
    if options.count >= 100:
        keep_page("kills_of_processes", text)
    return 1 if any(kill.faults for kill in kills) or any(kill.repeat_count > 1 for kill in kills) else 0


def table(kills: Sequence[ProcessKill], seed: int) -> str:
    """Return the figures as Markdown."""
    counts, good = Counter(kill.what for kill in kills), Counter(kill.what for kill in kills if not kill.faults)
    repeat_count = sum(kill.repeat_count for kill in kills)
    head = (
        f"{good.total()} of {counts.total()} processes killed by SIGKILL (seed {seed}): one good round kills of it what an "
        f"undisturbed home has come to, no host was asked for two things at once; {repeat_count} mails, in the air when "
        "their process ended, came a second time under the same Message-ID."
    )
    rows = [f"| {what} | {count} | {good[what]} |" for what, count in sorted(counts.items())]
    return "\n".join(
        ("# Kills of processes", "", head, "", "| what was killed | kills | well after |", "|---|---|---|", *rows, "")
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
