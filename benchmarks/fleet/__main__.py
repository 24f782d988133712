"""`python -m benchmarks.fleet`: the drill with a hundred disturbances and more, and what came of it, as a table."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.fleet.drill import SCHEDULERS, WORKERS, DrillReport, drill
from benchmarks.machine import machine_lines

RESULT = Path(__file__).parents[1] / "results" / "fleet.md"


def table(seed: int, report: DrillReport) -> str:
    """Return the figures as Markdown."""
    lines = [
        "# A fleet that is killed, stopped and cut off",
        "",
        f"`python -m benchmarks.fleet --seed {seed}`: {WORKERS} workers and {SCHEDULERS} schedulers, each a process",
        "with a line of its own to a real PostgreSQL, play the practice days; one machine plays them undisturbed.",
        "",
        *machine_lines(),
        "",
        "| what | figure | limit |",
        "|---|---|---|",
        f"| disturbances | {sum(report.disturbances.values())} | at least 100 |",
        *(f"| – {name} | {number} | |" for name, number in sorted(report.disturbances.items())),
        f"| jobs taken up by another worker | {report.taken_up} | |",
        f"| differences of the end state from one machine's | {len(report.differences)} | 0 |",
        f"| most requests to one host at once | {max(report.busiest.values())} | 1 |",
        f"| alerts told twice | {len(report.told_twice)} | 0 |",
        f"| mails filed, and by one machine | {report.mail_files} and {report.mail_of_one_machine} | equal |",
        f"| seconds | {report.seconds:.0f} | |",
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    """Run the drill and print its table."""
    parser = argparse.ArgumentParser(prog="benchmarks.fleet")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--disturbances", type=int, default=108)
    parser.add_argument("--write", action="store_true", help="write benchmarks/results/fleet.md")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        report = drill(Path(folder), arguments.seed, arguments.disturbances, lambda text: print(text, file=sys.stderr))
    text = table(arguments.seed, report)
    print(text)
    for fault in report.faults:
        print(f"fault: {fault}")
    if arguments.write:
        RESULT.write_text(text, encoding="utf-8")
    sys.exit(bool(report.faults))


if __name__ == "__main__":
    main()
