"""One judge: a dry run and a first check say the same of every practice page on every bad day.

Each practice source is declared once for each fault, at a host of its own that has that fault from the start. One dry
run and one first round look at all of them; then cause and exit status are held against each other.
"""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path

import pytest

from crawlers.declaration.load import load
from crawlers.practice import Practice, declarations, fault, fault_names
from storage import problems
from tests.journeys.conftest import GivenClock
from tracker.config import Settings
from tracker.context import open_context
from tracker.operations.dry_run import try_out
from tracker.pipeline.run import one_round

ROLES = ("cac", "cellar", "fedreg", "meity")
WELL = "well"
FAULTS = (WELL, *fault_names())
SLOW = {"time-out", "silent-host", "slow-drip"}  # all others come to their end, however busy the machine is
SOURCES = sorted(Path(name).stem for name in declarations({}))


def write_declarations(folder: Path, practice: Practice) -> None:
    elsewhere = practice.origins["meity"] + "/PressReleasePage.aspx?PRID=9100001"
    for name in FAULTS:
        origins = {role: practice.another(role) for role in ROLES}
        for origin in origins.values() if name != WELL else ():
            practice.breaks(origin, fault(name, elsewhere))
        for path, text in declarations(origins).items():
            place = folder / path.replace(".toml", f"_{name.replace('-', '_')}.toml")
            place.parent.mkdir(parents=True, exist_ok=True)
            own_text = re.sub(r'^instrument = "(.*)"', rf'instrument = "\1_{len(name)}_{name}"', text, flags=re.M)
            patience = 3 if name in SLOW else 60
            place.write_text(own_text.rstrip() + f'\ntimeout = "{patience} seconds"\n', encoding="utf-8")


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory):
    """Return by source and fault what the dry run said, and what the first round said."""
    folder = tmp_path_factory.mktemp("judge")
    with Practice() as practice:
        write_declarations(folder / "declarations", practice)
        sources, folders = load((folder / "declarations",)), (folder / "declarations",)
        trials = {trial.id: trial.problem for trial in try_out(list(sources), sources, folders, "")}
        service = open_context(Settings(home=folder / "home"), sources, folders, GivenClock(1))
        with closing(service.db):
            one_round(service)
            first_checks = {source_id: [] for source_id in sources}
            for problem in problems.open_problems(service.db):
                first_checks[problem.source_id].append(problem.cause)
    return trials, first_checks


@pytest.mark.parametrize("name", FAULTS)
@pytest.mark.parametrize("source_id", SOURCES)
def test_a_dry_run_and_a_first_check_agree_in_cause_and_exit_status(verdicts, source_id, name):
    trials, first_checks = verdicts
    key = f"{source_id}_{name.replace('-', '_')}"

    trial, causes = trials[key], first_checks[key]

    assert bool(trial) == bool(causes)
    assert not trial or trial in causes
