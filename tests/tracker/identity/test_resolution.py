"""Which law is meant: exactly, by number or whole title, in four traditions; what only looks alike is nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.records import (
    Authority,
    Identifier,
    Instrument,
    Milestone,
    MilestoneKind,
    Reading,
    Relation,
    RelationKind,
    Source,
)
from tracker.identity.resolution import candidates, identifiers_of, resolve
from tracker.identity.schemes import numbers_in, numbers_of
from tracker.identity.titles import bare_title

SOURCE = Source("x_y", "eu", "T", ("a",), "en", "page", ("http://x",), None)


def reading(jurisdiction="cn", **facts):
    return Reading(**{"format": "html", "jurisdiction": jurisdiction, "language": "en", "title": "", **facts})


def a_law(instrument_id, jurisdiction, title="", **facts):
    """Return an instrument with what it is recognised by."""
    instrument = Instrument(instrument_id, jurisdiction, title)
    return instrument, identifiers_of(reading(jurisdiction, title=title, **facts), SOURCE, instrument)


def resolve_target(laws, target, jurisdiction, kind=RelationKind.REPEALS, on=None):
    rows = {}
    for instrument, identifiers in laws:
        for identifier in identifiers:
            rows.setdefault(identifier, set()).add(instrument.id)
    relation = Relation(kind, target, "its words", on=on)
    return resolve(relation, jurisdiction, lambda identifier: rows.get(identifier, set()), "own").instrument_id


CHINA = [
    a_law(
        "cn_rule",
        "cn",
        "练习网络信息服务管理规定",
        number="令第7号",
        authorities=(Authority("cn_cac", "CAC", "练习网信办"),),
    ),
    a_law("cn_details", "cn", "练习网络信息服务管理规定实施细则"),
    a_law("cn_guide", "cn", "练习网络信息服务管理规定实施指南"),
    a_law(
        "cn_trial",
        "cn",
        "练习灯塔管理办法（试行）",
        number="令第7号",
        authorities=(Authority("cn_b", "B", "练习交通部"),),
    ),
    a_law("cn_draft", "cn", "练习港口管理办法（征求意见稿）", draft=True),
    a_law("cn_decision", "cn", "关于修改《练习浮标管理办法》的决定"),
    a_law("cn_law", "cn", "中华人民共和国练习安全法"),
]
UNION = [
    a_law("eu_act", "eu", "Regulation (EU) 2031/77 on buoys", uri="32031R0077"),
    a_law("eu_corrigendum", "eu", "Corrigendum to Regulation (EU) 2031/77", uri="32031R0077R(01)"),
    a_law("eu_directive", "eu", "Directive (EU) 2031/77 on lamps", uri="32031L0077"),
    a_law("eu_old", "eu", "Directive 95/46/EC", uri="31995L0046"),
    a_law("eu_no", "eu", "Regulation (EU) No 575/2013", uri="02013R0575-20300101"),
]
STATES = [
    a_law("us_act", "us", "California Practice Privacy Act"),
    a_law("us_regulations", "us", "California Practice Privacy Act Regulations"),
    a_law("us_part", "us", "Part 9101, Practice Disclosure", number="16 CFR Part 9101"),
    a_law("us_part_9", "us", "Part 910, Practice Rates", number="16 CFR Part 910"),
    a_law("us_rule", "us", "Practice rule", number="2026-90011"),
    a_law("us_correction", "us", "Practice rule; correction", number="C1-2026-90011"),
    a_law("us_order", "us", "Practice order", number="Executive Order 14999"),
]
INDIA = [
    a_law("in_act", "in", "The Practice Technology Act, 2000 (21 of 2000)"),
    a_law("in_rules", "in", "Practice Technology (Intermediary) Rules, 2021", number="G.S.R. 139(E)",
          dates=(Milestone(MilestoneKind.PUBLISHED, date(2021, 2, 25), ""),)),
    a_law("in_amendment", "in", "Practice Technology (Intermediary) Amendment Rules, 2026", number="G.S.R. 139(E)",
          dates=(Milestone(MilestoneKind.PUBLISHED, date(2026, 2, 10), ""),)),
]  # fmt: skip
LAWS = {"cn": CHINA, "eu": UNION, "us": STATES, "in": INDIA}


@pytest.mark.parametrize(
    ("jurisdiction", "target", "answer"),
    [
        ("cn", "练习网络信息服务管理规定", "cn_rule"),
        ("cn", "练习网络信息服务管理规定实施细则", "cn_details"),
        ("cn", "练习网络信息服务管理", None),
        ("cn", "办法", None),
        ("cn", "练习灯塔管理办法（试行）", "cn_trial"),
        ("cn", "练习灯塔管理办法", None),
        ("cn", "练习港口管理办法", None),
        ("cn", "练习浮标管理办法", None),
        ("cn", "练习安全法", "cn_law"),
        ("cn", "练习网信办令第7号", "cn_rule"),
        ("cn", "练习交通部令第7号", "cn_trial"),
        ("cn", "令第7号", None),
        ("eu", "Regulation (EU) 2031/77", "eu_act"),
        ("eu", "Verordnung (EU) 2031/77", "eu_act"),
        ("eu", "Directive (EU) 2031/77", "eu_directive"),
        ("eu", "Directive 95/46/EC", "eu_old"),
        ("eu", "Regulation (EU) No 575/2013 of the European Parliament", "eu_no"),
        ("eu", "Regulation (EU) 2031/7", None),
        ("eu", "32031R0077R(01)", "eu_corrigendum"),
        ("us", "California Practice Privacy Act", "us_act"),
        ("us", "California Practice Privacy Act of 2018", None),
        ("us", "16 CFR Part 9101", "us_part"),
        ("us", "16 CFR 910.2", "us_part_9"),
        ("us", "A rule; FR Doc. 2026-90011; 91 FR 80011", "us_rule"),
        ("us", "FR Doc. C1-2026-90011", "us_correction"),
        ("us", "E.O. 14999", "us_order"),
        ("us", "Executive Order 1499", None),
        ("in", "the Practice Technology Act, 2000", "in_act"),
        ("in", "Practice Technology Act, 2000 (21 of 2000)", "in_act"),
        ("in", "Practice Technology (Intermediary) Rules, 2021", "in_rules"),
        ("in", "G.S.R. 139(E)", None),
    ],
)
def test_a_law_is_recognised_exactly_or_not_at_all(jurisdiction, target, answer):
    assert resolve_target(LAWS[jurisdiction], target, jurisdiction) == answer


def test_a_number_that_begins_again_each_year_is_told_apart_by_the_year():
    assert resolve_target(INDIA, "G.S.R. 139(E)", "in", on=date(2021, 2, 25)) == "in_rules"
    assert resolve_target(INDIA, "G.S.R. 139(E)", "in", on=date(2026, 2, 10)) == "in_amendment"
    assert resolve_target(INDIA, "G.S.R. 139(E)", "in", on=date(2024, 1, 1)) is None


@given(st.data())
def test_adding_any_other_instrument_never_changes_an_exact_match(data):
    jurisdiction = data.draw(st.sampled_from(sorted(LAWS)))
    laws = LAWS[jurisdiction]
    instrument, identifiers = data.draw(st.sampled_from([law for law in laws if law[0].title]))
    target = instrument.title
    answer = resolve_target([(instrument, identifiers)], target, jurisdiction)
    words = data.draw(st.text(min_size=1, max_size=4).filter(str.isalnum))
    others = [a_law("zz_other", jurisdiction, title) for title in (target + words, words + target, target[:-1])]
    others = [law for law in others if not set(law[1]) & set(identifiers)]

    assert resolve_target([(instrument, identifiers), *others], target, jurisdiction) == answer


def test_two_laws_of_one_name_are_a_tie_and_a_tie_is_nothing():
    twin = replace(CHINA[0][0], id="cn_twin"), CHINA[0][1]
    assert resolve_target([*CHINA, twin], "练习网络信息服务管理规定", "cn") is None


def test_what_is_alike_is_a_candidate_for_operators():
    relation = Relation(RelationKind.REPEALS, "练习网络信息服务管理规定的规定", "")
    assert candidates(relation, [law[0] for law in CHINA], "own") == ("cn_rule",)


def test_a_corrigendum_has_a_number_of_its_own_and_a_consolidated_text_that_of_its_act():
    assert numbers_of(reading("eu", uri="32031R0077R(01)")) == (Identifier("celex", "32031R0077R(01)"),)
    assert numbers_of(reading("eu", uri="02031R0077-20330101")) == (Identifier("celex", "32031R0077"),)
    assert numbers_of(reading("eu", uri="http://data.europa.eu/eli/reg/2031/77/oj")) == (
        Identifier("celex", "32031R0077"),
    )


def test_of_several_numbers_the_first_of_each_scheme_counts():
    relation = Relation(
        RelationKind.AMENDS, "Delegated Regulation (EU) 2031/5 supplementing Regulation (EU) 2031/77", ""
    )
    assert numbers_in(relation, "eu") == (Identifier("celex", "32031R0005"),)


@pytest.mark.parametrize(
    ("title", "answer"),
    [
        ("关于《练习管理规定（征求意见稿）》公开征求意见的通知", "练习管理规定"),
        ("关于印发《练习管理规定》的通知", "练习管理规定"),
        ("关于修改《练习管理规定》的决定", "关于修改《练习管理规定》的决定"),
        ("关于废止《练习管理规定》的公告", "关于废止《练习管理规定》的公告"),
    ],
)
def test_a_notice_is_of_the_law_it_publishes_and_not_of_one_it_changes(title, answer):
    assert bare_title(title) == answer
