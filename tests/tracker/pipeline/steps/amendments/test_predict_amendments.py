"""The day an amending act appears: a pending version, told once; the verdict when the official text comes."""

from __future__ import annotations

from contextlib import closing

import pytest

from storage import alerts, events, pending_versions, relations, subscriptions
from storage.database.connection import transaction
from storage.records import Cadence, Channel, EventKind, Filters, PendingState
from tests.tracker.pipeline.builders import FedHome, a_rule, a_source
from tracker.pending_text import consolidation_of
from tracker.pipeline.run import finish
from tracker.pipeline.steps.amendments import predict_amendments as step
from tracker.pipeline.versions import predictions

K = EventKind
LAW = "练习服务管理规定"
LAW_ID = f"cn_{LAW}"
OLD, NEW = (
    "提供者应当在30日内完成登记，并将登记结果向社会公布。",
    "提供者应当在10日内完成登记，并将登记结果向社会公布。",
)


_LAST = (
    "各地网信部门应当做好本决定的宣传和实施工作，并于每年年底前将实施情况报告国家互联网信息办公室。",
    "提供者应当自本决定公布之日起做好各项准备工作，主管部门应当为其提供必要的指导和帮助。",
    "本决定自2026年6月1日起施行。",
)


def a_decision(*items: str, by="国家互联网信息办公室") -> str:
    lines = [f"{numeral}、{item}" for numeral, item in zip("一二三四五六", (*items, *_LAST), strict=False)]
    head = [f"# {by}关于修改《{LAW}》的决定", "2026年3月1日 国家互联网信息办公室公布", f"现决定对《{LAW}》作如下修改："]
    return "\n".join([*head, *lines])


SHORTER = a_decision(f"将第一条修改为：“{NEW}”")


@pytest.fixture
def home(tmp_path):
    home = FedHome(tmp_path / "home", a_source("cn_test", "http://127.0.0.1/law"))
    with closing(home.db):
        home.serve(law=a_rule(LAW))
        yield home


def announce(home, text=SHORTER, name="act"):
    home.discover("cn_test", f"http://127.0.0.1/{name}")
    home.serve(**{name: text})


def subscribe(home, **filters):
    with transaction(home.db):
        person = subscriptions.add_subscriber(home.db, f"p{len(filters)}@example.org", name="P")
        how = {"cadence": Cadence.AT_ONCE, "channel": Channel.EMAIL, "hour": 8, "now": home.clock()}
        return subscriptions.add(home.db, person, Filters(**filters), **how)


def kinds(home):
    return [event.kind for event in home.events_told]


def owed_kinds(home, subscription):
    owed_events = [event for event in home.events_told for alert in alerts.of_event(home.db, event.id)
             if alert.subscription_id == subscription]  # fmt: skip
    return [event.kind for event in owed_events]


def test_an_amending_act_makes_a_pending_version_and_is_told_as_what_will_change(home):
    announce(home)

    [pending] = pending_versions.of_instrument(home.db, LAW_ID)
    [event] = [event for event in home.events_told if event.instrument_id == LAW_ID]
    assert (event.kind, event.details["pending_id"], str(event.on)) == (K.WILL_CHANGE, pending.id, "2026-06-01")
    assert (pending.state, pending.instruction_count, pending.applied_count) == (PendingState.PENDING, 1, 1)
    [change] = pending_versions.comparison_of(home.db, pending.id).changes
    assert (change.old_text, change.new_text) == (OLD, NEW)
    assert "not official" in str(event.details["mark"])


def test_a_pending_version_is_never_a_version_of_record(home):
    announce(home)

    assert len(home.versions_of(LAW_ID)) == 1
    assert home.versions_of(LAW_ID)[0].reading.provisions[0].text == OLD


def test_what_was_done_is_not_done_again(home):
    subscription = subscribe(home)
    announce(home)
    before = (kinds(home), owed_kinds(home, subscription))
    finish(home.service)
    step.predict_amendments(home.service)

    assert (kinds(home), owed_kinds(home, subscription)) == before
    assert len(pending_versions.recent(home.db)) == 1


def test_killed_in_the_middle_it_is_done_when_started_again(home, monkeypatch):
    def break_off(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(predictions, "_tell", break_off)
        with pytest.raises(KeyboardInterrupt):
            announce(home)
    assert pending_versions.recent(home.db) == []
    finish(home.service)

    assert [event.kind for event in home.events_told if event.instrument_id == LAW_ID] == [K.WILL_CHANGE]
    assert len(pending_versions.recent(home.db)) == 1


def test_a_fault_of_ours_tells_the_act_as_published_and_opens_a_problem(home, monkeypatch):
    def faulty(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(predictions, "predict", faulty)
    announce(home)

    assert [event.kind for event in home.events_told if event.instrument_id == LAW_ID] == [K.AMENDING_ACT]
    assert [problem.cause for problem in home.open_problems] == ["defect"]


@pytest.mark.parametrize(
    "act",
    [
        pytest.param(a_decision("将第九十条修改为：“略。”"), id="nothing could be applied"),
        pytest.param(a_decision("有关条文另行公布。"), id="nothing could be read"),
    ],
)
def test_an_act_that_cannot_be_carried_out_is_told_as_published(home, act):
    announce(home, act)

    assert [event.kind for event in home.events_told if event.instrument_id == LAW_ID] == [K.AMENDING_ACT]
    assert pending_versions.recent(home.db) == []


def test_an_act_known_from_the_first_look_is_told_to_nobody(tmp_path):
    home = FedHome(tmp_path / "home", a_source("cn_test", "http://127.0.0.1/law", "http://127.0.0.1/act"))
    with closing(home.db):
        home.serve(law=a_rule(LAW), act=SHORTER)

        assert home.events_told == []
        assert relations.untold_amendments(home.db) == []


def test_an_official_text_that_agrees_is_told_to_nobody_who_was_told_ahead(home):
    first_wish, later = subscribe(home), None
    announce(home)
    later = subscribe(home, jurisdictions=("cn",))
    home.confirm(law=a_rule(LAW, days=10))

    [pending] = pending_versions.of_instrument(home.db, LAW_ID)
    assert (pending.state, pending.verdict["agreed"]) == (PendingState.AGREED, ["art_1"])
    assert K.NEW_VERSION not in owed_kinds(home, first_wish)
    assert K.NEW_VERSION in owed_kinds(home, later)
    assert K.DIFFERED not in kinds(home)
    assert pending_versions.score(home.db)["agreed"] == 1


def test_an_official_text_that_differs_tells_only_what_differs(home):
    first_wish = subscribe(home)
    announce(home, a_decision(f"将第一条修改为：“{NEW}”", "将第二条中的“第2份”修改为“全部”。"))
    later = subscribe(home, jurisdictions=("cn",))
    official = a_rule(LAW, days=10).replace(
        "第二项练习服务，应当按照规定保存第二份", "第二项练习服务，应当妥善保存第二份"
    )
    home.confirm(law=official)

    [pending] = pending_versions.of_instrument(home.db, LAW_ID)
    assert pending.state is PendingState.DIFFERED
    assert (pending.verdict["agreed"], pending.verdict["open"]) == (["art_1"], ["art_2"])
    [event] = [event for event in home.events_told if event.kind is K.DIFFERED]
    differences = pending_versions.comparison_of_event(home.db, event)
    assert [change.new_unit for change in differences.changes] == ["art_2"]
    assert owed_kinds(home, first_wish)[-1] is K.DIFFERED
    assert K.DIFFERED not in owed_kinds(home, later)


def test_another_change_of_the_text_leaves_what_is_pending_and_computes_it_anew(home):
    announce(home)
    other = a_rule(LAW).replace("应当按照规定保存第三份", "应当依法保存第三份")
    home.confirm(law=other)

    [pending] = pending_versions.of_instrument(home.db, LAW_ID)
    assert (pending.state, pending.base_version_id) == (PendingState.PENDING, home.versions_of(LAW_ID)[-1].id)
    text = consolidation_of(home.db, pending).text
    assert text.provisions[0].text == NEW
    assert "依法保存第三份" in text.provisions[2].text


def test_two_acts_stack_in_order_of_effect(home):
    announce(home)
    second = a_decision("将第一条中的“10日”修改为“5日”。", by="工业和信息化部")
    announce(home, second, "second")

    first, other = pending_versions.of_instrument(home.db, LAW_ID)
    assert consolidation_of(home.db, first).text.provisions[0].text == NEW
    assert "5日" in consolidation_of(home.db, other).text.provisions[0].text


def test_a_subscriber_to_one_provision_is_told_when_it_will_change(home):
    hit = subscribe(home, provisions=("art_1",), instruments=(LAW_ID,))
    miss = subscribe(home, provisions=("art_4",), instruments=(LAW_ID,), jurisdictions=("cn",))
    announce(home)

    assert owed_kinds(home, hit) == [K.WILL_CHANGE]
    assert owed_kinds(home, miss) == []


def test_events_of_predictions_lead_to_the_stored_comparison(home):
    announce(home)

    [event] = [event for event in events.recent(home.db) if event.kind is K.WILL_CHANGE]
    assert pending_versions.comparison_of_event(home.db, event).changes
    assert pending_versions.judged_by(home.db, str(event.version_id)) == []
