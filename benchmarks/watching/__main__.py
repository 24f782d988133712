"""How fast an unchanged round is: `python -m benchmarks.watching [--pages 1000] [--harness DIR] [--peers DIR]`.

Ours and, with the harness of other watchers and their virtual environments (PEER_HARNESS, PEER_VENVS), theirs in the
same run. Then, with the pause on and a slow server, two rounds at once: never two requests at the same time.
"""

from __future__ import annotations

import argparse
import os
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.machine import machine_lines
from benchmarks.watching.rounds import RoundCost, declare_home, one_round, peers_of, start_round
from benchmarks.watching.server import Server

RATE, MEMORY, MEMORY_OF_TWO = 200, 150, 230  # checks a second at least, MB at most
RESULTS = Path(__file__).parents[1] / "results" / "watching.md"


def main() -> None:
    """Measure, print and write the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--peer-pages", type=int, default=300, help="pages for the others, some of which take minutes")
    parser.add_argument(
        "--harness", type=Path, default=os.environ.get("PEER_HARNESS"), help="drivers of other watchers"
    )
    parser.add_argument("--peers", type=Path, default=os.environ.get("PEER_VENVS"), help="their virtual environments")
    options = parser.parse_args()
    lines = _head(options.pages, options.peer_pages)
    with tempfile.TemporaryDirectory() as folder:
        for server_options in ((), ("--no-validators",)):
            home = Path(folder) / f"ours{len(server_options)}"
            answers = "without validators" if server_options else "304 honoured"
            for processes, cost, counts in unchanged_rounds(home, options.pages, server_options):
                lines.append(_row(answers, options.pages, processes, cost, counts))
                print(lines[-1], flush=True)  # the others may take long, or for ever
            lines += _theirs(options.harness, options.peers, options.peer_pages, Path(folder), server_options, answers)
        most, requests = two_at_once(Path(folder) / "polite", 20)
    lines += ["", f"Two rounds at once over one host, pause 1 second, answers after 50 ms: {requests} requests, at",
              f"most {most} at the same time.", ""]  # fmt: skip
    table = "\n".join(lines)
    print(table)
    RESULTS.write_text(table, encoding="utf-8")


def unchanged_rounds(
    folder: Path, pages: int, server_options: tuple[str, ...] = ()
) -> Iterator[tuple[int, RoundCost, dict[str, int]]]:
    """Make a first round, then rounds in which nothing changed; yield them by crawl processes, with what was served.

    The pages are at two hosts: at each there is one request at a time, however many processes crawl.
    """
    ports = [_free_port(), _free_port()]
    home = declare_home(folder, ports, pages)
    with Server(ports[0], *server_options) as first, Server(ports[1], *server_options) as second:
        one_round(home, 2)
        for processes in (1, 2):
            first.stats(), second.stats()
            cost = one_round(home, processes)
            counts = first.stats(), second.stats()
            yield processes, cost, {name: counts[0][name] + counts[1][name] for name in counts[0]}


def two_at_once(folder: Path, pages: int) -> tuple[int, int]:
    """Make two rounds of two processes at once; return the most requests at a time, and all that were made."""
    port = _free_port()
    home = declare_home(folder, [port], pages, pause="1 second")
    with Server(port, "--delay-ms", "50") as server:
        both = [start_round(home), start_round(home)]
        for process in both:
            process.communicate()
        counts = server.stats()
    return counts["maxconc"], counts["req"]


def _theirs(
    harness: Path | None, venvs: Path | None, pages: int, folder: Path, server_options: tuple[str, ...], answers: str
) -> Iterator[str]:
    if harness is None or venvs is None:
        yield "| others | skipped: no --harness and --peers given | | | | | | |"
        return
    for row in peers_of(Path(harness), Path(venvs), pages, folder, server_options):
        if isinstance(row, str):
            yield f"| {row} | {answers} | | | | | | |"
        else:
            cpu = f"{row['cpu_ms_page']:.1f}" if row["cpu_ms_page"] is not None else ""
            tool = row["tool"].partition("+")[0]
            cells = (tool, answers, f"{row['wall']:.1f}", f"{row['pages_s']:.0f}", cpu, f"{row['peak_rss_mb']:.0f}", "")
            yield f"| {' | '.join(cells)} | {row['full']} |"


def _row(answers: str, pages: int, processes: int, cost: RoundCost, counts: dict[str, int]) -> str:
    assert cost.round["unchanged"] == counts["req"] == pages, (cost.round, counts)
    parts = " + ".join(f"{part:.0f}" for part in cost.parts)
    return (
        f"| **clausewatch**, {processes} crawling | {answers} | {cost.seconds:.1f} | "
        f"{pages / cost.seconds:.0f} | "
        f"{1000 * cost.cpu / pages:.1f} | {cost.memory:.0f} | {parts} | {counts['full']} |"
    )


def _head(pages: int, theirs: int) -> list[str]:
    return [
        "# Watching",
        "",
        f"`python -m benchmarks.watching --pages {pages}`: a round over {pages} pages (others: {theirs}) of 30 kB, of",
        "which none has changed, from the start of the command to its end, politeness off. Memory is the resident",
        "memory of all its processes at the peak, shared pages counted for each. Allowed: at least "
        f"{RATE} checks a second, at",
        f"most {MEMORY} MB with one process that crawls, {MEMORY_OF_TWO} with two. The machine's load when",
        f"it began: {os.getloadavg()[0]:.1f}.",
        "",
        *machine_lines(),
        "",
        "| tool | server | seconds | checks a second | CPU ms a page | peak MB | parent + child | pages sent whole |",
        "|---|---|---:|---:|---:|---:|---|---:|",
    ]


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


if __name__ == "__main__":
    main()
