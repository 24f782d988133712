"""Checks that nothing else would miss were they taken away, over real HTTP."""

import time

import pytest

from storage import api_keys, snapshots
from storage.archive import Archive
from storage.database.connection import transaction
from tests.builders.visitor import cache_of, sign_in
from tests.tracker.web.conftest import NOW
from tracker.signing import key_fingerprint, sign
from tracker.web.app import SAFETY
from tracker.web.middleware import response_cache
from tracker.web.rate_limit import RateLimit

COMPARE = "/compare?old=cn_practice@2026-03-02&new=cn_practice@2026-03-02.2"


def form_token(page):
    return page.text.partition('name="form" value="')[2].partition('"')[0]


def test_a_form_of_before_signing_in_decides_nothing_after_it(operator_client):
    before = form_token(operator_client.get("/subscribe"))
    sign_in(operator_client)
    fields = {"verdict": "approve", "form": before}
    assert before
    assert operator_client.post("/operators/quarantine/1", data=fields).status_code == 403


@pytest.mark.parametrize("path", [COMPARE, "/feeds/all.atom", "/feeds/all.ics"])
def test_what_is_costly_is_counted(visit, path):
    client = visit(questions_per_minute=1)
    assert [client.get(f"{path}{'&' if '?' in path else '?'}n={n}").status_code for n in range(2)] == [200, 429]


def test_all_addresses_of_one_customer_are_one_reader(visit):
    client = visit(questions_per_minute=1)
    addresses = ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1")
    statuses = [
        client.get(f"/search?q={n}", headers={"X-Forwarded-For": address}) for n, address in enumerate(addresses)
    ]
    assert [address.status_code for address in statuses] == [200, 429, 200]


def test_no_more_readers_are_remembered_than_fit():
    allowance = RateLimit(1, clock=lambda: 0.0)
    assert not allowance.spend("first")
    assert allowance.spend("first")
    for number in range(10_000):
        allowance.spend(f"{number}")
    assert not allowance.spend("first")  # forgotten


def test_no_more_pages_are_kept_than_fit(visit, tmp_path, monkeypatch):
    monkeypatch.setattr(response_cache, "_ROOM", 50_000)
    client = visit()
    cache = cache_of(client, tmp_path)
    for number in range(30):
        client.get(f"/topics?{number}")
    assert 0 < cache._size <= 50_000
    assert len(cache._responses) < 30


def test_no_session_holds_where_no_password_is_set(visit):
    client = visit()
    until = str(int(time.time()) + 10**9)
    client.cookies.set("clausewatch-session", sign(b"for tests only", "session ", f"name.{until}"))
    assert client.get("/operators").url.path == "/operators/sign-in"


def test_what_a_key_opened_is_kept_for_nobody(visit, db):
    with transaction(db):
        api_keys.add(db, "tests", key_fingerprint("a key"), NOW)
    client = visit()
    assert client.get("/api/v1/problems", headers={"Authorization": "Bearer a key"}).status_code == 200
    assert client.get("/api/v1/problems").status_code == 401


def test_a_text_in_quarantine_is_given_to_no_program(operator_client):
    for path in ("", "/provisions"):
        assert operator_client.get(f"/api/v1/versions/cn_practice@2026-03-02.2{path}").status_code == 200
        assert operator_client.get(f"/api/v1/versions/cn_practice@2026-03-09{path}").status_code == 404


def test_our_own_mistakes_are_told_as_safely_as_all_else(visit, db):
    client = visit()
    db.execute("DROP TABLE problems")
    health = client.get("/healthz")
    assert health.status_code == 500
    assert {name: health.headers.get(name) for name in SAFETY} == SAFETY


def test_a_drawing_is_not_shown_as_evidence(visit, db, tmp_path):
    kind, body = "image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
    page = snapshots.get(db, 1)
    warc_record = Archive(tmp_path / "archive").keep(page.url, [], 200, "OK", [("Content-Type", kind)], body, NOW)
    with transaction(db):
        number = snapshots.add(
            db,
            page.page_id,
            page.url,
            NOW,
            200,
            kind,
            warc_record[0],
            len(body),
            {"content-type": kind},
            warc_record[1],
        )
    client = visit()
    assert client.get(f"/evidence/{number}/page").status_code == 404
    assert client.get(f"/evidence/{number}/download").content == body
