import httpx

from storage.schema.open import open_database
from tests.tracker.web.conftest import NOW, PAGE, an_app, serve_app
from tracker.web.rate_limit import RateLimit


def test_nothing_is_loaded_from_elsewhere(client):
    policy = client.get("/").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "http" not in policy
    assert "unsafe" not in policy


def test_evidence_is_the_page_as_received_in_a_cage(client):
    answer = client.get("/evidence/1/page")
    policy = answer.headers["content-security-policy"]
    assert answer.text == PAGE
    assert policy.startswith("sandbox; default-src 'none'")
    assert "script" not in policy
    assert 'sandbox=""' in client.get("/evidence/1").text


def test_a_download_is_never_opened_as_a_page(client):
    got = client.get("/evidence/1/download")
    assert got.content == PAGE.encode()
    assert got.headers["content-type"] == "application/octet-stream"
    assert got.headers["content-disposition"].startswith("attachment")


def test_no_address_leads_a_reader_away(client):
    for path in ("/%2f%2fevil.example/", "/search?q=x&next=http://evil.example/", "/\\evil.example"):
        assert "location" not in client.get(path).headers


def test_a_reader_who_asks_too_much_is_told_to_wait(home):
    with (
        an_app(home, questions_per_minute=3) as app,
        serve_app(app) as address,
        httpx.Client(base_url=address) as client,
    ):
        statuses = [client.get("/search", params={"q": f"w{n}"}).status_code for n in range(5)]
        refusal = client.get("/api/v1/search", params={"q": "more"})
    assert statuses == [200, 200, 200, 429, 429]
    assert refusal.json()["error"].startswith("That was a lot")
    assert 0 < int(refusal.headers["retry-after"]) <= 20


def test_an_allowance_fills_again_with_time():
    now = [0.0]
    allowance = RateLimit(2, clock=lambda: now[0])
    assert [allowance.spend("a") for _ in range(3)] == [0.0, 0.0, 30.0]
    assert not allowance.spend("b")
    now[0] = 30.0
    assert [allowance.spend("a") for _ in range(2)] == [0.0, 30.0]


def test_a_kept_page_is_made_again_when_the_database_changes(tmp_path):
    path = tmp_path / "clausewatch.db"
    with (
        an_app(tmp_path, sources_declared={}) as app,
        serve_app(app) as address,
        httpx.Client(base_url=address) as client,
    ):
        assert "Nothing has been read yet" in client.get("/instruments").text
        assert "0 instruments" not in client.get("/jurisdictions").text
        db = open_database(path)
        db.table("instruments").insert(
            {"id": "eu_x", "jurisdiction": "eu", "title": "X", "title_native": "", "source_id": "", "url": "",
             "first_seen_at": NOW.isoformat()}
        )  # fmt: skip
        db.close()
        assert "European Union" in client.get("/jurisdictions").text


def test_a_giant_table_and_deep_nesting_are_shown_as_text():
    from storage.records import Provision, ProvisionKind  # noqa: PLC0415 - only here
    from tracker.render.law_html import law_pieces  # noqa: PLC0415

    deepest = Provision("item_0", ProvisionKind.ITEM, text="<td>" * 50_000)
    for number in range(1, 200):
        deepest = Provision(f"item_{number}", ProvisionKind.ITEM, children=(deepest,))
    answer = "".join(piece.markup for piece in law_pieces([deepest]))
    assert "<td>" not in answer
    assert answer.count("&lt;td&gt;") == 50_000
