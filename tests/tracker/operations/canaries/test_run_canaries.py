"""A planted change goes the real way to a private mailbox; readers, feeds, history and the log never hear of it."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from benchmarks.tampering.home import make_home, open_home
from storage import events, log, messages, pages, problems, snapshots, subscriptions, versions
from storage.records import Stage
from tests.tracker.alerts.post_office import PostOffice, free_port, open_office
from tracker.errors import UsageError
from tracker.operations.canaries.canary_results import CanaryResult, CanaryState, load_results, save_results
from tracker.operations.canaries.run_canaries import run_canaries
from tracker.operations.canaries.watch_canaries import IS_MISSING, IS_OVERDUE, report_canaries, watch_canaries

RULE, ACT = "cn_cac_practice_deep_synthesis", "eu_cellar_practice_act"


@pytest.fixture(scope="module")
def made_home(tmp_path_factory):
    return make_home(tmp_path_factory.mktemp("canaries"))


@pytest.fixture
def service(made_home):
    home, _, declarations = made_home
    with open_home(home, declarations, 3) as context:
        yield context
        (home / "canaries.json").unlink(missing_ok=True)


def counts_of_all(service):
    db = service.db
    counts = [
        len(rows)
        for rows in (
            events.recent(db, 10_000),
            versions.all_versions(db),
            snapshots.all_ids(db),
            pages.all_pages(db),
            messages.recent(db, 10_000),
            subscriptions.all_subscribers(db),
        )
    ]
    return [*counts, log.size(db)]


def test_a_planted_change_arrives_and_nobody_else_hears_of_it(service):
    before = counts_of_all(service)

    results = {result.source_id: result for result in run_canaries(service)}

    assert {name: result.state for name, result in results.items()} == {RULE: CanaryState.FOUND, ACT: CanaryState.FOUND}
    assert all(result.seconds is not None and result.seconds >= 0 for result in results.values())
    assert counts_of_all(service) == before
    assert not (service.settings.home / "canaries").exists()
    assert load_results(service.settings.home) == results


def test_it_is_mailed_to_the_private_mailbox_alone(service):
    port = free_port()
    settings = service.settings.model_copy(
        update={"smtp_url": f"smtp://127.0.0.1:{port}", "canary_email": "canary@policy.example", "smtp_pause": 0.0}
    )
    with open_office(PostOffice(), port) as office:
        (result,) = run_canaries(replace(service, settings=settings), [RULE])

    assert result.state is CanaryState.FOUND
    assert office.recipients == ["canary@policy.example"]


def test_a_mail_server_that_is_away_makes_it_missing(service):
    settings = service.settings.model_copy(
        update={"smtp_url": f"smtp://127.0.0.1:{free_port()}", "canary_email": "canary@policy.example"}
    )

    (result,) = run_canaries(replace(service, settings=settings), [RULE])

    assert (result.state, result.text) == (CanaryState.MISSING, "the change was found and not delivered")


def test_a_source_that_is_not_declared_is_named(service):
    with pytest.raises(UsageError, match="cn_nowhere"):
        run_canaries(service, ["cn_nowhere"])


def stands(service):
    return [(p.source_id, p.cause) for p in problems.open_problems(service.db) if p.cause in {IS_MISSING, IS_OVERDUE}]


def a_result(state, **more):
    return CanaryResult(RULE, more.pop("at"), state, **more)


def test_a_missing_canary_is_an_alarm_until_one_arrives(service):
    at = service.clock()
    report_canaries(service, [a_result(CanaryState.MISSING, at=at, text="no change was found")])
    assert stands(service) == [(RULE, IS_MISSING)]

    report_canaries(service, [a_result(CanaryState.FOUND, at=at, seconds=3.0)])
    assert stands(service) == []


def test_canaries_fly_daily_where_it_is_asked_for(service, monkeypatch):
    flights = []
    monkeypatch.setattr("tracker.operations.canaries.watch_canaries.run_canaries", lambda own: flights.append(1) or [])
    watch_canaries(service)
    assert flights == []

    watchful = replace(service, settings=service.settings.model_copy(update={"canaries": True}))
    watch_canaries(watchful)
    save_results(service.settings.home, [a_result(CanaryState.FOUND, at=service.clock(), seconds=1.0)])
    watch_canaries(watchful)
    assert flights == [1]


def test_canaries_that_do_not_fly_at_all_are_an_alarm(service, monkeypatch):
    def raise_error(own):
        raise RuntimeError("no port is free")

    monkeypatch.setattr("tracker.operations.canaries.watch_canaries.run_canaries", raise_error)
    watchful = replace(service, settings=service.settings.model_copy(update={"canaries": True}))
    save_results(
        service.settings.home, [a_result(CanaryState.FOUND, at=service.clock() - timedelta(days=3), seconds=1.0)]
    )

    watch_canaries(watchful)

    assert ("canaries", IS_OVERDUE) in stands(service)
    assert any(p.stage is Stage.COMPARE and "no port is free" in p.text for p in problems.open_problems(service.db))


@pytest.mark.parametrize("content", ["", "[]", "null", '{"cn": 3}', json.dumps({"cn": {"planted_at": "soon"}})])
def test_a_garbled_file_is_no_result(tmp_path, content):
    (tmp_path / "canaries.json").write_text(content, encoding="utf-8")

    assert load_results(tmp_path) == {}
