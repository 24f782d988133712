"""A Problem is about a subject: what fails is told until it itself succeeds, or is decided, and hides nothing else."""

from __future__ import annotations

import importlib
import json
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from storage import changes, messages, problems, subscriptions, version_queue, versions
from storage.database.connection import execute, transaction
from storage.records import Cadence, Channel, Filters, ReviewState, Stage, SubjectKind
from tests.tracker.pipeline.builders import FedHome, a_rule, a_source
from tracker.cli.main import app
from tracker.compare import compare
from tracker.operations.review import retry
from tracker.pipeline.run import finish
from tracker.pipeline.versions import record_version

NAMES = ("one", "two", "three")
TITLES = dict(zip(NAMES, ("练习甲服务管理规定", "练习乙服务管理规定", "练习丙服务管理规定"), strict=True))


def url(name):
    return f"http://127.0.0.1/{name}"


@pytest.fixture
def home(tmp_path):
    fed_home = FedHome(tmp_path / "home", a_source("cn_test", *(url(name) for name in NAMES)))
    with closing(fed_home.db):
        yield fed_home


def rules(days):
    return {name: a_rule(TITLES[name], days=days) for name in NAMES}


def break_comparing(monkeypatch, *titles):
    """Let comparing fail for laws with these titles, as a broken invariant would."""

    def break_one(old, new):
        if new.title in titles:
            raise ZeroDivisionError(f"a defect of ours about {new.title}")
        return compare(old, new)

    monkeypatch.setattr(record_version, "compare", break_one)


def ends_by_version(home):
    """Return for each confirmed version that is no first one in how many of the three ways it ended."""
    ends = {}
    for row in versions.all_versions(home.db):
        if row.standing is not ReviewState.CONFIRMED or row.first:
            continue
        old = versions.before(home.db, row)
        has_set = old is not None and changes.set_of_pair(home.db, old.id, row.id) is not None
        has_problem = any(p.subject_id == row.id for p in problems.open_subjects(home.db))
        ends[row.id] = has_set + has_problem
    return ends


def test_bug_b1_a_comparison_that_fails_is_a_problem_of_its_version_and_no_success_of_another_ends_it(
    home, monkeypatch
):
    home.serve(**rules(30))
    break_comparing(monkeypatch, TITLES["one"])
    home.confirm(**rules(10))

    instrument_ids = [event.instrument_id for event in home.events_told]
    assert sorted(instrument_ids) == sorted(f"cn_{TITLES[name]}" for name in ("two", "three"))
    [problem] = home.open_problems
    assert (problem.stage, problem.cause, problem.subject_kind) == (Stage.COMPARE, "defect", SubjectKind.VERSION)
    assert set(ends_by_version(home).values()) == {1}

    finish(home.service)
    assert [p.id for p in home.open_problems] == [problem.id]
    assert not version_queue.uncompared_versions(home.db)


def test_bug_b1_what_failed_is_tried_again_by_a_newer_release_and_told_then(home, monkeypatch):
    home.serve(**rules(30))
    with monkeypatch.context() as patch:
        break_comparing(patch, TITLES["one"])
        home.confirm(**rules(10))
    finish(home.service)
    assert len(home.events_told) == 2

    with transaction(home.db):
        execute(home.db, "UPDATE versions SET failed_by = 'an older release' WHERE failed_by <> ''")
    finish(home.service)
    assert len(home.events_told) == 3
    assert home.open_problems == []


def test_bug_b1_an_operator_lets_what_failed_be_tried_again_at_once(home, monkeypatch):
    home.serve(**rules(30))
    with monkeypatch.context() as patch:
        break_comparing(patch, TITLES["one"])
        home.confirm(**rules(10))
    [problem] = home.open_problems

    retry(home.service, problem.id)
    assert len(home.events_told) == 3
    assert home.open_problems == []


def test_bug_b1_a_page_that_rests_does_not_end_the_flapping_of_another(home):
    home.serve(**rules(30))
    for days in (10, 30):
        home.serve(one=a_rule(TITLES["one"], days=days), two=a_rule(TITLES["two"], days=days))
    home.serve(two=a_rule(TITLES["two"]))

    [problem] = problems.open_subjects(home.db)
    assert (problem.cause, problem.url) == ("flapping", url("one"))


def test_bug_b1_a_page_that_reads_well_does_not_end_the_misreading_of_another(home):
    home.serve(one="nothing of a law at all", two=a_rule(TITLES["two"]))
    assert [p.url for p in home.open_problems] == [url("one")]
    home.serve(three=a_rule(TITLES["three"]), two=a_rule(TITLES["two"], days=10))
    assert [p.url for p in home.open_problems] == [url("one")]
    home.serve(one=a_rule(TITLES["one"]))
    assert home.open_problems == []


STEPS = {
    "learn": "tracker.pipeline.steps.learn_furniture.learn_from",
    "read": "tracker.pipeline.versions.record_version.fingerprint",
    "compare": "tracker.pipeline.versions.record_version.compare",
    "weigh": "tracker.pipeline.versions.record_version.weigh",
    "relate": "tracker.pipeline.versions.instrument_relations.join_relations",
    "index": "storage.search.index.index_new_provisions",
    "match": "tracker.alerts.match.match_events.alerts.add",
    "compose": "tracker.alerts.compose.compose_due.messages.add",
    "file": "tracker.alerts.deliver.file_outbox.file_messages",
}


def breaking_at(patch, name, turns):
    """Let a step fail at the given turns of its work."""
    module, _, function = STEPS[name].rpartition(".")
    holder = _resolve(module)
    whole, count = getattr(holder, function), iter(range(10_000))

    def fail_in_turn(*args, **more):
        if next(count) in turns:
            raise ZeroDivisionError(f"seeded at {name}")
        return whole(*args, **more)

    patch.setattr(holder, function, fail_in_turn)


def _resolve(path):
    parts = path.split(".")
    for end in range(len(parts), 0, -1):
        try:
            result = importlib.import_module(".".join(parts[:end]))
        except ModuleNotFoundError:
            continue
        for part in parts[end:]:
            result = getattr(result, part)
        return result
    raise AssertionError(path)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(sorted(STEPS)),
    turns=st.sets(st.integers(0, 5), min_size=1, max_size=4),
    again=st.booleans(),
)
def test_with_failures_seeded_at_any_step_nothing_is_lost_and_nothing_is_silent(tmp_path_factory, name, turns, again):
    home = FedHome(tmp_path_factory.mktemp("seeded"), a_source("cn_test", *(url(name) for name in NAMES)))
    with closing(home.db):
        person = subscriptions.add_subscriber(home.db, "ana@policy.example")
        subscriptions.add(
            home.db, person, Filters(), cadence=Cadence.AT_ONCE, channel=Channel.EMAIL, hour=8, now=home.now
        )
        home.serve(**rules(30))
        with pytest.MonkeyPatch.context() as patch:
            breaking_at(patch, name, turns)
            home.confirm(**rules(10))
            if again:
                finish(home.service)
            assert set(ends_by_version(home).values()) <= {1}
            assert all(p.told_at is not None for p in home.open_problems if p.cause != "mail not written") or (
                name in {"compose", "file"}
            )
        with transaction(home.db):  # the next release mends it
            execute(home.db, "UPDATE versions SET failed_by = 'older' WHERE failed_by <> ''")
            execute(home.db, "UPDATE snapshots SET failed_by = 'older' WHERE failed_by <> ''")
        home.confirm(**rules(10))
        finish(home.service)

        assert home.open_problems == []
        assert sorted(event.instrument_id for event in home.events_told) == sorted(
            f"cn_{title}" for title in TITLES.values()
        )
        assert set(ends_by_version(home).values()) == {1}
        assert len([m for m in messages.recent(home.db, 1000) if m.audience.value == "reader" and m.filed_at]) == 3


# B4: mail that cannot be written


@pytest.fixture
def pending(home, tmp_path, monkeypatch):
    """Return a home with two pending messages whose folder takes no file."""
    person = subscriptions.add_subscriber(home.db, "ana@policy.example")
    subscriptions.add(home.db, person, Filters(), cadence=Cadence.AT_ONCE, channel=Channel.EMAIL, hour=8, now=home.now)
    home.serve(**rules(30))
    emails = home.service.settings.home / "emails"
    emails.write_text("a plain file where the folder belongs")
    home.confirm(one=a_rule(TITLES["one"], days=10), two=a_rule(TITLES["two"], days=10))
    return home


def test_bug_b4_mail_that_cannot_be_written_is_a_problem_until_a_file_was_written(pending):
    [problem] = pending.open_problems
    assert (problem.source_id, problem.stage, problem.cause) == ("file mail", Stage.DELIVERY, "mail not written")
    for _ in range(3):
        finish(pending.service)
    assert [p.id for p in pending.open_problems] == [problem.id]
    assert len(list((pending.service.settings.home / "operator").iterdir())) == 1

    (pending.service.settings.home / "emails").unlink()
    finish(pending.service)
    assert pending.open_problems == []
    assert len(list((pending.service.settings.home / "emails").iterdir())) == 2


def test_bug_b4_a_round_says_it_and_ends_with_status_1_and_doctor_finds_it(pending, monkeypatch):
    monkeypatch.setenv("CLAUSEWATCH_HOME", str(pending.service.settings.home))
    declarations = pending.service.settings.home.parent / "declarations"
    declarations.mkdir()
    monkeypatch.setenv("CLAUSEWATCH_DECLARATIONS", str(declarations))
    monkeypatch.setattr("tracker.config.BUILT_IN", declarations)
    for _ in range(3):
        result = CliRunner().invoke(app, ["check", "--format", "json"])
        assert result.exit_code == 1
        assert [p["cause"] for p in json.loads(result.stdout)["problems"]] == ["mail not written"]
    doctor = CliRunner().invoke(app, ["doctor"])
    assert "no mail can be written there" in doctor.output


def test_bug_b4_one_message_that_cannot_be_written_holds_up_no_other(home, monkeypatch):
    person = subscriptions.add_subscriber(home.db, "ana@policy.example")
    subscriptions.add(home.db, person, Filters(), cadence=Cadence.AT_ONCE, channel=Channel.EMAIL, hour=8, now=home.now)
    home.serve(**rules(30))
    whole = messages.mark_filed

    def refuse_first(db, message_id, now):
        if message_id == 1:
            raise ZeroDivisionError("one bad message")
        whole(db, message_id, now)

    with monkeypatch.context() as patch:
        patch.setattr(messages, "mark_filed", refuse_first)
        home.confirm(**rules(10))
        unfiled_ids = messages.unfiled_ids(home.db)
    assert unfiled_ids == [1]
    assert [(p.subject_kind, p.cause) for p in home.open_problems] == [(SubjectKind.MESSAGE, "defect")]

    finish(home.service)
    assert home.open_problems == []
    assert messages.unfiled_ids(home.db) == []
