"""How many labelled sentences are taken apart exactly: ``python -m benchmarks.obligations [--misses]``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.results_page import write_results
from tracker.amending.obligations.sentence import norms_of

HERE = Path(__file__).parent
TARGET = 0.90


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the share of exact sentences by file, and the misses when asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.obligations", description=__doc__)
    parser.add_argument("--misses", action="store_true")
    arguments_given = parser.parse_args(arguments)
    right, total, lines = 0, 0, []
    for name, rows in labels():
        misses = [row for row in rows if not is_exact(row)]
        right, total = right + len(rows) - len(misses), total + len(rows)
        lines.append(f"- {name}: {len(rows) - len(misses)} of {len(rows)} exact")
        for row in misses if arguments_given.misses else ():
            sys.stdout.write(f"  {row['text']}\n    {read(row)}\n    {row['norms']}\n")
    lines += ["", f"all: {right} of {total} ({right / total:.3f})"]
    sys.stdout.write("\n".join([*lines, ""]))
    write_results("obligations", "Labelled sentences taken apart", "python -m benchmarks.obligations", lines)
    return 0 if right >= TARGET * total else 1


def labels() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield each file with its rows."""
    for path in sorted(HERE.glob("*.jsonl")):
        yield path.stem, [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def read(row: dict[str, Any]) -> list[list[str | None]]:
    """Return what is read of a sentence: bearer, modality, action, condition, deadline of each norm."""
    norms = norms_of(row["text"], row["language"])
    return [[norm.bearer, norm.modality.value, norm.action, norm.condition, norm.deadline] for norm in norms]


def is_exact(row: dict[str, Any]) -> bool:
    """Return whether every part of every norm is as labelled."""
    return read(row) == row["norms"]


if __name__ == "__main__":
    sys.exit(main())
