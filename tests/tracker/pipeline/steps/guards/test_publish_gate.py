"""A round whose counts break is told to nobody until an operator has looked at it, by one mail; it is logged."""

from datetime import timedelta

import pytest

from storage import events, messages, operator_writes, problems, subscriptions
from storage.database.connection import transaction
from storage.records import Audience, Filters, ReviewState, Stage, Subject
from tests.tracker.pipeline.builders import FedHome, a_rule, a_source
from tracker.errors import UsageError
from tracker.operations.review import decide
from tracker.pipeline.run import finish
from tracker.pipeline.steps.guards import publish_gate
from tracker.view_models.decisions import waiting_decisions

NAMES = ("lamps", "kites", "boats", "wells")
HOSTS = ("a.example", "b.example", "c.example")


@pytest.fixture
def fed(tmp_path):
    sources = [a_source(f"cn_{name}", f"http://127.0.0.1/{name}") for name in NAMES]
    home = FedHome(tmp_path / "home", *sources)
    with transaction(home.db):
        person = subscriptions.add_subscriber(home.db, "ana@policy.example")
        subscriptions.add(home.db, person, Filters(), now=home.now)
    home.serve(**{name: a_rule(f"{name}管理规定") for name in NAMES})
    yield home
    home.db.close()


def readers_mail(fed):
    return [message for message in messages.recent(fed.db, 100) if message.audience is Audience.READER]


def gate(fed):
    return [problem for problem in fed.open_problems if problem.cause == publish_gate.ROUND_HELD]


def fail(fed, *names, hosts=HOSTS):
    for name, host in zip(names, hosts, strict=False):
        subject = Subject.of_source(f"cn_{name}", f"https://{host}/act")
        with transaction(fed.db):
            problems.open_or_touch(fed.db, subject, Stage.FETCH, "unreachable", "nobody answers", fed.clock())


def a_held_round(fed):
    fail(fed, "kites", "boats", "wells")
    fed.confirm(lamps=a_rule("lamps管理规定", days=10))
    (problem,) = gate(fed)
    return problem


def test_a_change_in_an_ordinary_round_is_told(fed):
    fed.confirm(lamps=a_rule("lamps管理规定", days=10))

    assert gate(fed) == []
    assert len(readers_mail(fed)) == 1


def test_a_tenth_of_the_sources_failing_at_once_holds_what_the_round_found(fed):
    problem = a_held_round(fed)

    assert "3 of 4 sources failed at once" in problem.text
    assert readers_mail(fed) == []
    assert events.recent(fed.db) == []
    assert len(events.held_events(fed.db)) >= 1


def test_operators_are_told_by_one_mail(fed):
    a_held_round(fed)
    finish(fed.service)

    told = [m for m in messages.recent(fed.db, 100) if m.audience is Audience.OPERATOR and b"round held" in m.mime]
    assert len(told) == 1
    assert b"problems approve" in told[0].mime


def test_what_is_approved_is_told_once(fed):
    problem = a_held_round(fed)

    decide(fed.service, problem.id, ReviewState.CONFIRMED, "ana")
    finish(fed.service)

    assert gate(fed) == []
    assert len(readers_mail(fed)) == 1
    assert [event.instrument_id for event in events.recent(fed.db)] == ["cn_lamps管理规定"]


def test_what_is_rejected_is_told_to_nobody_and_shown_nowhere(fed):
    problem = a_held_round(fed)

    decide(fed.service, problem.id, ReviewState.REJECTED, "ana")
    finish(fed.service)

    assert gate(fed) == []
    assert readers_mail(fed) == []
    assert events.recent(fed.db) == events.of_instrument(fed.db, "cn_lamps管理规定") == events.held_events(fed.db) == []
    assert events.list_events(fed.db) == []


@pytest.mark.parametrize(("standing", "act"), [(ReviewState.CONFIRMED, "approved"), (ReviewState.REJECTED, "rejected")])
def test_who_decided_is_logged(fed, standing, act):
    problem = a_held_round(fed)

    decide(fed.service, problem.id, standing, "ana")

    assert [(write.who, write.act) for write in operator_writes.recent(fed.db)] == [("ana", act)]


def test_it_is_decided_once(fed):
    problem = a_held_round(fed)
    decide(fed.service, problem.id, ReviewState.CONFIRMED)

    with pytest.raises(UsageError):
        decide(fed.service, problem.id, ReviewState.REJECTED)


def test_the_next_round_tells_what_it_finds_while_the_held_one_waits(fed):
    a_held_round(fed)
    fed.now += timedelta(days=1)

    fed.confirm(kites=a_rule("kites管理规定", days=10))

    assert [event.instrument_id for event in events.recent(fed.db)] == ["cn_kites管理规定"]
    assert len(readers_mail(fed)) == 1
    assert len(gate(fed)) == 1


def test_one_site_that_is_down_holds_nothing(fed):
    fail(fed, "kites", "boats", "wells", hosts=["a.example"] * 3)
    fed.confirm(lamps=a_rule("lamps管理规定", days=10))

    assert gate(fed) == []
    assert len(readers_mail(fed)) == 1


def test_failures_of_yesterday_hold_nothing(fed):
    fail(fed, "kites", "boats", "wells")
    fed.now += timedelta(days=1)
    fed.confirm(lamps=a_rule("lamps管理规定", days=10))

    assert gate(fed) == []


@pytest.mark.parametrize("name", ["_FEWEST_VERSIONS", "_FEWEST_OF_A_SOURCE"])
def test_more_new_versions_than_in_a_usual_year_are_held(fed, monkeypatch, name):
    monkeypatch.setattr(publish_gate, name, 0)
    monkeypatch.setattr(publish_gate, "_USUAL_A_SOURCE", 0)

    fed.confirm(lamps=a_rule("lamps管理规定", days=10))

    assert "more than in a usual year" in gate(fed)[0].text
    assert readers_mail(fed) == []


def test_a_version_without_provisions_is_held(fed):
    fed.serve(lamps=a_rule("lamps管理规定", days=10))  # not yet confirmed
    fed.keep("http://127.0.0.1/lamps", a_rule("lamps管理规定", days=10))
    original = publish_gate.events.of_empty_versions
    publish_gate.events.of_empty_versions = lambda db: ["cn_lamps@2026-03-02"]
    try:
        finish(fed.service)
    finally:
        publish_gate.events.of_empty_versions = original

    assert "no provision" in gate(fed)[0].text


def test_a_version_with_provisions_is_not_taken_for_an_empty_one(fed):
    fed.serve(lamps=a_rule("lamps管理规定", days=10))
    with transaction(fed.db):
        fed.db.execute("UPDATE events SET matched = 0")

    assert events.of_empty_versions(fed.db) == []


def test_what_waits_is_shown_to_operators(fed):
    problem = a_held_round(fed)

    (decision,) = waiting_decisions(fed.db)
    assert (decision.problem.id, decision.is_round, decision.is_template_change) == (problem.id, True, False)
    assert decision.titles == ("lamps管理规定",)


def test_nothing_to_tell_holds_nothing(fed):
    fail(fed, "kites", "boats", "wells")
    finish(fed.service)

    assert gate(fed) == []
