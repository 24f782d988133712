"""The guide and the workflow hold true: their commands, options, sources and kinds of drift are there."""

import re
from pathlib import Path

from tracker.cli.law.lock import lock_app
from tracker.lockfile.drift import DriftKind

DOCS = Path(__file__).parents[3] / "docs"


def test_the_guide_names_every_kind_of_drift():
    kinds = re.findall(r"^\| `(\w+)` \|", (DOCS / "lock.md").read_text(encoding="utf-8"), re.MULTILINE)

    assert set(kinds) == {kind.value for kind in DriftKind}


def test_the_commands_of_guide_and_workflow_are_there():
    text = (DOCS / "lock.md").read_text(encoding="utf-8") + (DOCS / "clausewatch-lock.yml").read_text(encoding="utf-8")
    commands = {command.name for command in lock_app.registered_commands}

    assert set(re.findall(r"clausewatch lock (\w+)", text)) == commands


def test_the_sources_of_the_workflow_are_declared():
    text = (DOCS / "clausewatch-lock.yml").read_text(encoding="utf-8")
    (names,) = re.findall(r"clausewatch check ([\w ]+?) \|\|", text)

    source_ids = {path.stem for path in (DOCS.parent / "crawlers/declarations").rglob("*.toml")}
    assert set(names.split()) <= source_ids
