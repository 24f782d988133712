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
def fed_home(tmp_path):
    sources = [a_source(f"cn_{name}", f"http://127.0.0.1/{name}") for name in NAMES]
    home = FedHome(tmp_path / "home", *sources)
    with transaction(home.db):
        person = subscriptions.add_subscriber(home.db, "ana@policy.example")
        subscriptions.add(home.db, person, Filters(), now=home.now)
    home.serve(**{name: a_rule(f"{name}管理规定") for name in NAMES})
    yield home
    home.db.close()


def readers_mail(fed_home):
    return [message for message in messages.recent(fed_home.db, 100) if message.audience is Audience.READER]


def gate(fed_home):
    return [problem for problem in fed_home.open_problems if problem.cause == publish_gate.ROUND_HELD]


def fail(fed_home, *names, hosts=HOSTS):
    for name, host in zip(names, hosts, strict=False):
        subject = Subject.of_source(f"cn_{name}", f"https://{host}/act")
        with transaction(fed_home.db):
            problems.open_or_touch(fed_home.db, subject, Stage.FETCH, "unreachable", "nobody answers", fed_home.clock())


def a_held_round(fed_home):
    fail(fed_home, "kites", "boats", "wells")
    fed_home.confirm(lamps=a_rule("lamps管理规定", days=10))
    (problem,) = gate(fed_home)
    return problem


def test_a_change_in_an_ordinary_round_is_told(fed_home):
    fed_home.confirm(lamps=a_rule("lamps管理规定", days=10))

    assert gate(fed_home) == []
    assert len(readers_mail(fed_home)) == 1


def test_a_tenth_of_the_sources_failing_at_once_holds_what_the_round_found(fed_home):
    problem = a_held_round(fed_home)

    assert "3 of 4 sources failed at once" in problem.text
    assert readers_mail(fed_home) == []
    assert events.recent(fed_home.db) == []
    assert len(events.held_events(fed_home.db)) >= 1


def test_operators_are_told_by_one_mail(fed_home):
    a_held_round(fed_home)
    finish(fed_home.service)

    mails = [
        m for m in messages.recent(fed_home.db, 100) if m.audience is Audience.OPERATOR and b"round held" in m.mime
    ]
    assert len(mails) == 1
    assert b"problems approve" in mails[0].mime


def test_what_is_approved_is_told_once(fed_home):
    problem = a_held_round(fed_home)

    decide(fed_home.service, problem.id, ReviewState.CONFIRMED, "ana")
    finish(fed_home.service)

    assert gate(fed_home) == []
    assert len(readers_mail(fed_home)) == 1
    assert [event.instrument_id for event in events.recent(fed_home.db)] == ["cn_lamps管理规定"]


def test_what_is_rejected_is_told_to_nobody_and_shown_nowhere(fed_home):
    problem = a_held_round(fed_home)

    decide(fed_home.service, problem.id, ReviewState.REJECTED, "ana")
    finish(fed_home.service)

    assert gate(fed_home) == []
    assert readers_mail(fed_home) == []
    assert (
        events.recent(fed_home.db)
        == events.of_instrument(fed_home.db, "cn_lamps管理规定")
        == events.held_events(fed_home.db)
        == []
    )
    assert events.list_events(fed_home.db) == []


@pytest.mark.parametrize(("standing", "act"), [(ReviewState.CONFIRMED, "approved"), (ReviewState.REJECTED, "rejected")])
def test_who_decided_is_logged(fed_home, standing, act):
    problem = a_held_round(fed_home)

    decide(fed_home.service, problem.id, standing, "ana")

    assert [(write.who, write.act) for write in operator_writes.recent(fed_home.db)] == [("ana", act)]


def test_it_is_decided_once(fed_home):
    problem = a_held_round(fed_home)
    decide(fed_home.service, problem.id, ReviewState.CONFIRMED)

    with pytest.raises(UsageError):
        decide(fed_home.service, problem.id, ReviewState.REJECTED)


def test_the_next_round_tells_what_it_finds_while_the_held_one_waits(fed_home):
    a_held_round(fed_home)
    fed_home.now += timedelta(days=1)

    fed_home.confirm(kites=a_rule("kites管理规定", days=10))

    assert [event.instrument_id for event in events.recent(fed_home.db)] == ["cn_kites管理规定"]
    assert len(readers_mail(fed_home)) == 1
    assert len(gate(fed_home)) == 1


def test_one_site_that_is_down_holds_nothing(fed_home):
    fail(fed_home, "kites", "boats", "wells", hosts=["a.example"] * 3)
    fed_home.confirm(lamps=a_rule("lamps管理规定", days=10))

    assert gate(fed_home) == []
    assert len(readers_mail(fed_home)) == 1


def test_failures_of_yesterday_hold_nothing(fed_home):
    fail(fed_home, "kites", "boats", "wells")
    fed_home.now += timedelta(days=1)
    fed_home.confirm(lamps=a_rule("lamps管理规定", days=10))

    assert gate(fed_home) == []


@pytest.mark.parametrize("name", ["_FEWEST_VERSIONS", "_FEWEST_OF_A_SOURCE"])
def test_more_new_versions_than_in_a_usual_year_are_held(fed_home, monkeypatch, name):
    monkeypatch.setattr(publish_gate, name, 0)
    monkeypatch.setattr(publish_gate, "_USUAL_A_SOURCE", 0)

    fed_home.confirm(lamps=a_rule("lamps管理规定", days=10))

    assert "more than in a usual year" in gate(fed_home)[0].text
    assert readers_mail(fed_home) == []


def test_a_version_without_provisions_is_held(fed_home):
    fed_home.serve(lamps=a_rule("lamps管理规定", days=10))  # not yet confirmed
    fed_home.keep("http://127.0.0.1/lamps", a_rule("lamps管理规定", days=10))
    original = publish_gate.events.of_empty_versions
    publish_gate.events.of_empty_versions = lambda db: ["cn_lamps@2026-03-02"]
    try:
        finish(fed_home.service)
    finally:
        publish_gate.events.of_empty_versions = original

    assert "no provision" in gate(fed_home)[0].text


def test_a_version_with_provisions_is_not_taken_for_an_empty_one(fed_home):
    fed_home.serve(lamps=a_rule("lamps管理规定", days=10))
    with transaction(fed_home.db):
        fed_home.db.execute("UPDATE events SET matched = 0")

    assert events.of_empty_versions(fed_home.db) == []


def test_what_waits_is_shown_to_operators(fed_home):
    problem = a_held_round(fed_home)

    (decision,) = waiting_decisions(fed_home.db)
    assert (decision.problem.id, decision.is_round, decision.is_template_change) == (problem.id, True, False)
    assert decision.titles == ("lamps管理规定",)


def test_nothing_to_tell_holds_nothing(fed_home):
    fail(fed_home, "kites", "boats", "wells")
    finish(fed_home.service)

    assert gate(fed_home) == []
