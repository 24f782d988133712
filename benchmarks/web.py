"""How fast the pages are under twenty readers: `python -m benchmarks.web [--scale 0.1] [--pause 0 1]`.

Draws a home (2,000 instruments, 10,000 versions, 1,000,000 provisions at scale 1), serves it by `clausewatch serve`,
and asks for Today, Instrument, Change and Search from another process, with and without a pause between a reader's
questions. Few questions are asked twice, so nearly every page is made anew. A shared machine makes times long: what
the server's processor spent on a page is the figure that holds, and the load is told beside it. The tables of scale 1
go to ``results/web.md`` too.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

from benchmarks.drawn_home import PAIRS, PLACES, PROVISIONS, VERSIONS, WORDS, fill
from benchmarks.machine import machine_lines
from benchmarks.served import peak, processor_seconds, serve_home
from storage.records import Weight

RESULTS = Path(__file__).parent / "results" / "web.md"


def addresses(laws: int, seed: int) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield what one reader asks for, the four kinds in turn from any of them: kind, address and what is asked."""
    chance = random.Random(seed)
    kinds = (_today, _instrument, _change, _search)
    turn = chance.randrange(len(kinds))
    while True:
        yield kinds[turn % len(kinds)](chance, laws)
        turn += 1


def _today(chance: random.Random, _: int) -> tuple[str, str, dict[str, str]]:
    place, weight = chance.choice(("", *PLACES)), chance.choice(list(Weight))
    return "Today", "/", {"jurisdiction": place, "weight": weight.value}


def _instrument(chance: random.Random, laws: int) -> tuple[str, str, dict[str, str]]:
    law = chance.randrange(laws)
    return "Instrument", f"/instruments/{PLACES[law % 4]}_law_{law}", {}


def _change(chance: random.Random, laws: int) -> tuple[str, str, dict[str, str]]:
    number = chance.randrange(laws * (VERSIONS - 1)) + 1
    return "Change", f"/changes/{number}", {"view": chance.choice(("inline", "side"))}


def _search(chance: random.Random, _: int) -> tuple[str, str, dict[str, str]]:
    vocabulary = chance.choice((PAIRS, WORDS))
    rare = f"{chance.choice(vocabulary)}{chance.randrange(5000)}"
    question = chance.choice(
        (chance.choice(vocabulary), f"{chance.choice(vocabulary)} {chance.choice(vocabulary)}", rare)
    )
    return "Search", "/search", {"q": question, "past": chance.choice(("false", "true"))}


class Reader:
    """One reader, who asks for one page after another."""

    def __init__(self, client: httpx.AsyncClient, laws: int, seed: int, pause: float) -> None:
        self._client, self._pause = client, pause
        self._asks = addresses(laws, seed)
        self._chance = random.Random(seed)
        self.took: dict[str, list[float]] = {}

    async def read(self, end: float) -> None:
        """Ask until *end*, by the clock of performance; readers who pause do not begin all at the same moment."""
        await asyncio.sleep(self._pause * self._chance.random())
        for kind, path, params in self._asks:
            if time.perf_counter() > end:
                return
            begin = time.perf_counter()
            answer = await self._client.get(path, params=params)
            self.took.setdefault(kind, []).append(time.perf_counter() - begin)
            if answer.status_code != 200:
                raise SystemExit(f"{path} {params} answered {answer.status_code}")
            if self._pause:
                await asyncio.sleep(self._pause * (0.5 + self._chance.random()))


async def measure(
    base: str, laws: int, readers: int, seconds: float, pause: float, seed: int = 1000
) -> dict[str, list[float]]:
    """Return how many seconds each kind of page took, asked for by so many readers at once."""
    limits = httpx.Limits(max_connections=readers)
    async with httpx.AsyncClient(base_url=base, limits=limits, timeout=60) as client:
        (await client.get("/healthz")).raise_for_status()
        end = time.perf_counter() + seconds
        at_once = [Reader(client, laws, seed + n, pause) for n in range(readers)]
        await asyncio.gather(*(reader.read(end) for reader in at_once))
    kinds = dict.fromkeys(kind for reader in at_once for kind in reader.took)
    return {kind: [took for reader in at_once for took in reader.took.get(kind, ())] for kind in kinds}


def table(took: dict[str, list[float]]) -> str:
    """Return the times of each kind of page as a table."""
    lines = ["| page | asked | median ms | p95 ms | worst ms |", "|---|---|---|---|---|"]
    for kind, times in took.items():
        cuts = statistics.quantiles([1000 * seconds for seconds in times], n=20)
        lines.append(f"| {kind} | {len(times)} | {cuts[9]:.0f} | {cuts[18]:.0f} | {1000 * max(times):.0f} |")
    return "\n".join(lines)


def home_of(folder: Path, laws: int) -> Path:
    """Return the home, with its database made when it is not there."""
    path = folder / "clausewatch.db"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        begin, half = time.perf_counter(), folder / "half.db"
        fill(half, laws)
        half.rename(path)
        print(f"Made in {time.perf_counter() - begin:.0f} s, {path.stat().st_size / 1e6:.0f} MB.\n")
    return folder


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=float, default=0.1)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--pause", type=float, nargs="*", default=[1.0, 0.0], help="seconds a reader reads a page")
    parser.add_argument("--processes", type=int, default=1, help="of the server")
    parser.add_argument("--home", type=Path, help="made when it is not there, kept, and used again")
    options = parser.parse_args()
    laws = int(2000 * options.scale)
    lines = [
        "# Pages under twenty readers",
        "",
        "`python -m benchmarks.web --scale 1`. Limit: 150 ms at the 95th percentile, 300 MB.",
        "",
        *machine_lines(),
        f"- home: {laws} instruments, {laws * VERSIONS} versions, {laws * VERSIONS * PROVISIONS:,} provisions",
    ]
    with tempfile.TemporaryDirectory() as folder:
        home = home_of(options.home or Path(folder), laws)
        for turn, pause in enumerate(options.pause):
            lines += ["", *of_pause(home, laws, options, turn, pause)]
            print("\n".join(lines[-9:] if turn else lines))
    if options.scale == 1:
        RESULTS.write_text("\n".join(lines) + "\n")


def of_pause(home: Path, laws: int, options: argparse.Namespace, turn: int, pause: float) -> list[str]:
    """Return what readers met who pause so long, by a server of their own."""
    with serve_home(home, options.processes) as (base, pid):
        asyncio.run(measure(base, laws, 4, 2, 0.0, 9000 + turn))
        before = processor_seconds(pid)
        took = asyncio.run(measure(base, laws, options.readers, options.seconds, pause, 1000 * (turn + 1)))
        milliseconds = 1000 * (processor_seconds(pid) - before) / sum(map(len, took.values()))
        head = (
            f"{options.readers} readers, pause {pause} s: {milliseconds:.1f} ms of the processor a page, "
            f"at most {peak(pid)} MB; load of the machine {os.getloadavg()[0]:.1f}"
        )
        size = len(httpx.get(base).content)
    return [head, f"Today is {size / 1000:.1f} kB.", "", *table(took).splitlines()]


if __name__ == "__main__":
    main()
