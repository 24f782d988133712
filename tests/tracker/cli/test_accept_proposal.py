"""``sources accept``: a proposal that an operator accepts is mended and noted, or neither."""

import json

import pytest
from typer.testing import CliRunner

from crawlers.declaration.proposals import Proposal, find_proposal, save_proposal
from tracker.cli.main import app

DECLARATION = """\
title = "Practice list"
authority = "eu_ep"
language = "en"
spider = "listing"
urls = ["http://127.0.0.1:9/list"]
every = "1 day"

[params]
item = "li.old"

[evidence]
rows = "unknown"
"""


@pytest.fixture
def home(tmp_path, monkeypatch):
    folder = tmp_path / "declarations" / "eu"
    folder.mkdir(parents=True)
    (folder / "eu_list.toml").write_text(DECLARATION, encoding="utf-8")
    monkeypatch.setenv("CLAUSEWATCH_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CLAUSEWATCH_DECLARATIONS", str(tmp_path / "declarations"))
    return tmp_path / "home"


def run(*arguments):
    return CliRunner().invoke(app, list(arguments))


def writes():
    return json.loads(run("operators", "log", "--format", "json").stdout)["writes"]


def test_an_accepted_proposal_is_in_the_operators_audit_log_with_who_accepted_it(home):
    save_proposal(home, Proposal("eu_list", "2026-03-02", {"item": "li.new"}, "20 rows were found again"))

    result = run("sources", "accept", "eu_list")

    assert result.exit_code == 0, result.output
    assert 'item = "li.new"' in (home.parent / "declarations/eu/eu_list.toml").read_text(encoding="utf-8")
    [write] = writes()
    assert (write["act"], write["subject"]) == ("accepted", "proposal eu_list")
    assert write["who"].startswith("command line")


def test_what_could_not_be_mended_is_not_noted_as_accepted(home):
    assert run("sources", "accept", "eu_list").exit_code == 2  # nothing is proposed
    save_proposal(home, Proposal("eu_list", "2026-03-02", {"no_such_key": "li"}, "found"))
    assert run("sources", "accept", "eu_list").exit_code == 2
    assert run("sources", "accept", "eu_elsewhere").exit_code == 2

    assert writes() == []
    assert find_proposal(home, "eu_list") is not None
    assert (home.parent / "declarations/eu/eu_list.toml").read_text(encoding="utf-8") == DECLARATION
