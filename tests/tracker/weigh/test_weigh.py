"""Tags over the edit, weights by tag and place, one plain sentence."""

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from storage.records import Change, ChangeKind, Definition, Milestone, MilestoneKind, ProvisionKind, TagName, Weight
from tests.tracker.compare.laws import a_list, a_reading, an_article, sentence, zh_article, zh_sentence
from tracker.compare import compare
from tracker.weigh import moved_dates, weigh
from tracker.weigh.explain import explain
from tracker.weigh.quantities.values import values
from tracker.weigh.quotable import quote
from tracker.weigh.words import vocabulary
from tracker.wording.change_sentences import sentence as in_language


def weigh_edit(old, new, language, kind=ProvisionKind.ARTICLE):
    if language == "zh":
        laws = [
            a_reading(zh_article(1, zh_sentence(1)), zh_article(2, text), zh_article(3, zh_sentence(3)), language="zh")
            for text in (old, new)
        ]
    else:
        others = [an_article(1, sentence(1)), an_article(3, sentence(3))]
        laws = [
            a_reading(others[0], an_article(2, text, kind=kind), others[1], language=language) for text in (old, new)
        ]
    changes = weigh(compare(*laws), *laws).changes
    assert len(changes) == 1
    return changes[0]


CASES = tomllib.loads((Path(__file__).parent / "edits.toml").read_text(encoding="utf-8"))["edit"]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in CASES])
def test_an_edit_is_tagged_with_normal_values_and_told_in_a_sentence(case):
    change = weigh_edit(case["old"], case["new"], case["language"])

    expected_tag = (case["tag"], case["old_value"], case["new_value"])
    assert expected_tag in [(tag.tag.value, tag.old, tag.new) for tag in change.tags]
    assert change.explanation == case["said"]
    assert change.weight in (Weight.HIGH, Weight.MEDIUM)


def test_a_definition_is_tagged():
    change = weigh_edit("“berth” means a place at the quay.", "“berth” means any place at the quay.", "en")

    assert TagName.DEFINITION in [tag.tag for tag in change.tags]
    assert change.weight is Weight.HIGH


def test_a_definition_names_its_term_and_the_provisions_that_use_it():
    texts = ("“berth” means a place at the quay.", "“berth” means any place at the quay.")
    others = [an_article(2, "A berth is let for a year."), an_article(3, "The owner of a berth pays.")]
    laws = [
        replace(a_reading(an_article(1, text), *others), definitions=(Definition("berth", "art_1", text),))
        for text in texts
    ]
    change = weigh(compare(*laws), *laws).changes[0]

    assert [(tag.tag, tag.old, tag.new) for tag in change.tags] == [(TagName.DEFINITION, "berth", "berth")]
    assert change.explanation == (
        "Definition of “berth” changed from “a” to “any”; the term is used in Article 2, Article 3"
    )


def test_a_new_definition_is_tagged_though_its_words_do_not_say_so():
    points = [("a", "berth: a place at the quay;"), ("b", "tug: a boat that pulls.")]
    old = a_reading(a_list(1, "Terms:", points[:1]), an_article(2, sentence(2)), language="nl")
    new = a_reading(a_list(1, "Terms:", points), an_article(2, sentence(2)), language="nl")
    new = replace(new, definitions=(Definition("tug", "art_1__point_b", points[1][1]),))
    addition = next(
        change for change in weigh(compare(old, new), old, new).changes if change.new_eid == "art_1__point_b"
    )

    assert [(tag.tag, tag.old, tag.new) for tag in addition.tags] == [(TagName.DEFINITION, "", "tug")]
    assert addition.weight is Weight.HIGH


def test_means_that_define_nothing_are_no_definition():
    change = weigh_edit("It answers by electronic means at once.", "It answers by electronic means soon.", "en")

    assert change.tags == ()


def test_wording_without_a_tag_is_editorial_and_the_words_speak_for_themselves():
    change = weigh_edit("The lamps burn all night.", "The lamps shine all night.", "en")

    assert (change.tags, change.weight) == ((), Weight.EDITORIAL)
    assert change.explanation == "Was “burn”, is now “shine”"


def test_an_untouched_word_beside_the_edit_tags_nothing():
    change = weigh_edit("The master shall report the red lamps.", "The master shall report the green lamps.", "en")

    assert change.tags == ()


@pytest.mark.parametrize(
    ("old", "new"), [("推广手机应用程序。", "推广手机应用软件程序。"), ("没收其所得。", "没收其全部所得。")]
)
def test_a_trigger_inside_another_word_is_none(old, new):
    assert TagName.MODALITY not in [tag.tag for tag in weigh_edit(old, new, "zh").tags]


def test_a_recital_weighs_less():
    change = weigh_edit("It pays within 30 days.", "It pays within 10 days.", "en", ProvisionKind.RECITAL)

    assert change.weight is Weight.MEDIUM


def test_added_removed_and_renumbered_have_their_sentences():
    old = [an_article(n, sentence(n)) for n in range(1, 6)]
    new = [
        an_article(1, sentence(1)),
        an_article(2, "The owner shall pay a fine of EUR 500."),
        *(an_article(n, sentence(n - 1)) for n in (3, 4, 5)),
    ]
    laws = a_reading(*old), a_reading(*new)
    comparison = weigh(compare(*laws), *laws)

    assert [(change.explanation, change.weight) for change in comparison.changes] == [
        ("Article 2 added; new penalty: “The owner shall pay a fine of EUR 500”", Weight.HIGH),
        ("Article 2 is now Article 3, its words unchanged", Weight.REFERENCE),
        ("Article 3 is now Article 4, its words unchanged", Weight.REFERENCE),
        ("Article 4 is now Article 5, its words unchanged", Weight.REFERENCE),
        (f"Article 5 removed: “{quote(sentence(5))}”", Weight.MEDIUM),
    ]
    assert comparison.summary["weight"] == "high"


def test_what_moved_and_was_reworded_is_told_with_both_in_every_language():
    old = [an_article(n, sentence(n)) for n in range(1, 9)]
    new_article = an_article(9, sentence(2).replace("harbour", "port", 1) + " Gladly so.")
    laws = a_reading(*old), a_reading(old[0], *old[2:], new_article)

    [change] = [candidate for candidate in weigh(compare(*laws), *laws).changes if candidate.kind is ChangeKind.MOVED]

    assert change.explanation == "Article 2 moved to Article 9; now also reads “Gladly so”"
    assert in_language(change, "zh") == "Article 2移至Article 9；现还有“Gladly so”"


@pytest.mark.parametrize(
    ("language", "text", "normal"),
    [
        ("zh", "一百二十日", "P120D"),
        ("zh", "十五个工作日", "P15WD"),
        ("zh", "二百万元", "CNY 2000000"),
        ("zh", "百分之五", "5 %"),
        ("en", "twenty-one days", "P21D"),
        ("en", "72 hours", "PT72H"),
        ("en", "Rs. 50 crore", "INR 500000000"),
        ("en", "EUR 7.5 million", "EUR 7500000"),
        ("en", "10²⁵", "10^25"),
        ("fr", "deux ans et 3 mois", "P3M"),
    ],
)
def test_values_have_one_normal_form(language, text, normal):
    assert normal in [value.normal for value in values(text, vocabulary(language))]


def test_a_language_without_words_of_its_own_is_weighed_in_english():
    assert vocabulary("sv").language == "en"
    assert vocabulary("../en").language == "en"
    assert vocabulary("").language == "en"


def a_milestone(kind, on):
    return Milestone(kind, on, "basis")


def test_a_date_that_moved_is_told_with_both_days():
    old = [a_milestone(MilestoneKind.IN_FORCE, date(2026, 1, 1)), a_milestone(MilestoneKind.ADOPTED, date(2025, 1, 1))]
    new = [a_milestone(MilestoneKind.IN_FORCE, date(2026, 7, 1)), a_milestone(MilestoneKind.ADOPTED, date(2025, 1, 1))]

    assert moved_dates(old, new) == [(MilestoneKind.IN_FORCE, date(2026, 1, 1), date(2026, 7, 1))]


def test_a_date_that_becomes_known_has_moved_and_a_new_kind_has_not():
    old = [a_milestone(MilestoneKind.IN_FORCE, None)]
    new = [a_milestone(MilestoneKind.IN_FORCE, date(2026, 7, 1)), a_milestone(MilestoneKind.REPEALED, date(2030, 1, 1))]

    assert moved_dates(old, new) == [(MilestoneKind.IN_FORCE, None, date(2026, 7, 1))]


def test_what_moves_and_keeps_its_name_is_not_told_as_moved_to_itself():
    place = "附表二一、"
    move = Change(ChangeKind.MOVED, Weight.LOW, "anx_2", "anx_2", "anx_2__item_1", "anx_2__item_1", place, place)

    assert explain(move) == "附表二一、 moved to another place"
    assert in_language(move, "zh") == "附表二一、位置变动"
