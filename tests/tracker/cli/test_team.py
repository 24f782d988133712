"""`team` and `briefing` from the command line."""

import json

import pytest
from docx import Document
from typer.testing import CliRunner

from storage.schema.open import open_database
from tests.tracker.lockfile.law_home import LawHome, a_regulation
from tracker.cli.main import app

LAMPS = [[1, "Subject", ["Lamps are lit within 30 days.", "Lamps are put out at dawn."]]]


@pytest.fixture
def run(tmp_path, monkeypatch):
    (tmp_path / "home").mkdir()
    monkeypatch.setenv("CLAUSEWATCH_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    db = open_database(tmp_path / "home" / "clausewatch.db")
    laws = LawHome(db)
    laws.publish("eu_32025R9001", "Lamp Act", a_regulation(9001, LAMPS))
    laws.publish(
        "eu_32025R9001",
        "Lamp Act",
        a_regulation(9001, [[1, "Subject", ["Lamps are lit within 10 days.", LAMPS[0][2][1]]]]),
    )
    db.close()
    return lambda *args: CliRunner().invoke(app, list(args))


def test_a_change_is_assigned_talked_about_and_reviewed_with_a_trail(run):
    for args in (("assign", "1", "ben"), ("comment", "1", "we light lamps"), ("review", "1", "no action")):
        assert run("team", *args, "--as", "ana").exit_code == 0

    work = json.loads(run("team", "list", "--all", "--format", "json").stdout)["work"]
    trail = json.loads(run("team", "trail", "1", "--format", "json").stdout)["trail"]

    assert [(item["assignee"], item["reviewer"], item["open"]) for item in work] == [("ben", "ana", False)]
    assert [(entry["act"], entry["who"]) for entry in trail] == [
        ("assign", "ana"),
        ("comment", "ana"),
        ("review", "ana"),
    ]
    assert run("team", "list").stdout == ""


def test_a_list_is_shared_shown_and_ended(run):
    assert run("team", "lists", "new", "Lamps", "--topic", "content-labelling", "--as", "ana").exit_code == 0
    assert "Lamps  (by ana" in run("team", "lists", "show").stdout
    assert run("team", "lists", "show", "Lamps").stdout.endswith("0 in 30 days\n")
    assert run("team", "lists", "end", "Lamps").exit_code == 0


@pytest.mark.parametrize(
    ("args", "why"),
    [
        (("team", "assign", "99", "ben"), "no such set of changes"),
        (("team", "lists", "new", "x", "--topic", "gardening"), "gardening"),
        (("team", "lists", "show", "nope"), "no such list"),
        (("team", "lists", "end", "nope"), "no such list"),
        (("briefing", "soon"), "2026-W48"),
        (("briefing", "-o", "week.pdf"), ".docx"),
    ],
)
def test_wrong_use_is_one_clear_line(run, args, why):
    result = run(*args)

    assert (result.exit_code, why in result.stderr, result.stderr.count("\n")) == (2, True, 1)


def test_a_briefing_is_told_and_written(run, tmp_path):
    result = run("briefing", "2026-W10")
    file_result = run("briefing", "2026-W10", "-o", "week.docx")

    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "Weekly briefing, 2 March 2026 to 8 March 2026")
    assert (file_result.exit_code, Document(tmp_path / "week.docx").paragraphs[0].text) == (
        0,
        result.stdout.splitlines()[0],
    )
