"""The round trip of our own redlines: ``python -m benchmarks.round_trip [--seed 1] [--made 2000]``.

``diff`` gives changes, changes give operations, operations carried out on the old text must give the new one: for
every pair of the folder that CLAUSEWATCH_CORPUS names, and for pairs of invented laws.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.mutations.generate import COUNTS, cases
from benchmarks.results_page import write_results
from storage.records import Provision, Reading
from tracker.amending.redline_operations import (
    TextNode,
    all_words_of,
    carry_out_all,
    operations_of,
    provisions_told_whole,
    words_of,
)
from tracker.compare import compare
from tracker.compare.normal import fold
from tracker.reading import read
from tracker.reading.structure.draft import ReadingContext

_WHOLE = 2000  # pairs of invented laws, of which the figure is kept


@dataclass(frozen=True, slots=True)
class Trip:
    """One pair: how many provisions its new text has, and the first that did not come back."""

    id: str
    provisions: int
    operations: int
    miss: str = ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Make every trip, print the misses and the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.round_trip", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--made", type=int, default=_WHOLE, metavar="N", help="how many pairs of invented laws")
    arguments_given = parser.parse_args(arguments)
    trips = [*of_corpus(), *of_invented_laws(arguments_given.seed, arguments_given.made)]
    for trip in trips:
        if trip.miss:
            sys.stdout.write(f"{trip.id}: {trip.miss}\n")
    right = sum(not trip.miss for trip in trips)
    line = f"{right} of {len(trips)} pairs give the new text back"
    sys.stdout.write(f"{line}\n")
    if arguments_given.made >= _WHOLE:
        command = f"python -m benchmarks.round_trip --seed {arguments_given.seed} --made {arguments_given.made}"
        write_results("round_trip", "The round trip of our own redlines", command, [line])
    return 0 if right == len(trips) else 1


def of_corpus() -> Iterator[Trip]:
    """Yield the trips of the corpus, none when no folder is named."""
    folder = os.environ.get("CLAUSEWATCH_CORPUS")
    if not folder:
        return
    for line in (Path(folder) / "cases.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        if case.get("kind") == "diff" and "old" in case:
            yield of_files(case["id"], Path(folder) / case["old"], Path(folder) / case["new"], case["jurisdiction"])


def of_files(name: str, old: Path, new: Path, jurisdiction: str) -> Trip:
    """Make the trip of two files."""
    hints = ReadingContext(jurisdiction=jurisdiction)
    return trip(name, read(old.read_bytes(), hints), read(new.read_bytes(), hints))


def of_invented_laws(seed: int, count: int) -> Iterator[Trip]:
    """Yield the trips of invented laws of four traditions, changed in words, structure and looks."""
    whole = sum(COUNTS.values())
    for place, case in enumerate(cases(seed, min(1.0, count / whole))):
        if place >= count:
            return
        hints = ReadingContext(jurisdiction=case.jurisdiction)
        yield trip(case.id, read(case.old, hints), read(case.new, hints))


def trip(name: str, old: Reading, new: Reading) -> Trip:
    """Compare, derive the operations, carry them out, and hold the outcome against the new text."""
    comparison = compare(old, new)
    operations = operations_of(comparison, old, new)
    root = carry_out_all(old, dict(comparison.pairs), operations)
    whole = provisions_told_whole(comparison, old, new)
    return Trip(name, sum(1 for _ in new.walk()), len(operations), _miss(root, new, whole))


def _truth(provisions: Iterable[Provision], whole: set[str]) -> Iterator[Provision]:
    for provision in provisions:
        yield provision
        if provision.eid not in whole:
            yield from _truth(provision.children, whole)


def _miss(root: TextNode, new: Reading, whole: set[str]) -> str:
    outcome = [node for child in root.children for node in child.walk()]
    truth = list(_truth(new.provisions, whole))
    for node, provision in zip(outcome, truth, strict=False):
        if _sign(node) != (provision.number, _words(provision, whole)):
            return f"{provision.eid}: {node.eid} {node.label} {node.words[:50]!r} for {words_of(provision)[:50]!r}"
    if len(outcome) != len(truth):
        return f"{len(outcome)} provisions for {len(truth)}"
    return ""


def _sign(node: TextNode) -> tuple[str, str]:
    return node.number, _as_printed(node.words)


def _as_printed(words: str) -> str:
    """Return *words* without blanks: a blank that was lost or won is folded by comparing, and told as no change."""
    return "".join(fold(words).split())


def _words(provision: Provision, whole: set[str]) -> str:
    return _as_printed(all_words_of(provision) if provision.eid in whole else words_of(provision))


if __name__ == "__main__":
    sys.exit(main())
