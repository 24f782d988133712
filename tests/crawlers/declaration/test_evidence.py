import pytest

from crawlers.declaration.catalogue import evidence_text, sureness
from crawlers.declaration.load import BUILT_IN, load, load_file
from storage.records import KeyNeed, SourceEvidence

TEXT = """\
title = "Practice bills"
authority = "us_congress"
language = "en"
spider = "json"
urls = ["https://law.example/api"]
every = "1 day"
[params]
link = "url"
[key]
name = "PRACTICE"
header = "X-Key"
[evidence]
urls = { grade = "recorded", on = "2026-03-02", origin = "a saved answer" }
rows = "reported"
robots = "unknown"
"""


@pytest.fixture
def path(tmp_path):
    (tmp_path / "us").mkdir()
    path = tmp_path / "us/us_bills.toml"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_each_fact_says_what_it_rests_on(path):
    source = load_file(path)

    assert source.evidence["urls"] == SourceEvidence("recorded", "2026-03-02", "a saved answer")
    assert sureness(source) == "unknown"
    assert evidence_text(source) == "unknown: robots; reported: rows; recorded: urls 2026-03-02"


def test_a_source_sleeps_until_its_key_is_in_the_environment(path, monkeypatch):
    monkeypatch.delenv("CLAUSEWATCH_KEY_PRACTICE", raising=False)
    assert load_file(path).dormant == "its interface wants a key: set CLAUSEWATCH_KEY_PRACTICE"

    monkeypatch.setenv("CLAUSEWATCH_KEY_PRACTICE", "s3cret")
    assert load_file(path).dormant == ""
    assert load_file(path).key == KeyNeed("PRACTICE", "X-Key")


def test_what_is_shut_out_says_what_stands_in_for_it():
    dormant = {source.id: source.dormant for source in load([BUILT_IN]).values() if source.dormant and not source.key}

    assert {"cn_npc_flk", "cn_pboc_news", "us_ca_sb53"} <= dormant.keys()
    assert all(";" in reason for reason in dormant.values())
