"""Programs that write: with a key, and never what can never be told."""

from contextlib import closing

import httpx
import pytest

from storage import api_keys, subscriptions
from storage.archive import Archive
from storage.database.connection import transaction
from storage.schema.open import open_database
from tests.tracker.web.conftest import NOW, an_app, fill, serve_app
from tracker.signing import key_fingerprint

KEY = "cw_for-tests-only"


@pytest.fixture
def own(tmp_path):
    with closing(open_database(tmp_path / "clausewatch.db")) as db:
        fill(db, Archive(tmp_path / "archive"))
        with transaction(db):
            api_keys.add(db, "tests", key_fingerprint(KEY), NOW)
        yield db


@pytest.fixture
def program(own, tmp_path):
    with an_app(tmp_path) as app, serve_app(app) as address:
        with httpx.Client(base_url=address, headers={"Authorization": f"Bearer {KEY}"}) as client:
            yield client


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        ({"jurisdictions": ["zz"]}, "there is no jurisdiction 'zz'; there is cn"),
        ({"instruments": ["nope"], "topics": ["biometrics"]}, "there is no instrument 'nope'; there is cn_practice"),
        ({"topics": ["zz"]}, "there is no topic 'zz'; there are ai-regulation, "),
        ({"authorities": ["cn_nobody"]}, "there is no authority 'cn_nobody'; "),
        ({"sources": ["eu_x"]}, "there is no source 'eu_x'; there is cn_test"),
        (
            {"instruments": ["cn_practice"], "provisions": ["art_99"]},
            "there is no provision 'art_99' in cn_practice; it has art_1, art_2, art_3, art_4, art_5",
        ),
        ({"provisions": ["<b>"]}, "there is no provision '<b>'; one looks like art_20"),
    ],
)
def test_what_can_never_be_told_is_refused_with_what_there_is(program, own, filters, words):
    for ask in (True, False):
        refusal = program.post("/api/v1/subscriptions", json={"address": "ana@policy.example", "ask": ask, **filters})
        assert refusal.status_code == 422
        assert refusal.json()["error"].startswith(words)
    assert subscriptions.all_subscriptions(own) == []


def test_what_there_is_is_taken(program, own):
    filters = {"jurisdictions": ["cn"], "authorities": ["cn_cac"], "sources": ["cn_test"],
               "instruments": ["cn_practice"], "provisions": ["art_2", "art_5"], "topics": ["biometrics"]}  # fmt: skip
    answer = program.post("/api/v1/subscriptions", json={"address": "ana@policy.example", "ask": False, **filters})
    assert answer.json() == {"id": 1, "status": "confirmed"}
    assert subscriptions.get(own, 1).filters.provisions == ("art_2", "art_5")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('{"address": ', "The body is not JSON: Expecting value."),
        ('{"address": "a@b.example", "hour": 24}', "“hour” is at most 23, not “24”."),
        ('{"address": "a@b.example", "weight": 1}', "There is no field “weight”."),
        ('{"address": "a@b.example", "kinds": ["x"]}', "“kinds” is new_instrument, "),
        ("{}", "“address” is missing."),
    ],
)
def test_a_body_that_does_not_fit_is_told_by_its_field(program, body, words):
    refusal = program.post("/api/v1/subscriptions", content=body, headers={"Content-Type": "application/json"})
    assert refusal.status_code == 422
    assert refusal.json()["error"].startswith(words)


def test_bug_b10_a_program_may_ask_for_all_that_the_command_line_may(program, own):
    filters = {"cadence": "weekly", "weekday": "thursday", "hour": 9, "channel": "webhook", "language": "zh",
             "target": "https://hook.example/in", "name": "Ana", "when_quiet": True}  # fmt: skip
    answer = program.post("/api/v1/subscriptions", json={"address": "ana@policy.example", "ask": False, **filters})
    assert answer.json() == {"id": 1, "status": "confirmed"}
    subscription, person = subscriptions.get(own, 1), subscriptions.get_subscriber(own, 1)
    assert (subscription.weekday.value, subscription.channel.value, subscription.target) == (
        "thursday",
        "webhook",
        filters["target"],
    )
    assert (person.language, person.name) == ("zh", "Ana")
    [row] = program.get("/api/v1/subscriptions").json()["items"]
    assert (row["weekday"], row["channel"], row["hour"]) == ("thursday", "webhook", 9)


def test_bug_b10_a_channel_without_its_target_is_refused(program, own):
    refusal = program.post("/api/v1/subscriptions", json={"address": "ana@policy.example", "channel": "webhook"})
    assert refusal.status_code == 422
    assert refusal.json()["error"] == "a webhook needs a target that is a http or https address"


def test_a_sign_up_answers_with_its_number(program, own):
    answer = program.post("/api/v1/subscriptions", json={"address": "ana@policy.example"}).json()

    assert answer == {"id": subscriptions.all_subscriptions(own)[0].id, "status": "pending"}


def test_a_team_works_on_changes_with_a_key(program, own):
    answer = program.post("/api/v1/changes/1/notes", json={"act": "assign", "who": "ana", "whom": "ben"})
    refusal = program.post("/api/v1/changes/1/notes", json={"act": "comment", "who": "ana"})
    no_change = program.post("/api/v1/changes/99/notes", json={"act": "review", "who": "ana"})

    assert (answer.status_code, refusal.status_code, no_change.status_code) == (201, 422, 404)
    assert [item["assignee"] for item in program.get("/api/v1/team/work").json()["items"]] == ["ben"]
    assert [note["act"] for note in program.get("/api/v1/changes/1/notes").json()["items"]] == ["assign"]
