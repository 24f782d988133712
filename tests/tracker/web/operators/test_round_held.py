"""A round that the publish gate holds is decided on the web, too; readers see nothing of it before."""

import pytest

from storage import events, operator_writes, problems
from storage.database.connection import transaction
from storage.records import Stage, Subject
from tests.builders.visitor import send, sign_in
from tests.tracker.web.conftest import NOW
from tracker.pipeline.steps.guards.publish_gate import ROUND_HELD


@pytest.fixture
def round_held(operator_client, own):
    sign_in(operator_client)
    with transaction(own):
        own.execute("UPDATE events SET matched = 0")
        count = events.hold_unmatched(own)
        problems.open_or_touch(own, Subject.of_step("publish gate"), Stage.MATCH, ROUND_HELD, "3 of 4 failed", NOW)
    number = next(p.id for p in problems.open_problems(own) if p.cause == ROUND_HELD)
    return count, f"/operators/quarantine/{number}"


def test_the_reasons_are_shown(operator_client, round_held):
    _, path = round_held

    assert path in operator_client.get("/operators/quarantine").text
    assert "3 of 4 failed" in operator_client.get(path).text
    assert "round held" in operator_client.get("/operators/problems").text


def test_readers_see_nothing_of_what_is_held(operator_client, round_held):
    assert operator_client.get("/feeds/all.json").json()["items"] == []
    assert "cn_practice" not in operator_client.get("/api/v1/events").text


def test_an_approval_needs_the_box(operator_client, own, round_held):
    count, path = round_held

    answer = send(operator_client, path, action=path, verdict="approve")

    assert "Nothing was approved" in answer.text
    assert len(events.held_events(own)) == count


@pytest.mark.parametrize(("verdict", "act"), [("approve", "approved"), ("reject", "rejected")])
def test_it_is_decided_once_and_logged(operator_client, own, round_held, verdict, act):
    _, path = round_held
    held_ids = {event.id for event in events.held_events(own)}

    send(operator_client, path, action=path, verdict=verdict, sure="yes")

    assert events.held_events(own) == []
    assert act in {write.act for write in operator_writes.recent(own)}
    assert operator_client.get(path).status_code == 404
    assert bool(held_ids & {event.id for event in events.recent(own)}) is (verdict == "approve")
