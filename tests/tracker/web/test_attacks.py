"""What somebody tries who means harm, over real HTTP: each of these once worked."""

import asyncio
import socket
from contextlib import closing
from email import message_from_bytes, policy
from urllib.parse import urlsplit

import pytest
from lxml import html

from storage import messages, subscriptions, versions
from storage.records import ReviewState
from tests.builders.visitor import ANA, PASSWORD, cache_of, send, sign_in, token_of_mail
from tracker.config import Settings, load
from tracker.errors import UsageError
from tracker.web.middleware.request_body import LARGEST, RequestBodyLimit
from tracker.web.operators.passwords import hash_of
from tracker.web.rate_limit import RateLimit

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize("words", ["https:\u200e//evil.\u200eexample/login", "www\u200f.evil", "a\ufeff@evil"])
def test_no_link_goes_to_a_stranger_in_our_mail(visit, db, words):
    assert send(visit(), "/subscribe", address=ANA, words=words).status_code == 422
    assert messages.recent(db) == []


def test_nobodys_own_words_go_to_an_address_that_has_not_asked(visit, db):
    send(visit(), "/subscribe", address=ANA, words="your account is locked call 900")
    mime = messages.recent(db)[0].mime
    texts = [
        part.get_content()
        for part in message_from_bytes(mime, policy=policy.default).walk()
        if part.get_content_maintype() == "text"
    ]
    assert len(texts) == 2
    assert not any("locked" in text for text in texts)


def test_what_is_too_large_is_not_read(visit):
    client = visit()
    for path, headers in (("/api/v1/subscriptions", {"Content-Type": "application/json"}), ("/confirm", FORM)):
        answer = client.post(path, content=b"x" * (LARGEST + 1), headers=headers)
        assert answer.status_code == 413, path


def test_what_is_too_slow_is_not_waited_for_and_holds_nothing():
    requests = []

    async def app(scope, receive, send):
        requests.append(scope)

    async def never():
        await asyncio.sleep(60)

    answers = []

    async def send_back(message):
        answers.append(message)

    scope = {"type": "http", "method": "POST", "path": "/confirm", "query_string": b"", "headers": []}
    asyncio.run(RequestBodyLimit(app, within=0.05)(scope, never, send_back))
    assert (answers[0]["status"], requests) == (408, [])


def test_who_goes_away_while_sending_is_forgotten_in_silence():
    async def app(scope, receive, send):
        raise AssertionError("nobody is there to be answered")

    async def go_away():
        return {"type": "http.disconnect"}

    scope = {"type": "http", "method": "POST", "path": "/confirm", "query_string": b"", "headers": []}
    asyncio.run(RequestBodyLimit(app)(scope, go_away, app))


def test_a_stranger_cannot_fill_our_memory_with_addresses(tmp_path, visit):
    client = visit()
    cache = cache_of(client, tmp_path)
    for number in range(60):
        client.get(f"/static/zone.js?{number}{'x' * 20_000}")
        client.get(f"/?jurisdiction={number}")
        client.get(f"/topics?{number}{'x' * 3_000}")
    assert sum(key.startswith(b"en /static/zone.js") for key in cache._responses) == 1
    assert not any(len(key) > 2_000 for key in cache._responses)
    size = sum(
        1_000 + len(key) + len(response.body) + sum(map(len, sum(response.headers, ())))
        for key, response in cache._responses.items()
    )
    assert cache._size == size


def test_pages_are_not_made_without_end_for_one_reader(visit):
    client = visit(pages_per_minute=3)
    statuses = [client.get(f"/changes/1?show=whole&z={n}").status_code for n in range(5)]
    assert statuses == [200, 200, 200, 429, 429]
    refusal, bare = client.get("/api/v1/changes/1"), client.head("/topics")
    assert refusal.json()["error"].startswith("That was a lot of pages")
    assert 0 < int(refusal.headers["retry-after"]) <= 20
    assert (bare.status_code, bare.content) == (429, b"")
    assert client.get("/changes/1?show=whole&z=0").status_code == 200  # kept: it costs nothing
    assert client.get("/healthz").status_code == 200


def test_twenty_quick_readers_behind_one_address_are_not_refused():
    allowance = RateLimit(Settings.model_fields["pages_per_minute"].default, clock=lambda: 0.0)
    assert not any(allowance.spend("203.0.113.7") for _ in range(20 * 60))  # each a page a second, in no time


@pytest.mark.parametrize("way", ["several lines", "a port", "mapped"])
def test_a_client_behind_a_proxy_cannot_choose_who_it_is_counted_as(visit, way):
    client = visit(questions_per_minute=2)
    statuses = []
    for number in range(4):
        real = {
            "several lines": "203.0.113.7",
            "a port": f"203.0.113.7:{4000 + number}",
            "mapped": "::ffff:203.0.113.7",
        }[way]
        headers = [("X-Forwarded-For", f"198.51.100.{number}"), ("X-Forwarded-For", real)]
        statuses.append(client.get(f"/search?q=w{number}", headers=headers).status_code)
    other = client.get("/search?q=other", headers={"X-Forwarded-For": "203.0.113.8"})
    assert statuses == [200, 200, 429, 429]
    assert other.status_code == 200


def test_a_peer_that_is_no_proxy_of_ours_is_counted_as_itself(visit):
    client = visit(questions_per_minute=2, trusted_proxies="192.0.2.1")
    statuses = [
        client.get(f"/search?q=w{n}", headers={"X-Forwarded-For": f"203.0.113.{n}"}).status_code for n in range(3)
    ]
    assert statuses == [200, 200, 429]


def test_a_proxy_that_says_who_signed_in_must_be_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="trusted_proxies"):
        load(operator_header="X-User")
    assert load(operator_header="X-User", trusted_proxies="127.0.0.1").operator_header == "X-User"


def test_of_two_names_in_the_proxys_header_none_is_believed(visit):
    client = visit(operator_header="X-User", trusted_proxies="127.0.0.1")
    assert "Sign out" in client.get("/operators", headers={"X-User": "ana"}).text
    both = client.get("/operators", headers=[("X-User", "mallory"), ("X-User", "ana")])
    assert both.url.path == "/operators/sign-in"


@pytest.mark.parametrize(
    ("host", "status"),
    [("evil.example", 421), ("evil.example:8000", 421), ("[x", 421), ("localhost:8000", 200), ("clausewatch", 200),
     ("[::1]:8000", 200), ("192.0.2.7", 200), ("watch.example", 200), ("WATCH.example:443", 200)],
)  # fmt: skip
def test_a_name_that_somebody_points_at_us_is_not_served(visit, host, status):
    answer = visit(base_url="https://watch.example").get("/topics", headers={"Host": host})
    assert answer.status_code == status
    assert answer.headers["strict-transport-security"]


def test_a_link_that_confirmed_once_opens_nothing_later(visit, db):
    client = visit()
    send(client, "/subscribe", address=ANA, jurisdiction="cn")
    token = token_of_mail(db, "confirm")
    form = html.fromstring(client.get(f"/confirm?token={token}").text).forms[-1]
    first, again = (client.post("/confirm", data=dict(form.form_values())) for _ in range(2))
    assert again.status_code == 200
    assert "/manage?token=" in first.text
    assert "/manage?token=" not in again.text


def test_forms_of_other_sites_do_not_use_up_an_allowance(visit, db):
    client = visit(sign_ups_per_hour=2)
    for path in ("/subscribe", "/manage"):
        for _ in range(5):
            assert client.post(path, content="address=x%40y.example", headers=FORM).status_code == 403
    assert send(client, "/subscribe", address=ANA).status_code == 200
    assert subscriptions.find_subscriber(db, ANA)


def test_links_are_not_asked_for_without_end(visit):
    client = visit(sign_ups_per_hour=2)
    statuses = [send(client, "/manage", action="/manage", address=f"{n}@policy.example").status_code for n in range(3)]
    assert statuses == [200, 200, 429]


def test_a_form_made_for_a_visitor_decides_nothing(operator_client, own):
    sign_in(operator_client)
    page_answer = operator_client.get("/operators/quarantine/1")
    ours = page_answer.text.partition('name="form" value="')[2].partition('"')[0]
    operator_client.cookies.delete("clausewatch-session")
    theirs = operator_client.get("/subscribe").text.partition('name="form" value="')[2].partition('"')[0]
    for token in (ours, theirs):
        for path in ("/operators/quarantine/1", "/operators/declare"):
            answer = operator_client.post(path, data={"form": token, "verdict": "approve", "sure": "yes"})
            assert answer.status_code == 403, path
    assert versions.get(own, "cn_practice@2026-03-09").standing is ReviewState.QUARANTINED


def test_a_text_in_quarantine_is_compared_by_nobody(operator_client):
    for path in ("/compare?old=cn_practice@2026-03-02&new=cn_practice@2026-03-09",
                 "/instruments/cn_practice?version=cn_practice@2026-03-09"):  # fmt: skip
        assert operator_client.get(path).status_code == 404


def test_a_new_password_ends_every_session(visit):
    first = visit(operator_password_hash=hash_of(PASSWORD))
    sign_in(first)
    session = first.cookies["clausewatch-session"]
    second = visit(operator_password_hash=hash_of("another password"))
    second.cookies.set("clausewatch-session", session)
    assert second.get("/operators").url.path == "/operators/sign-in"


def test_a_server_that_answers_is_reached_by_each_of_its_names(visit):
    parts = urlsplit(str(visit().base_url))
    with closing(socket.create_connection((parts.hostname, parts.port))) as response:
        response.sendall(b"GET /healthz HTTP/1.0\r\n\r\n")  # of old, without a name
        assert response.recv(100).startswith(b"HTTP/1.1 200")
