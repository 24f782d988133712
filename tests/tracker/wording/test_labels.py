"""Every label exists in every language, counts in its forms, and asks for the same places to be filled."""

from __future__ import annotations

import string

import pytest

from storage.records import (
    Change,
    ChangeKind,
    Claim,
    EventKind,
    MilestoneKind,
    Op,
    OpKind,
    Status,
    Weight,
)
from storage.records import ClaimKind as C
from tracker.wording.change_sentences import sentence
from tracker.wording.labels import ENGLISH, languages, words

# an English form may leave out what another language needs, and the other way round
FREE = {"n", "d", "m", "y", "month", "name", "native", "last_old", "last_new", "last_old_whole", "last_new_whole"}


def places(form: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(form) if name} - FREE


def forms(label) -> list[str]:
    return list(label.values()) if isinstance(label, dict) else [label]


@pytest.mark.parametrize("language", sorted(languages()))
def test_every_label_exists_in_every_language(language):
    labels = words(language).labels

    assert labels.keys() == ENGLISH.labels.keys()
    for name, label in labels.items():
        assert all(forms(label)), name
        assert {language for form in forms(label) for language in places(form)} == {
            language for form in forms(ENGLISH.labels[name]) for language in places(form)
        }, name


@pytest.mark.parametrize("language", sorted(languages()))
def test_every_kind_there_is_has_its_label(language):
    labels = words(language).labels
    for table, kinds in {
        "headline": EventKind,
        "lead": EventKind,
        "kind": EventKind,
        "change": ChangeKind,
        "weight": Weight,
        "date": MilestoneKind,
        "status": Status,
    }.items():
        assert {f"{table}.{kind.value}" for kind in kinds} <= labels.keys()


def test_a_language_without_labels_is_answered_in_english():
    assert {words(language).language for language in ("fr", "hi", "", "../zh")} == {"en"}
    assert words("zh-Hant").language == "zh"
    assert {"en", "zh"} <= languages()


def a_change(claim: Claim, kind=ChangeKind.MODIFIED) -> Change:
    ops = (Op(OpKind.DELETE, "a"), Op(OpKind.INSERT, "b"))
    return Change(kind, Weight.HIGH, "art_1", "art_2", "art_1", "art_2", "第一条", "第二条", ops=ops, claims=(claim,))


@pytest.mark.parametrize(
    ("claim", "sentence_text"),
    [
        (Claim(C.DEADLINE_SHORTENED, "", "P30D", "P10D", "三十日", "十日"), "期限由30日缩短为10日"),
        (Claim(C.DEADLINE_CHANGED, "", "P1M", "P20WD"), "期限由1个月改为20个工作日"),
        (Claim(C.DEADLINE_SET, "", "", "PT24H", "", "24小时"), "规定期限24小时"),
        (Claim(C.PENALTY_RAISED, "", "CNY 100000", "CNY 500000"), "处罚由CNY 100,000提高为CNY 500,000"),
        (Claim(C.PENALTY_RAISED, "", "P2Y", "P5Y", unit="prison term||"), "刑期由2年提高为5年"),
        (
            Claim(C.DUTY_STRENGTHENED, "", "permission", "obligation", "可以", "应当"),
            "许可变为义务（“可以”改为“应当”）",
        ),
        (Claim(C.PROHIBITION_ADDED, new="prohibition", new_text="不得"), "新的禁止：“不得”"),
        (Claim(C.EXCEPTION_REMOVED, old_text="除外"), "不再有例外：“除外”"),
        (Claim(C.ACTOR_CHANGED, old_text="提供者", new_text="使用者"), "主体由“提供者”改为“使用者”"),
    ],
)
def test_chinese_sentences_are_made_of_claims(claim, sentence_text):
    assert sentence(a_change(claim), "zh-Hans") == sentence_text


def test_every_claim_and_every_kind_of_change_has_a_chinese_sentence():
    for kind in C:
        for sides in (("old", ""), ("", "new"), ("old", "new")):
            text = sentence(a_change(Claim(kind, "subject", *sides, *sides)), "zh")
            assert text, kind
    for kind in ChangeKind:
        assert sentence(a_change(Claim(C.DATE_MOVED, old_text="old", new_text="new"), kind), "zh")


def test_a_language_without_sentences_has_none():
    change = a_change(Claim(C.RECAST))
    assert sentence(change, "en") == sentence(change, "../labels/zh") == ""
