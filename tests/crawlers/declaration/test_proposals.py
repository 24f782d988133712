import tomllib

import pytest

from crawlers.declaration import proposals
from crawlers.declaration.load import load, load_file
from crawlers.declaration.proposals import Proposal, accept_proposal, find_proposal, mend_text, save_proposal
from crawlers.errors import DeclarationError

TEXT = """\
title = "Practice list"
authority = "eu_ep"
language = "en"
spider = "listing"
urls = ["https://law.example/list"]
every = "1 day"

[params]
item = "li.old" # as of 2025
link = "a"
only = "/acts/" # the others are news

[expect]
min_items = 1

[evidence]
urls = "reported"
rows = "unknown"
"""
PROPOSAL = Proposal("eu_list", "2026-03-02", {"item": "div.new article", "date": "time"}, "20 rows were found again")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "declarations/eu").mkdir(parents=True)
    (tmp_path / "declarations/eu/eu_list.toml").write_text(TEXT, encoding="utf-8")
    return tmp_path / "declarations"


def test_a_proposal_is_kept_until_it_is_accepted(tmp_path, folder):
    save_proposal(tmp_path, PROPOSAL)
    assert find_proposal(tmp_path, "eu_list") == PROPOSAL

    path = accept_proposal(tmp_path, "eu_list", [folder])

    source = load_file(path)
    assert source.params == {"item": "div.new article", "date": "time", "link": "a", "only": "/acts/"}
    assert source.evidence["rows"].grade == "recorded"
    assert source.evidence["rows"].on == "2026-03-02"
    assert "# the others are news" in path.read_text(encoding="utf-8")
    assert find_proposal(tmp_path, "eu_list") is None


def test_one_of_ours_is_left_alone_and_the_home_gets_a_copy_that_replaces_it(tmp_path, folder, monkeypatch):
    monkeypatch.setattr(proposals, "BUILT_IN", folder)
    home = tmp_path / "home"
    save_proposal(home, PROPOSAL)

    path = accept_proposal(home, "eu_list", [folder])

    assert path == home / "declarations/eu/eu_list.toml"
    assert (folder / "eu/eu_list.toml").read_text(encoding="utf-8") == TEXT
    assert load([folder, home / "declarations"])["eu_list"].params["item"] == "div.new article"


def test_what_would_not_load_is_left_alone(tmp_path, folder):
    save_proposal(tmp_path, Proposal("eu_list", "2026-03-02", {"items": "rows"}, ""))

    with pytest.raises(DeclarationError, match="unknown key"):
        accept_proposal(tmp_path, "eu_list", [folder])

    assert (folder / "eu/eu_list.toml").read_text(encoding="utf-8") == TEXT


def test_where_nothing_is_proposed_nothing_is_accepted(tmp_path, folder):
    with pytest.raises(DeclarationError, match="nothing is proposed"):
        accept_proposal(tmp_path, "eu_list", [folder])


def test_a_declaration_without_params_gets_some():
    assert '[params]\nitem = "div.new article"' in mend_text("title = 1\n", PROPOSAL)


def test_a_fact_that_is_written_as_a_table_of_its_own_is_mended_too():
    own_table = TEXT.replace('rows = "unknown"\n', '\n[evidence.rows]\ngrade = "unknown"\norigin = "nobody"\n')
    own_table += '\n[politeness]\npause = "5 seconds"\n'

    declaration = tomllib.loads(mend_text(own_table, PROPOSAL))

    assert declaration["evidence"]["rows"]["grade"] == "recorded"
    assert declaration["evidence"]["urls"] == "reported"
    assert declaration["politeness"] == {"pause": "5 seconds"}
