"""A team's work on web pages, over real HTTP: who may, what is kept, and that nothing can be forged or taken back."""

from contextlib import contextmanager

import httpx
import pytest

from storage import api_keys, operator_writes, team_notes, watch_lists
from storage.database.connection import transaction
from tests.builders.visitor import PASSWORD, send, sign_in
from tests.tracker.web.conftest import HASH, NOW, an_app, serve_app
from tracker.signing import key_fingerprint

PAGES = ("/team", "/team/changes/1", "/team/lists")
ANAS_KEY = "a key of ana's own, for tests only"


@pytest.fixture
def anas_key(db):
    with transaction(db):
        return api_keys.add(db, "ana", key_fingerprint(ANAS_KEY), NOW)


@contextmanager
def open_site(tmp_path, **settings):
    with an_app(tmp_path, secret_key="for tests only", **settings) as app, serve_app(app) as address:
        with httpx.Client(base_url=address, follow_redirects=True, timeout=60) as client:
            yield client


@pytest.fixture
def ana(db, anas_key, tmp_path):
    with open_site(tmp_path, operator_password_hash=HASH) as client:
        sign_in(client, ANAS_KEY, "/team")
        yield client


def act(client, act_name, **fields):
    page = client.get("/team/changes/1").text
    token = page.partition('name="form" value="')[2].partition('"')[0]
    return client.post("/team/changes/1", data={"form": token, "act": act_name, **fields})


def trail(db):
    return [(row.act.value, row.who, row.whom, row.unit, row.text) for row in team_notes.of_set(db, 1)]


def test_nothing_is_shown_or_written_without_signing_in(db, visit):
    client = visit(operator_password_hash=HASH)
    for path in PAGES:
        assert client.get(path).url.path == "/operators/sign-in", path
    token = client.get("/subscribe").text.partition('name="form" value="')[2].partition('"')[0]
    for path in ("/team/changes/1", "/team/lists", "/team/lists/1/end"):
        refusal = client.post(path, data={"form": token, "act": "review", "name": "x", "topic": "children"})
        assert (refusal.status_code, "Please sign in first." in refusal.text) == (403, True), path
    assert trail(db) == []
    assert watch_lists.all_lists(db) == []


def test_a_key_signs_in_under_its_name_and_sees_no_page_for_operators(db, ana):
    assert "ana" in ana.get("/team").text
    for path in ("/operators", "/operators/outbox", "/operators/problems", "/operators/quarantine"):
        answer = ana.get(path)
        assert answer.url.path == "/operators/sign-in", path
        assert "You are signed in as ana" in answer.text
    assert send(ana, "/team/changes/1", action="/team/changes/1", whom="ben").status_code == 200
    assert trail(db) == [("assign", "ana", "ben", "", "")]


def test_a_key_that_ended_ends_its_session_at_once(db, ana, anas_key):
    with transaction(db):
        api_keys.end(db, anas_key, NOW)

    assert ana.get("/team").url.path == "/operators/sign-in"
    assert sign_in(ana, ANAS_KEY, "/team").status_code == 403


def test_where_there_is_no_password_a_key_still_signs_in(db, anas_key, tmp_path):
    with open_site(tmp_path) as client:
        assert sign_in(client, PASSWORD, "/team").status_code == 403
        assert sign_in(client, ANAS_KEY, "/team").url.path == "/team"


def test_a_forged_session_of_another_key_is_refused(db, ana):
    name, until, key, seal = ana.cookies["clausewatch-session"].split(".")
    for forgery in (f"{name}.{until}.{int(key) + 1}.{seal}", f"{name}.{until}.{seal}", f"{name}.{until}.x.{seal}"):
        ana.cookies.delete("clausewatch-session")
        ana.cookies.set("clausewatch-session", forgery)
        assert ana.get("/team").url.path == "/operators/sign-in", forgery


def test_a_change_is_assigned_talked_about_reviewed_and_reopened_and_the_trail_says_by_whom(db, ana):
    assert "assigned to nobody" in ana.get("/team").text
    act(ana, "assign", whom="ben")
    act(ana, "comment", text="affects <b>us</b>", unit="art_1")
    answer = ana.get("/team").text
    assert "assigned to ben" in answer
    assert "1 comment" in answer

    act(ana, "review", text="no action")
    assert "Every change has been reviewed." in ana.get("/team").text
    assert "reviewed by ana" in ana.get("/team?reviewed=true").text

    act(ana, "reopen", text="the fine was missed")
    assert [row[0] for row in trail(db)] == ["assign", "comment", "review", "reopen"]
    assert {row[1] for row in trail(db)} == {"ana"}
    page = ana.get("/team/changes/1").text
    assert "affects &lt;b&gt;us&lt;/b&gt;" in page
    assert "ana reopened it" in page
    assert [(row.who, row.act) for row in operator_writes.recent(db)][::-1] == [
        ("ana", "assign"), ("ana", "comment"), ("ana", "review"), ("ana", "reopen")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("act_name", "fields", "says"),
    [
        ("assign", {"whom": "  "}, "to whom it is assigned"),
        ("comment", {"text": " "}, "a comment without words"),
        ("comment", {"text": "x" * 4_001}, "more than 4,000 characters"),
        ("comment", {"text": "about nothing", "unit": "art_99"}, "nothing changed there"),
        ("destroy", {}, "Assign, comment, review or reopen?"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words_and_what_was_typed_stays(db, ana, act_name, fields, says):
    refusal = act(ana, act_name, **fields)

    assert refusal.status_code == 422
    assert says in refusal.text
    if fields.get("text", "").startswith("about"):
        assert "about nothing" in refusal.text
    assert trail(db) == []


def test_a_form_of_another_site_or_browser_does_nothing(db, ana, visit):
    page = ana.get("/team/changes/1").text
    token = page.partition('name="form" value="')[2].partition('"')[0]
    data = {"form": token, "act": "review"}
    foreign = {"Sec-Fetch-Site": "cross-site"}
    assert ana.post("/team/changes/1", data=data, headers=foreign).status_code == 403
    assert ana.post("/team/changes/1", data={"act": "review"}).status_code == 403
    other = visit(operator_password_hash=HASH)
    sign_in(other, ANAS_KEY, "/team")
    assert other.post("/team/changes/1", data=data).status_code == 403
    assert trail(db) == []


def test_a_watch_list_is_shared_shows_what_happened_and_is_subscribed_to(db, ana):
    answer = send(ana, "/team/lists", action="/team/lists", name="Labels & more", topic=["content-labelling"],
                jurisdiction=["cn"], words="评估", least="high")  # fmt: skip
    assert answer.url.path == "/team/lists/1"
    assert "Labels &amp; more" in answer.text
    assert "China" in answer.text
    answer = ana.get("/team/lists/1?days=3650").text
    assert "shared by ana" in answer
    form = ana.get("/subscribe?jurisdiction=cn&topic=content-labelling&words=评估&least=high").text
    assert 'value="评估"' in form
    assert 'value="high" selected' in form
    assert 'href="/subscribe?jurisdiction=cn&amp;topic=content-labelling&amp;words=' in answer

    send(ana, "/team/lists/1", action="/team/lists/1/end")
    assert ana.get("/team/lists/1").status_code == 404
    assert "There is no watch list so far." in ana.get("/team/lists").text


def test_a_list_shows_only_what_it_lets_through(db, ana):
    for name, wish in (("China", {"jurisdiction": ["cn"]}), ("Copyright", {"topic": ["copyright"]})):
        assert send(ana, "/team/lists", action="/team/lists", name=name, **wish).status_code == 200
    assert "/changes/1" in ana.get("/team/lists/1?days=3650").text
    assert "Nothing that this list watches" in ana.get("/team/lists/2?days=3650").text


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"name": " ", "topic": ["children"]}, "needs a name"),
        ({"name": "x" * 81, "topic": ["children"]}, "needs a name"),
        ({"name": "all"}, "a list of everything is no list"),
        ({"name": "odd", "topic": ["no-such-topic"]}, "there is no topic"),
    ],
)
def test_a_list_that_cannot_be_is_refused_and_stays_typed(db, ana, fields, says):
    refusal = send(ana, "/team/lists", action="/team/lists", **fields)

    assert refusal.status_code == 422
    assert says in refusal.text
    assert watch_lists.all_lists(db) == []


def test_two_lists_of_one_name_are_refused(db, ana):
    for status in (200, 422):
        answer = send(ana, "/team/lists", action="/team/lists", name="Children", topic=["children"])
        assert answer.status_code == status
    assert "there is a list of this name already" in answer.text


@pytest.mark.parametrize("path", ["/team/changes/99", "/team/lists/99", "/team/changes/x", "/team/lists/1?days=0"])
def test_what_is_not_there_is_said_plainly(ana, path):
    assert ana.get(path).status_code in {404, 422}


def test_team_pages_are_kept_by_nobody(ana):
    for path in PAGES:
        assert ana.get(path).headers["cache-control"] == "no-store"
        assert ana.head(path).status_code == 200
