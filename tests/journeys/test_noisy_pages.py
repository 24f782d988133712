"""Thirty noisy pages, over real HTTP: nothing is told while nothing changes, and each true change once, where it is."""

import json

import pytest
from typer.testing import CliRunner

from benchmarks.noise import measure, table
from storage import furniture
from storage.schema.open import open_database
from tracker.cli.main import app

PAGES = 30  # of either language, laws and guidance, noise before, inside and behind the text


@pytest.fixture(scope="module")
def measurement(tmp_path_factory):
    home = tmp_path_factory.mktemp("noisy")
    return home, measure(home, PAGES, hosts=2, unchanged_rounds=2)


def test_nothing_is_told_wrongly_and_every_true_change_once(measurement):
    _, figures = measurement
    assert figures.wrong == []
    assert figures.event_counts == {"first look": 0, "unchanged 1": 0, "unchanged 2": 0, "a fifth changed": 6}
    assert "| a fifth changed | 30 |" in table(figures, PAGES)


def test_what_is_left_out_is_on_record_with_its_reason(measurement, monkeypatch):
    home, figures = measurement
    assert figures.learned_kinds.keys() == {"counter", "time", "token", "links"}
    monkeypatch.setenv("CLAUSEWATCH_HOME", str(home / "home"))
    monkeypatch.setenv("CLAUSEWATCH_DECLARATIONS", str(home / "declarations"))
    answer = json.loads(CliRunner().invoke(app, ["furniture", "--format", "json"]).stdout)
    assert len(answer["furniture"]) == figures.learned_kinds.total()
    assert {row["reason"].partition(":")[0] for row in answer["furniture"]} == {"learned"}

    number = answer["furniture"][0]["id"]
    assert CliRunner().invoke(app, ["furniture", "forget", str(number)]).exit_code == 0
    assert CliRunner().invoke(app, ["furniture", "forget", str(number)]).exit_code == 2
    db = open_database(home / "home" / "clausewatch.db")
    assert number not in {piece.id for piece in furniture.all_known(db)}
    db.close()
