"""Make one table of every figure that is promised: ``python -m benchmarks.summary [--results FOLDER] [--to FILE]``.

Measures next to nothing: it reads what the benchmarks wrote to ``benchmarks/results``, holds each figure against its
limit and its peers, and says what falls short, what is missing, and what is older than the code it is about. Ends with
1 when something falls short or is missing.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.machine import machine_lines
from benchmarks.summary.promises import load_promises
from benchmarks.summary.table import table
from benchmarks.summary.verdict import HOLDS, judge_promise

RESULTS = Path(__file__).parents[1] / "results"


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the pages of results and write the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.summary", description=__doc__)
    parser.add_argument("--results", type=Path, default=RESULTS, help="the folder of the pages of results")
    parser.add_argument("--to", type=Path, default=RESULTS / "summary.md", help="where the table is written")
    options = parser.parse_args(arguments)
    verdicts = [judge_promise(promise, options.results) for promise in load_promises()]
    page = table(verdicts, [*machine_lines(), "- command: `python -m benchmarks.summary`"])
    options.to.write_text(page, encoding="utf-8")
    sys.stdout.write(page)
    return 0 if all(verdict.state == HOLDS for verdict in verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
