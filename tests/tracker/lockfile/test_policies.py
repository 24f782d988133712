"""A policy is pinned whole: each citation is a pin of the right act, or is named with the reason why not."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from storage import pending_versions, relations
from storage.records import Comparison, PendingState
from tests.tracker.lockfile.law_home import LawHome, a_regulation
from tracker.lockfile.drift import DriftKind, drifts_of
from tracker.lockfile.errors import LockFileError
from tracker.lockfile.pin_citations import CitationPinner
from tracker.lockfile.standing_law import StandingLaw
from tracker.pipeline.versions.predictions import predict_target

TODAY = date(2026, 3, 9)
LAMPS = [(1, "Subject", ["Lamps are lit.", "Lamps are put out."]), (2, "Scope", ["Harbours.", "Piers."])]
MIRRORS = [(1, "Mirrors", ["Mirrors shine.", "Mirrors are cleaned."]), (7, "Fines", ["Fines are 50 EUR.", "None."])]
CHINESE = """# 港口灯具管理条例

2020年3月1日发布

第一条　为了加强港口灯具管理，保障船舶航行安全，根据有关法律，制定本条例。

第二条　灯具所有人应当在发现损坏之日起三十日内报告主管部门。

第三条　违反本条例第二条规定的，处二百元以下罚款。

第四条　本条例自2020年5月1日起施行。
"""
DECISION = """# 关于修改《港口灯具管理条例》的决定

2027年3月1日发布

为了进一步加强港口灯具的管理，保障船舶航行和停泊的安全，方便港口所有人、船舶所有人和看守人办理登记，现决定对《港口灯具管理条例》作如下修改：

一、将第二条中的“三十日”修改为“十日”。

二、本决定自2027年6月1日起施行。
"""


@pytest.fixture
def home(db):
    law_home = LawHome(db)
    law_home.publish(
        "eu_32025R9001", "Lamp Act (Regulation (EU) 2025/9001)", a_regulation(9001, LAMPS), ("celex", "32025R9001")
    )
    law_home.publish("eu_32025R9002", "Mirror Act", a_regulation(9002, MIRRORS), ("celex", "32025R9002"))
    law_home.publish("cn_port_lamps", "港口灯具管理条例", CHINESE)
    return law_home


def pin(home, text):
    outcome = CitationPinner(home.db, StandingLaw(home.db, TODAY)).pin_text(text, "policy.md")
    return [f"{p.instrument}#{p.eid}" for p in outcome.pins], [(c.line, c.why) for c in outcome.open]


@pytest.mark.parametrize(
    ("text", "pins"),
    [
        ("Article 1(2) of the Lamp Act", ["eu_32025R9001#art_1__para_2"]),
        ("Lamp Act, Art. 1(2); Mirror Act, Art. 7", ["eu_32025R9001#art_1__para_2", "eu_32025R9002#art_7"]),
        ("Art. 7 Mirror Act and Art. 2 Lamp Act", ["eu_32025R9002#art_7", "eu_32025R9001#art_2"]),
        ("Article 2 of Regulation (EU) 2025/9001", ["eu_32025R9001#art_2"]),
        ("The Lamp Act asks for light (Article 1(1)).", ["eu_32025R9001#art_1__para_1"]),
        ("Under Article 1(2)\nof the\n  Lamp Act we", ["eu_32025R9001#art_1__para_2"]),
        ("# The Mirror Act\n\nArticle 7 binds us.", ["eu_32025R9002#art_7"]),
        ("《港口灯具管理条例》第二条", ["cn_port_lamps#art_2"]),
        ("港口灯具管理条例第二条和第三条", ["cn_port_lamps#art_2", "cn_port_lamps#art_3"]),
    ],
)  # fmt: skip
def test_a_citation_is_of_the_act_beside_it(home, text, pins):
    assert pin(home, text) == (pins, [])


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("The Lamp Act. Article 3 of the Tall Ships Act", "no such act is watched"),
        ("The Lamp Act, and Art. 5 of the GDPR", "no such act is watched"),
        ("The Lamp Act. 《海港灯塔法》第二条", "no such act is watched"),
        ("Lamp Act art. 77", "there is no article 77"),
        ("Lamp Act art. 1(9)", r"has no \(9\); it has \(1\) to \(2\)"),
        ("Article 5 matters", "of which act is not said"),
        ("As Section 4 of this policy says", "of which act is not said"),
    ],
)
def test_a_citation_that_leads_nowhere_is_named_and_never_given_to_another_act(home, text, why):
    pins, left = pin(home, f"Intro.\n\n{text}.")

    assert (pins, [line for line, _ in left]) == ([], [3])
    with pytest.raises(LockFileError, match=why):
        CitationPinner(home.db, StandingLaw(home.db, TODAY)).pin_reference(text)


def amending_act(home):
    """Publish the decision and resolve what it says it amends, as a round does before it predicts."""
    act = home.publish("cn_port_decision", "关于修改《港口灯具管理条例》的决定", DECISION)
    relations.add(home.db, act.instrument_id, act.id, act.reading.relations, news=False)
    (amends,) = relations.of_instrument(home.db, act.instrument_id)
    relations.resolve(home.db, amends.id, "cn_port_lamps", "title")
    return relations.of_instrument(home.db, act.instrument_id)[0]


def drifts_now(home):
    law = StandingLaw(home.db, TODAY)
    pins = CitationPinner(home.db, law).pin_text("《港口灯具管理条例》第二条、第三条", "").pins
    return [drift for one in pins for drift in drifts_of(one, law.of_pin(one), TODAY)]


def test_an_amending_decision_is_a_pending_change_of_what_it_amends_and_of_nothing_else(home):
    assert predict_target(home.db, amending_act(home), datetime(2026, 3, 9, tzinfo=UTC))

    drifts = drifts_now(home)

    assert [(d.kind, d.pin.eid, d.on.isoformat()) for d in drifts] == [
        (DriftKind.PENDING_CHANGE, "art_2", "2027-06-01")
    ]
    assert "三十日" in drifts[0].text


def test_an_amending_decision_of_which_nothing_was_computed_is_an_open_act(home):
    act = amending_act(home)
    law = StandingLaw(home.db, TODAY)
    for one in CitationPinner(home.db, law).pin_text("《港口灯具管理条例》第二条", "").pins:
        law.of_pin(one)

    assert drifts_now(home) == []
    assert [(change.by, change.what) for change in law.open_acts()] == [
        (act.version_id, "what it changes could not be read")
    ]


def test_what_was_judged_by_the_official_text_is_pending_no_more(home):
    row = amending_act(home)
    predict_target(home.db, row, datetime(2026, 3, 9, tzinfo=UTC))
    (pending,) = pending_versions.of_instrument(home.db, "cn_port_lamps")
    outcome = replace(pending, state=PendingState.AGREED, judged_at=datetime(2027, 6, 2, tzinfo=UTC))
    pending_versions.judge(home.db, outcome, Comparison())

    assert drifts_now(home) == []
