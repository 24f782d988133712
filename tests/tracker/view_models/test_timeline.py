"""A law's own dates, and what other acts did to it, on one line of time."""

from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta

import pytest

from storage import changes, events, identifiers, instruments, milestones, versions
from storage import relations as stored_relations
from storage.archive import Archive
from storage.records import (
    AmendingAct,
    Comparison,
    DateChange,
    Effect,
    Event,
    EventKind,
    Instrument,
    Milestone,
    MilestoneKind,
    Relation,
    RelationKind,
)
from storage.schema.open import open_database
from tests.storage.builders import text_hash
from tests.tracker.web.conftest import NOW, fill, law
from tracker.identity.titles import title_identifier
from tracker.pipeline.versions.instrument_relations import join_relations
from tracker.view_models.change_set_facts import change_set_facts
from tracker.view_models.timeline import Other, relations_of, stages_of, timeline_of
from tracker.weigh.change_set.date_changes import notes_of_dates

AMENDING = "关于修改练习服务管理规定的决定"


@pytest.fixture
def db(tmp_path):
    with closing(open_database(tmp_path / "clausewatch.db")) as new_db:
        fill(new_db, Archive(tmp_path / "archive"))
        yield new_db


def know(db, name, title):
    instruments.add_if_new(db, Instrument(name, "cn", title, title, "cn_test"))


def add_event(db, kind, **details):
    events.add(db, Event(0, f"{kind.value}:x", kind, "cn_practice", NOW, jurisdiction="cn", details=details))


def test_what_other_acts_did_stands_among_the_days(db):
    know(db, "cn_amending", AMENDING)
    add_event(db, EventKind.AMENDING_ACT, other_title=AMENDING, basis="决定修改")
    add_event(db, EventKind.CORRECTED, other_title="Unknown corrigendum", other_url="http://127.0.0.1/c")
    days = [
        Milestone(MilestoneKind.IN_FORCE, date(2026, 5, 1), "施行"),
        Milestone(MilestoneKind.APPLIES, None, "另行规定"),
    ]

    moments = [(item.on, item.what, item.by) for item in timeline_of(db, "cn_practice", days)]

    assert moments == [
        (NOW.date(), "amended", Other(AMENDING, "/instruments/cn_amending")),
        (NOW.date(), "corrected", Other("Unknown corrigendum", "http://127.0.0.1/c")),
        (date(2026, 5, 1), "in force", None),
        (None, "applies", None),
    ]


def test_what_superseded_a_day_is_called_by_its_title(db):
    know(db, "cn_delay", "Delay")
    day = Milestone(
        MilestoneKind.IN_FORCE, date(2026, 5, 1), "the page's own publication date", superseded_by="cn_delay"
    )
    superseded_day = replace(day, superseded_by="cn_unknown", on=date(2026, 6, 1), basis="施行")

    first, second = timeline_of(db, "cn_practice", [day, superseded_day])

    assert (first.successor, first.is_quotation) == (Other("Delay", "/instruments/cn_delay"), False)
    assert (second.successor, second.is_quotation) == (Other("cn_unknown", ""), True)


def test_a_retraction_is_no_act_and_what_is_known_of_no_act_is_left_out(db):
    add_event(db, EventKind.CORRECTED, retracted="7")
    assert timeline_of(db, "cn_practice", milestones.of_instrument(db, "cn_none")) == []


def test_a_draft_and_what_became_of_it_name_each_other(db):
    know(db, "cn_practice-draft", "练习服务管理规定（征求意见稿）")
    assert stages_of(db, "cn_practice") == [
        ("Draft", Other("练习服务管理规定（征求意见稿）", "/instruments/cn_practice-draft"))
    ]
    assert [words for words, _ in stages_of(db, "cn_practice-draft")] == ["Adopted as"]
    assert stages_of(db, "cn_other") == []


def test_an_act_that_is_spoken_of_is_linked_once_when_we_hold_it(db):
    know(db, "cn_amending", AMENDING)
    identifiers.add(db, "cn_amending", [title_identifier(AMENDING)])
    relations = [Relation(RelationKind.IMPLEMENTS, target, "依据", eid) for target, eid in (
        (AMENDING, "art_1"), (AMENDING, "art_9"), ("某某法", None))]  # fmt: skip

    version = versions.find_latest(db, "cn_practice")
    stored_relations.add(db, "cn_practice", version.id, relations, news=False)
    join_relations(db)
    links = relations_of(db, "cn_practice", replace(law(30), relations=tuple(relations)))

    assert [(item.target, item.eid, address) for item, address in links] == [
        (AMENDING, "art_1", "/instruments/cn_amending"), ("某某法", None, "")]  # fmt: skip


def change_set(db, **facts):
    """Another text of the practice law, and what is known of how it came about."""
    latest = versions.find_latest(db, "cn_practice")
    name = versions.next_id(db, "cn_practice", NOW.date())
    versions.add(db, replace(latest, id=name, seen_at=NOW + timedelta(days=9), text_sha256=text_hash(name)))
    comparison = replace(Comparison(summary={"weight": "high"}, summary_text="Told."), **facts)
    return changes.add_set(db, old_version_id=latest.id, new_version_id=name, comparison=comparison, at=NOW)


def test_an_amendment_and_its_effect_are_days_of_the_law(db):
    know(db, "cn_amending", AMENDING)
    identifiers.add(db, "cn_amending", [title_identifier(AMENDING)])
    add_event(db, EventKind.AMENDING_ACT, other_title=AMENDING, basis="决定修改")
    act = AmendingAct(AMENDING, "", date(2026, 3, 1), "2026年3月1日《决定》修正")
    number = change_set(db, amended_by=act, effect=Effect(date(2026, 4, 1), "自2026年4月1日起施行"))

    moments = [(m.on, m.what, m.by, m.set_id, m.is_undated) for m in timeline_of(db, "cn_practice", [])]

    assert moments == [
        (date(2026, 3, 1), "amended", Other(AMENDING, "/instruments/cn_amending"), number, False),
        (date(2026, 4, 1), "amendment takes effect", None, number, False),
    ]


def test_an_amendment_without_a_day_of_effect_says_so_and_a_day_that_stands_there_is_not_told_twice(db):
    change_set(db, amended_by=AmendingAct("无名决定", "", date(2026, 3, 1)), effect=Effect())
    change_set(db, amended_by=AmendingAct("无名决定", "", date(2026, 3, 1)), effect=Effect(date(2026, 5, 1)))

    moments = timeline_of(db, "cn_practice", [Milestone(MilestoneKind.IN_FORCE, date(2026, 5, 1), "施行")])

    assert [(m.what, m.is_undated) for m in moments] == [("amended", True), ("in force", False)]


def test_the_top_of_a_change_page_names_act_effect_and_dates_and_no_note_twice(db):
    row = DateChange("applies", "deep-sea buoys", date(2026, 8, 2), date(2027, 12, 2), "postponed")
    [note] = notes_of_dates([row])
    act = AmendingAct("Corrigendum, OJ L 7", "", None, "Corrigendum, OJ L 7", others=2)
    comparison = Comparison(amended_by=act, dates=(row,), notes=(note, "The preface differs"))

    facts = change_set_facts(db, comparison, "cn_practice")

    assert (facts.by, facts.others, facts.is_corrigendum, facts.by_basis) == (Other(act.title, ""), 2, True, "")
    assert (facts.effect, facts.notes, facts.is_told) == (None, ("The preface differs",), True)
    assert [(d.what, d.scope, d.move) for d in facts.dates] == [("applies", "deep-sea buoys", "postponed")]
    assert not change_set_facts(db, Comparison(), "cn_practice").is_told
