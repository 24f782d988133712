"""A law's own dates, and what other acts did to it, on one line of time."""

from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from storage import events, identifiers, instruments, milestones, versions
from storage import relations as stored_relations
from storage.archive import Archive
from storage.records import Event, EventKind, Instrument, Milestone, MilestoneKind, Relation, RelationKind
from storage.schema.open import open_database
from tests.tracker.web.conftest import NOW, fill, law
from tracker.identity.titles import title_identifier
from tracker.pipeline.versions.instrument_relations import join_relations
from tracker.view_models.timeline import Other, relations_of, stages_of, timeline_of
from tracker.web.pages.instruments import summary_of

AMENDING = "关于修改练习服务管理规定的决定"


@pytest.fixture
def db(tmp_path):
    with closing(open_database(tmp_path / "clausewatch.db")) as made:
        fill(made, Archive(tmp_path / "archive"))
        yield made


def know(db, name, title):
    instruments.add_if_new(db, Instrument(name, "cn", title, title, "cn_test"))


def done(db, kind, **details):
    events.add(db, Event(0, f"{kind.value}:x", kind, "cn_practice", NOW, jurisdiction="cn", details=details))


def test_what_other_acts_did_stands_among_the_days(db):
    know(db, "cn_amending", AMENDING)
    done(db, EventKind.AMENDING_ACT, other_title=AMENDING, basis="决定修改")
    done(db, EventKind.CORRECTED, other_title="Unknown corrigendum", other_url="http://127.0.0.1/c")
    days = [
        Milestone(MilestoneKind.IN_FORCE, date(2026, 5, 1), "施行"),
        Milestone(MilestoneKind.APPLIES, None, "另行规定"),
    ]

    told = [(each.on, each.what, each.by) for each in timeline_of(db, "cn_practice", days)]

    assert told == [
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
    gone = replace(day, superseded_by="cn_unknown", on=date(2026, 6, 1), basis="施行")

    first, second = timeline_of(db, "cn_practice", [day, gone])

    assert (first.successor, first.is_quotation) == (Other("Delay", "/instruments/cn_delay"), False)
    assert (second.successor, second.is_quotation) == (Other("cn_unknown", ""), True)


def test_a_retraction_is_no_act_and_what_is_known_of_no_act_is_left_out(db):
    done(db, EventKind.CORRECTED, retracted="7")
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
    said = [Relation(RelationKind.IMPLEMENTS, target, "依据", eid) for target, eid in (
        (AMENDING, "art_1"), (AMENDING, "art_9"), ("某某法", None))]  # fmt: skip

    version = versions.find_latest(db, "cn_practice")
    stored_relations.add(db, "cn_practice", version.id, said, news=False)
    join_relations(db)
    found = relations_of(db, "cn_practice", replace(law(30), relations=tuple(said)))

    assert [(each.target, each.eid, address) for each, address in found] == [
        (AMENDING, "art_1", "/instruments/cn_amending"), ("某某法", None, "")]  # fmt: skip


@pytest.mark.parametrize(
    ("status", "began", "said"),
    [
        ("in_force", date(2026, 5, 1), "Departmental rule (China), in force since 1 May 2026; 5 articles."),
        ("not_yet_in_force", date(2027, 1, 4), "Departmental rule (China), in force from 4 January 2027; 5 articles."),
        ("unknown", None, "Departmental rule (China); 5 articles."),
        ("repealed", date(2026, 5, 1), "Departmental rule (China), repealed; 5 articles."),
    ],
)
def test_one_sentence_says_first_what_a_law_is(status, began, said):
    days = [Milestone(MilestoneKind.IN_FORCE, began, "施行")] if began else []
    rule = replace(law(30), type="departmental rule", authorities=(), counts={"article": 5})
    assert summary_of(rule, "cn", status, days) == said
