"""Every label exists in every language, counts in its forms, and asks for the same places to be filled."""

from __future__ import annotations

import string

import pytest

from storage.records import (
    Change,
    ChangeKind,
    EventKind,
    MilestoneKind,
    Op,
    OpKind,
    Status,
    Tag,
    TagName,
    Weight,
)
from tracker.wording.change_sentences import sentence
from tracker.wording.labels import ENGLISH, languages, table_of, words

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
        assert {each for form in forms(label) for each in places(form)} == {
            each for form in forms(ENGLISH.labels[name]) for each in places(form)
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
    assert {words(each).language for each in ("fr", "hi", "", "../zh")} == {"en"}
    assert words("zh-Hant").language == "zh"
    assert {"en", "zh"} <= languages()


def a_change(tag: Tag, kind=ChangeKind.MODIFIED, **more) -> Change:
    ops = (Op(OpKind.DELETE, "a"), Op(OpKind.INSERT, "b"))
    return Change(
        kind, Weight.HIGH, "art_1", "art_2", "art_1", "art_2", "第一条", "第二条", ops=ops, tags=(tag,), **more
    )


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        (Tag(TagName.DEADLINE, "P30D", "P10D", "三十日", "十日"), "期限由30日缩短为10日"),
        (Tag(TagName.DEADLINE, "P1M", "P10WD"), "期限由1个月缩短为10个工作日"),
        (Tag(TagName.DEADLINE, "", "PT24H", "", "24小时"), "增加期限24小时"),
        (Tag(TagName.PENALTY, "CNY 100000", "CNY 500000"), "处罚由CNY 100,000提高为CNY 500,000"),
        (Tag(TagName.AMOUNT, "5 %", "EUR 3"), "数额由5 %改为EUR 3"),
        (Tag(TagName.MODALITY, "permission", "obligation", "可以", "应当"), "“可以”改为“应当”：许可变为义务"),
        (Tag(TagName.MODALITY, "", "prohibition", "", "不得"), "增加禁止（“不得”）"),
        (Tag(TagName.SCOPE, "", "", "除外", ""), "范围或例外删除“除外”"),
        (Tag(TagName.ACTOR, "", "", "提供者", "使用者"), "主体由“提供者”改为“使用者”"),
    ],
)
def test_chinese_sentences_are_made_of_what_the_tags_say(tag, said):
    assert sentence(a_change(tag), "zh-Hans") == said


def test_every_tag_and_every_kind_of_change_has_a_chinese_sentence():
    table = table_of("sentences/zh.toml") or {}
    assert {f"{tag.value}.{which}" for tag in TagName for which in ("changed", "added", "removed")} <= table.keys()
    for kind in ChangeKind:
        assert sentence(a_change(Tag(TagName.DATE), kind), "zh")


def test_a_language_without_sentences_has_none():
    assert sentence(a_change(Tag(TagName.DATE)), "en") == sentence(a_change(Tag(TagName.DATE)), "../labels/zh") == ""
