"""What readers are told when there is no answer, and that guessed addresses lead somewhere."""

from contextlib import closing

import httpx
import pytest

from storage.archive import Archive
from storage.schema.open import open_database
from tests.tracker.web.conftest import an_app, fill, serve_app


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/api/v1/changes?weight=foo", "“weight” is high, medium, low, editorial or reference, not “foo”."),
        ("/api/v1/changes?weight=", "“weight” is high, medium, low, editorial or reference, not empty."),
        ("/api/v1/changes?page=x", "“page” is a whole number, not “x”."),
        ("/api/v1/changes?page=0", "“page” is at least 1, not “0”."),
        ("/api/v1/changes?size=999", "“size” is at most 200, not “999”."),
        ("/api/v1/changes/x", "“set_id” is a whole number, not “x”."),
        ("/api/v1/search", "“q” is missing."),
        (f"/api/v1/search?q={'a' * 201}", "“q” has at most 200 characters."),
        ("/api/v1/search?q=a&past=perhaps", "“past” is true or false, not “perhaps”."),
        ("/api/v1/instruments/cn_practice?on=soon", "“on” is a day such as 2026-03-01, not “soon”."),
        ("/api/v1/nothing", "There is nothing at this address."),
    ],
)
def test_a_refusal_names_the_field_and_what_would_fit(client, path, says):
    assert client.get(path).json() == {"error": says}


def test_a_page_says_what_is_wrong_and_what_one_can_do_next(client):
    refusal = client.get("/changes?weight=foo")
    assert refusal.status_code == 422
    assert "<h1>This cannot be answered</h1>" in refusal.text
    assert "“weight” is high, medium" in refusal.text
    not_found = client.get("/instruments/none")
    assert "<h1>Not found</h1>" in not_found.text
    for onward in ('href="/"', 'href="/instruments"', 'action="/search"'):
        assert onward in not_found.text


@pytest.mark.parametrize(
    "path", ["/search?q=%00a%07%1b%5B31m%C2%85", "/instruments?jurisdiction=%00", "/%00", "/a%1bb"]
)
def test_control_characters_never_reach_a_page(client, path):
    answer = client.get(path)
    assert not [c for c in answer.text if (ord(c) < 32 and c not in "\t\n\r") or 127 <= ord(c) < 160]
    if "q=" in path:
        assert "[U+0000]a[U+0007][U+001B][31m[U+0085]" in answer.text


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/instruments/", "/instruments"),
        ("/instruments/cn_practice/?version=x", "/instruments/cn_practice?version=x"),
        ("/feed.xml", "/feeds/all.atom"),
        ("/atom.xml", "/feeds/all.atom"),
        ("/feed.json", "/feeds/all.json"),
        ("/calendar.ics", "/feeds/all.ics"),
        ("/favicon.ico", "/static/icon.svg"),
        ("/api", "/docs"),
    ],
)
def test_guessed_addresses_lead_where_the_thing_is(client, path, to):
    redirect = client.get(path)
    assert (redirect.status_code, redirect.headers["location"]) == (308, to)
    if "version" not in to:
        assert client.get(to).status_code == 200


@pytest.mark.parametrize("path", ["//evil.example/", "/\\evil.example/", "/%5cevil.example/", "/%0d%0aX:/", "/.//x/"])
def test_a_slash_at_the_end_leads_nobody_away(client, path):
    assert "location" not in client.get(str(client.base_url).rstrip("/") + path).headers


def test_the_calendar_of_a_place_nobody_watches_offers_no_feed(client):
    answer = client.get("/calendar?jurisdiction=zz").text
    assert "Nothing is watched in “zz”." in answer
    assert "/feeds/jurisdictions/zz" not in answer
    assert "/feeds/jurisdictions/cn.ics" in client.get("/calendar?jurisdiction=cn").text


def test_crawlers_are_told_what_to_leave_alone(client):
    answer = client.get("/robots.txt")
    assert answer.headers["content-type"].startswith("text/plain")
    assert "Disallow: /operators\n" in answer.text
    assert "Disallow: /instruments" not in answer.text


def test_an_old_server_on_a_newer_home_says_that_it_must_be_restarted(tmp_path):
    with closing(open_database(tmp_path / "clausewatch.db")) as db:
        fill(db, Archive(tmp_path / "archive"))
        with an_app(tmp_path) as app, serve_app(app) as address, httpx.Client(base_url=address) as client:
            assert client.get("/healthz").status_code == 200
            assert client.get("/changes").status_code == 200
            db.execute("CREATE TABLE of_tomorrow (x)")
            db.execute(
                "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
                " VALUES ('clausewatch', 'm999_of_tomorrow', 'x')"
            )
            db.conn.commit()
            for path in ("/healthz", "/changes", "/instruments", "/api/v1/sources", "/subscribe"):
                refusal = client.get(path)
                assert refusal.status_code == 503, path
                assert "restart" in refusal.text
                assert refusal.headers["retry-after"]
                assert "content-security-policy" in refusal.headers
            assert client.get("/api/v1/sources").json()["error"].endswith("please restart `clausewatch serve`.")


def test_a_table_that_changed_and_is_still_ours_is_opened_again(tmp_path):
    with closing(open_database(tmp_path / "clausewatch.db")) as db:
        fill(db, Archive(tmp_path / "archive"))
        with an_app(tmp_path) as app, serve_app(app) as address, httpx.Client(base_url=address) as client:
            assert client.get("/changes").status_code == 200
            db.execute("CREATE INDEX a_new_one ON checks (text)")
            assert client.get("/changes?page=2").status_code == 200
