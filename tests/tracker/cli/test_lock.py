"""`lock add`, `lock check` and `lock update` from the command line."""

import json

import pytest
from typer.testing import CliRunner

from storage.schema.open import open_database
from tests.tracker.lockfile.law_home import LawHome, a_regulation
from tracker.cli.main import app

LAMPS = [[1, "Subject", ["Lamps are lit at dusk.", "Lamps are put out at dawn."]], [2, "Scope", ["Harbours of ours."]]]


class Desk:
    def __init__(self, db):
        self.home = LawHome(db)
        self.publish(LAMPS)

    def publish(self, articles):
        self.home.publish("eu_32025R9001", "Lamp Act", a_regulation(9001, articles))

    def run(self, *args):
        return CliRunner().invoke(app, ["lock", *args])


@pytest.fixture
def desk(tmp_path, monkeypatch):
    (tmp_path / "home").mkdir()
    monkeypatch.setenv("CLAUSEWATCH_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "policy.md").write_text("# Light\n\nWe follow Article 1(2) of the Lamp Act.\n", encoding="utf-8")
    db = open_database(tmp_path / "home" / "clausewatch.db")
    yield Desk(db)
    db.close()


def test_a_policy_is_pinned_checked_and_pinned_again(desk):
    assert desk.run("add", "--from", "policy.md").exit_code == 0
    assert (desk.run("check").exit_code, desk.run("check").stdout) == (0, "1 pin, 0 drifted\n")

    desk.publish([[1, "Subject", ["Lamps are lit at dusk.", "Lamps are put out at noon."]], LAMPS[1]])
    result = desk.run("check")
    assert (result.exit_code, "was: Lamps are put out at dawn." in result.stdout) == (1, True)
    assert "cited in policy.md" in result.stdout

    assert desk.run("update").exit_code == 0
    assert desk.run("check").exit_code == 0


def test_drift_is_given_to_programs_and_to_code_review(desk):
    desk.run("add", "Lamp Act art. 1(2)", "--from", "policy.md")
    desk.publish([[1, "New", ["Lanterns are lamps."]], [2, *LAMPS[0][1:]], [3, *LAMPS[1][1:]]])

    shape = json.loads(desk.run("check", "--format", "json").stdout)
    sarif = json.loads(desk.run("check", "--format", "sarif").stdout)

    assert (shape["schema"], shape["pins"], shape["drifted"]) == ("clausewatch/lock_check/1", 1, 1)
    assert [(d["kind"], d["eid"], d["new_eid"]) for d in shape["drifts"]] == [
        ("renumbered", "art_1__para_2", "art_2__para_2")
    ]
    (result,) = sarif["runs"][0]["results"]
    assert (sarif["version"], result["ruleId"], result["level"]) == ("2.1.0", "renumbered", "error")
    place = result["locations"][0]["physicalLocation"]
    assert (place["artifactLocation"]["uri"], place["region"]["startLine"]) == ("policy.md", 3)


def test_what_a_policy_cites_and_is_not_pinned_ends_with_one(desk, tmp_path):
    (tmp_path / "policy.md").write_text("Lamp Act art. 1 and GDPR art. 5, see Section 4.\n", encoding="utf-8")

    result = desk.run("add", "--from", "policy.md")

    assert (result.exit_code, "not pinned: line 1: art. 5 of GDPR: no such act is watched" in result.stderr) == (
        1,
        True,
    )
    assert "taken for the policy's own: line 1: Section 4" in result.stderr
    assert desk.run("check").exit_code == 0  # what could be pinned is


@pytest.mark.parametrize(
    ("args", "why"),
    [
        (["check"], "no such file"),
        (["add"], "name a reference"),
        (["add", "Lamp Act art. 1(9)"], "it has (1) to (2)"),
        (["add", "--from", "gone.md"], "no such file"),
        (["check", "--on", "soon"], "YYYY-MM-DD"),
        (["update"], "no such file"),
    ],
)
def test_wrong_use_is_one_clear_line(desk, args, why):
    result = desk.run(*args)

    assert (result.exit_code, why in result.stderr, result.stderr.count("\n")) == (2, True, 1)


def test_a_provision_that_is_gone_stays_a_failure_after_an_update(desk):
    desk.run("add", "Lamp Act art. 2")
    desk.publish(LAMPS[:1])

    result = desk.run("update")

    assert (result.exit_code, "gone: Lamp Act Article 2" in result.stderr) == (1, True)
