"""The page of coverage and its interface."""

import csv
import io

import httpx

from tests.tracker.web.conftest import an_app, serve_app


def test_the_page_says_what_is_watched_how_fresh_how_sure_and_what_is_missing(client):
    page = client.get("/coverage").text

    assert "<h1>Coverage</h1>" in page
    assert "1 unknown" in page  # the source of the tests says nothing of its shape
    assert "Known to be missing" in page
    assert "Ministry of Commerce" in page
    assert 'href="/coverage"' in client.get("/sources").text


def test_one_jurisdiction_can_be_chosen_and_one_without_sources_says_so(client):
    assert "Data Protection Board" not in client.get("/coverage?jurisdiction=cn").text
    assert "No source is declared there." in client.get("/coverage?jurisdiction=xx").text


def test_programs_have_the_same_as_json_and_csv(client):
    items = client.get("/api/v1/coverage").json()["items"]
    table = client.get("/api/v1/coverage?format=csv")
    gaps = client.get("/api/v1/coverage/gaps?jurisdiction=us&size=2").json()

    assert {name for item in items for name in item["sources"]} == {"cn_test"}
    assert all(item["jurisdiction"] == "cn" and item["newest_read_at"] for item in items)
    assert [row["authority"] for row in csv.DictReader(io.StringIO(table.text))] == [i["authority"] for i in items]
    assert [gap["jurisdiction"] for gap in gaps["items"]] == ["us", "us"]
    assert gaps["next"] == 2
    assert client.get("/api/v1/coverage?colour=red").status_code == 422


def test_a_home_that_declares_nothing_has_a_page_all_the_same(home):
    with an_app(home, sources_declared={}) as app, serve_app(app) as address:
        assert "No source is declared." in httpx.get(f"{address}/coverage").text
