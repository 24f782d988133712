"""How many provisions of made draft and final pairs get their fate: ``python -m benchmarks.lineage [--pairs 200]``.

The pairs are invented laws changed in words and structure, with the truth known; a provision whose words changed is
reworded, hardened or softened, and where the truth says which way a duration moved, never the other way; one in which
only references followed is adopted.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from itertools import islice

from benchmarks.mutations.cases import Case
from benchmarks.mutations.generate import case
from benchmarks.results_page import write_results
from storage.records import DAYS_OF_UNIT
from tracker.amending.drafts.lineage import Fate, lineage_of
from tracker.reading import read
from tracker.reading.structure.draft import ReadingContext

TARGET = 0.95
_WHOLE = 200  # pairs, of which the figures are kept
_ANY_CHANGE = frozenset({Fate.REWORDED, Fate.HARDENED, Fate.SOFTENED})
_FATES = {"added": Fate.NEW, "removed": Fate.DROPPED, "split": Fate.SPLIT, "merged": Fate.MERGED}
Key = tuple[str | None, str | None]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the share of fates that are right, of all provisions and of those that were not adopted."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.lineage", description=__doc__)
    parser.add_argument("--pairs", type=int, default=_WHOLE)
    parser.add_argument("--seed", type=int, default=1)
    arguments_given = parser.parse_args(arguments)
    right = total = news = told_right = 0
    for case_made in pairs(arguments_given.seed, arguments_given.pairs):
        for key, right_fates, fate in judge_fates(case_made):
            total, right = total + 1, right + (fate in right_fates)
            if right_fates != {Fate.ADOPTED}:
                news, told_right = news + 1, told_right + (fate in right_fates)
            if fate not in right_fates:
                sys.stdout.write(f"{case_made.id} {case_made.kind}: {key} is {fate}, not {sorted(right_fates)}\n")
    lines = [
        f"all provisions: {right} of {total} ({right / total:.3f})",
        "",
        f"not adopted: {told_right} of {news} ({told_right / news:.3f})",
    ]
    sys.stdout.write("\n".join([*lines, ""]))
    if arguments_given.pairs >= _WHOLE:
        command = f"python -m benchmarks.lineage --pairs {arguments_given.pairs} --seed {arguments_given.seed}"
        write_results("lineage", "Fates of the provisions of a draft", command, lines)
    return 0 if right >= TARGET * total and told_right >= TARGET * news else 1


def pairs(seed: int, count: int) -> Iterator[Case]:
    """Yield made pairs, of words and of structure in turn."""
    return islice(_all(seed, count), count)


def _all(seed: int, count: int) -> Iterator[Case]:
    for number in range(count):
        for bench in ("MUT-S", "MUT-X"):
            case_made = case(bench, seed, number)
            if case_made is not None and (case_made.expect.units is not None or case_made.expect.leaves is not None):
                yield case_made


def judge_fates(case_made: Case) -> Iterator[tuple[Key, set[Fate], Fate | None]]:
    """Yield each unit with the fates that are right and the one that was told."""
    hints = ReadingContext(jurisdiction=case_made.jurisdiction)
    lineage = lineage_of(read(case_made.old, hints), read(case_made.new, hints))
    truth = dict(_truth(case_made))
    news = {(fate.draft_eid, fate.final_eid): fate.fate for fate in lineage.provisions}
    for key, right_fates in truth.items():
        yield key, right_fates, news.pop(key, None)
    for key, fate in news.items():
        yield key, {Fate.ADOPTED}, fate


def _truth(case_made: Case) -> Iterator[tuple[Key, set[Fate]]]:
    for kind, old, new in case_made.expect.units or case_made.expect.leaves or ():
        key = (_unit(old), _unit(new))
        if kind in {"renumbered", "moved"}:
            if case_made.expect.units is not None:
                yield key, {Fate.ADOPTED} | _ANY_CHANGE
        elif (kind, old, new) in case_made.expect.references:
            yield key, {Fate.ADOPTED}
        elif kind in _FATES and case_made.expect.units is not None:
            yield key, {_FATES[kind]}
        elif None in key:  # a paragraph or item came or went within its unit
            unit = key[0] or key[1]
            yield (unit, unit), set(_ANY_CHANGE)
        else:
            yield key, _direction(case_made)


def _direction(case_made: Case) -> set[Fate]:
    old, new = (_days(value) for value in case_made.expect.values)
    if case_made.expect.tag != "deadline" or old is None or new is None:
        return set(_ANY_CHANGE)
    return {Fate.REWORDED, Fate.HARDENED if new < old else Fate.SOFTENED}


def _days(value: str) -> float | None:
    digits = "".join(char for char in value if char.isdecimal() or char == ".")
    unit = value.rsplit(digits, 1)[-1] if digits else ""
    unit = f"T{unit}" if value.startswith("PT") else unit
    return float(digits) * DAYS_OF_UNIT[unit] if digits and unit in DAYS_OF_UNIT else None


def _unit(eid: str | None) -> str | None:
    return eid.split("__")[0] if eid else None


if __name__ == "__main__":
    sys.exit(main())
