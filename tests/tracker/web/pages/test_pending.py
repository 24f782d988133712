"""Pages and API of pending law: marked as computed everywhere, with its redline, its text and its verdict."""

from __future__ import annotations

from contextlib import closing

import pytest
from starlette.testclient import TestClient

from storage import pending_versions
from tests.tracker.pipeline.builders import FedHome, a_rule, a_source
from tests.tracker.pipeline.steps.amendments.test_predict_amendments import LAW, LAW_ID, NEW, OLD, announce
from tracker.web.app import make_app

MARK = "not official"


@pytest.fixture
def home(tmp_path):
    home = FedHome(tmp_path / "home", a_source("cn_test", "http://127.0.0.1/law"))
    with closing(home.db):
        home.serve(law=a_rule(LAW))
        announce(home)
        yield home


@pytest.fixture
def visitor(home):
    with TestClient(make_app(home.service), base_url="http://127.0.0.1:8000") as client:
        yield client


def test_the_redline_is_marked_as_computed(visitor):
    page = visitor.get("/pending/1").text

    assert MARK in page
    assert "<del>30</del>" in page or "30日" in page
    assert "10日" in page
    assert "2026" in page


@pytest.mark.parametrize("address", ["/pending/1", "/pending/1/text"])
def test_wherever_it_is_shown_it_is_marked(visitor, address):
    assert MARK in visitor.get(address).text


def test_the_whole_text_reads_as_it_will(visitor):
    page = visitor.get("/pending/1/text").text

    assert NEW in page
    assert OLD not in page


def test_the_akoma_ntoso_of_a_pending_version_says_that_it_is_one(visitor):
    answer = visitor.get("/pending/1/akn")

    assert answer.headers["content-type"] == "application/akn+xml"
    assert "not official" in answer.text
    assert NEW in answer.text


def test_the_list_names_the_act_and_the_score(visitor, home):
    before = visitor.get("/pending").text
    home.confirm(law=a_rule(LAW, days=10))
    with TestClient(make_app(home.service), base_url="http://127.0.0.1:8000") as later:
        after = later.get("/pending").text

    assert "Computed, not official." in before
    assert "The official text agreed." in after
    assert "1 read as computed and 0 differed" in after


def test_programs_are_told_the_same(visitor):
    pending_list = visitor.get("/api/v1/pending").json()
    [row] = visitor.get("/api/v1/pending", params={"instrument": LAW_ID}).json()["pending"]
    whole = visitor.get(f"/api/v1/pending/{row['id']}").json()

    assert pending_list["pending"] == [row]
    assert (row["official"], row["state"], row["effective_on"]) == (False, "pending", "2026-06-01")
    assert MARK in row["mark"]
    assert [change["new_text"] for change in whole["changes"]] == [NEW]
    assert whole["operations"][0]["action"] == "replace"


@pytest.mark.parametrize("address", ["/pending/9", "/pending/9/text", "/pending/9/akn", "/api/v1/pending/9"])
def test_what_is_not_there_is_not_found(visitor, address):
    assert visitor.get(address).status_code == 404


def test_events_lead_to_the_pending_redline(visitor, home):
    assert 'href="/pending/1"' in visitor.get("/changes").text
    assert pending_versions.get(home.db, 1).applied_count == 1


def test_the_law_s_own_page_leads_to_what_will_change_it(visitor, home):
    page = visitor.get(f"/instruments/{LAW_ID}").text

    assert 'href="/pending/1"' in page
    assert "An amending act will change this law" in page
    assert "Computed, not official." in page


def test_the_law_s_own_page_says_so_in_chinese_too(visitor):
    page = visitor.get(f"/instruments/{LAW_ID}", headers={"Accept-Language": "zh"}).text

    assert "将修改本法" in page
    assert "推算文本，非官方文本。" in page


def test_a_law_that_nothing_will_change_says_nothing_of_it(visitor, home):
    pending = pending_versions.get(home.db, 1)

    others = [row for row in visitor.get("/api/v1/instruments").json()["items"] if row["id"] != pending.instrument_id]

    assert others
    for row in others:
        assert "/pending/" not in visitor.get(f"/instruments/{row['id']}").text
