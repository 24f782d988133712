"""Let a home have bad luck of every kind, and write down what came of it: `python -m benchmarks.bad_luck`."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.bad_luck.ground import World
from benchmarks.bad_luck.scenarios import SCENARIOS, Scenario
from benchmarks.results_page import keep_page


@dataclass(frozen=True, slots=True)
class Survival:
    """One scenario, and what was wrong while it lasted or after good rounds."""

    scenario: Scenario
    faults: tuple[str, ...]


def survivals(folder: Path, names: Sequence[str] = ()) -> Iterator[Survival]:
    """Yield what came of each scenario whose name holds one of *names*; of all when none is given."""
    world = World(folder)
    try:
        for scenario in SCENARIOS:
            if not names or any(name in scenario.name for name in names):
                yield Survival(scenario, tuple(_faults(world, scenario)))
    finally:
        world.close()


def _faults(world: World, scenario: Scenario) -> list[str]:
    with world.ground(scenario.name.replace(" ", "-").replace("/", "-")) as ground:
        try:
            faults = [f"meanwhile: {fault}" for fault in scenario.act(ground)]
            after = ground.heal(world.calm_outcome, repeats=scenario.may_repeat, allowances=scenario.losses)
        except Exception as error:
            return [f"the drill itself: {type(error).__name__}: {error}"]
        return faults + [f"after: {fault}" for fault in after]


def main(arguments: Sequence[str]) -> int:
    """Run the drill; status 1 when anything was lost, told twice or falsely, unclear or not healed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", action="append", default=[], help="only scenarios whose name holds this")
    options = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="clausewatch-") as name:
        outcomes = []
        for survival in survivals(Path(name), options.only):
            outcomes.append(survival)
            print(f"{'FAILED' if survival.faults else 'well'}  {survival.scenario.name}", flush=True)
            for fault in survival.faults:
                print(f"        {fault[:400]}", flush=True)
    text = table(outcomes)
    print(text)
    if not options.only:
        keep_page("bad_luck", text)
    return 1 if any(survival.faults for survival in outcomes) else 0


def table(outcomes: Sequence[Survival]) -> str:
    """Return the figures as Markdown."""
    counts, good = Counter[str](), Counter[str]()
    for survival in outcomes:
        counts[survival.scenario.kind] += 1
        good[survival.scenario.kind] += not survival.faults
    head = (
        f"{good.total()} of {counts.total()} scenarios: nothing lost, nothing told twice or falsely, a clear line "
        "while it lasts, and healed by the next good rounds."
    )
    rows = [f"| {kind} | {count} | {good[kind]} |" for kind, count in counts.items()]
    return "\n".join(
        ("# Bad luck", "", head, "", "| what goes wrong | scenarios | survived |", "|---|---|---|", *rows, "")
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
