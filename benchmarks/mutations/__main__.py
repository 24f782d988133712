"""Run the mutation benchmarks: ``python -m benchmarks.mutations --seed 1 [--slice 50] [--only MUT-S]``."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from benchmarks.machine import machine_lines
from benchmarks.mutations.cases import Case
from benchmarks.mutations.corpus import cases as of_corpus
from benchmarks.mutations.generate import COUNTS, cases
from benchmarks.mutations.judging import Verdict, judge
from benchmarks.mutations.table import share, table

RESULTS = Path(__file__).parent.parent / "results" / "mutations.md"


def main(arguments: Sequence[str] | None = None) -> int:
    """Try every case, print the figures, and write the table when all were run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutations", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--slice", type=int, default=100, metavar="N", help="percent of the cases")
    parser.add_argument("--only", default="", help="the start of the ids to run: MUT-S, MUT-X-zh …")
    parser.add_argument("--to", type=Path, default=RESULTS, help="where the table is written")
    options = parser.parse_args(arguments)
    began = time.perf_counter()
    verdicts = [judge(case) for case in _select(options.seed, options.slice / 100, options.only)]
    seconds = time.perf_counter() - began
    command = f"python -m benchmarks.mutations --seed {options.seed} --slice {options.slice}"
    page = table(
        verdicts, [*machine_lines(), f"- command: `{command}`", f"- cases: {len(verdicts)} in {seconds:.0f} s"]
    )
    whole = not options.only and options.slice == 100
    if whole or options.to != RESULTS:
        options.to.parent.mkdir(exist_ok=True)
        options.to.write_text(page, encoding="utf-8")
    sys.stdout.write(page)
    return 0 if all(v.right for v in verdicts if v.case.bench != "DENSE") else 1


def _select(seed: int, part: float, only: str) -> Iterator[Case]:
    selection = cases(seed, part, only)
    if corpus := os.environ.get("CLAUSEWATCH_CORPUS"):
        selection = chain(selection, of_corpus(Path(corpus), seed, part))
    yield from (case for case in selection if case.id.startswith(only))


def summary(verdicts: Sequence[Verdict]) -> dict[str, str]:
    """Return the share that is exactly right, by benchmark."""
    return {bench: share(v.exact for v in verdicts if v.case.bench == bench) for bench in (*COUNTS, "ADV")}


if __name__ == "__main__":
    sys.exit(main())
