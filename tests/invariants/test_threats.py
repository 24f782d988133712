"""Each threat that is written down is held by a test that exists."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
THREATS = (ROOT / "docs" / "threats.md").read_text(encoding="utf-8")
LINES = [line for line in THREATS.splitlines() if line.startswith("| ") and "---" not in line][1:]


def test_there_are_threats_of_everybody_who_may_mean_harm():
    assert {line.split("|")[1].strip() for line in LINES} >= {
        "a publisher's page", "a stranger on the web", "a program with a key", "an operator",
        "an insider with the database",
    }  # fmt: skip


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.split("|")[2].strip()[:50])
def test_each_threat_is_held_by_a_test_that_exists(line):
    (path, name) = re.search(r"`(tests/[\w/]+\.py)::(\w+)`", line).groups()
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))

    assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
