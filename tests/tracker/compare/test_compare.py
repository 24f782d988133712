"""Each kind of change, in Chinese and English: what a lawyer would mark, no more and no less."""

import dataclasses
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.records import Note, Provision, ProvisionKind, Weight
from tests.tracker.compare.laws import (
    a_chapter,
    a_list,
    a_reading,
    an_article,
    marked_characters,
    sentence,
    zh_article,
    zh_sentence,
)
from tracker.compare import CompareError, compare
from tracker.compare.invariants import check_redlines
from tracker.compare.redline import apply

K = ProvisionKind


def english(*texts, start=1):
    return [an_article(number, text) for number, text in enumerate(texts, start)]


def change_keys(comparison):
    return [(change.kind.value, change.old_eid, change.new_eid) for change in comparison.changes]


def compare_laws(old, new):
    return compare(a_reading(*old), a_reading(*new))


E = [sentence(n) for n in range(1, 61)]
C = [zh_sentence(n) for n in range(1, 61)]


def chinese(*texts):
    return [zh_article(number, text) for number, text in enumerate(texts, 1)]


LANGUAGES = pytest.mark.parametrize(
    ("law", "texts", "other"), [(english, E, sentence(999)), (chinese, C, zh_sentence(999))], ids=["en", "zh"]
)


@LANGUAGES
def test_a_law_compared_with_itself_has_no_change(law, texts, other):
    comparison = compare_laws(law(*texts), law(*texts))

    assert comparison.changes == ()
    assert comparison.summary["unchanged"] == 60
    assert comparison.notes == ()


@LANGUAGES
def test_one_article_inserted_among_sixty_is_one_added_and_the_rest_renumbered(law, texts, other):
    comparison = compare_laws(law(*texts), law(*texts[:20], other, *texts[20:]))

    assert comparison.summary["added"] == 1
    assert comparison.summary["renumbered"] == 40
    assert comparison.summary["unchanged"] == 20
    assert len(comparison.changes) == 41
    marked_count = sum(marked_characters(change.ops) for change in comparison.changes)
    assert marked_count <= 1.2 * len(other)


@LANGUAGES
def test_a_repealed_article_is_removed(law, texts, other):
    comparison = compare_laws(law(*texts[:10]), law(*texts[:9]))

    assert change_keys(comparison) == [("removed", "art_10", None)]
    assert comparison.changes[0].new_unit is None


@LANGUAGES
def test_an_article_that_leaves_its_place_is_moved_and_its_neighbours_are_not(law, texts, other):
    order = [*texts[:2], *texts[3:10], texts[2]]
    comparison = compare_laws(law(*texts[:10]), law(*order))

    assert comparison.summary["moved"] == 1
    assert ("moved", "art_3", "art_10") in change_keys(comparison)
    assert comparison.summary["modified"] == 0


@LANGUAGES
def test_an_article_cut_in_two_is_split(law, texts, other):
    whole = texts[3] + (" " if law is english else "") + other
    comparison = compare_laws(law(*texts[:3], whole, *texts[4:10]), law(*texts[:4], other, *texts[4:10]))

    splits = [change for change in comparison.changes if change.kind == "split"]
    assert [(change.old_unit, change.new_unit) for change in splits] == [("art_4", "art_4"), ("art_4", "art_5")]
    assert comparison.summary["split"] == 1
    assert sum(marked_characters(change.ops) for change in splits) == 0


def test_a_part_with_a_heading_of_its_own_is_still_a_part():
    first_part, cut = " ".join(E[20:23]), E[23]
    old = [an_article(1, E[0]), an_article(2, f"{first_part} {cut} {E[24]}", "Duties"), an_article(3, E[2])]
    parts = [
        an_article(2, first_part, "Duties"),
        an_article(3, f"{cut} {E[24]}", "What else a keeper of the quay does"),
    ]
    comparison = compare_laws(old, [an_article(1, E[0]), *parts, an_article(4, E[2])])

    assert comparison.summary["split"] == 1


@LANGUAGES
def test_two_articles_joined_are_merged(law, texts, other):
    whole = texts[3] + (" " if law is english else "") + texts[4]
    comparison = compare_laws(law(*texts[:10]), law(*texts[:3], whole, *texts[5:10]))

    merges = [change for change in comparison.changes if change.kind == "merged"]
    assert [(change.old_unit, change.new_unit) for change in merges] == [("art_4", "art_4"), ("art_5", "art_4")]
    assert comparison.summary["merged"] == 1


@LANGUAGES
def test_an_article_with_a_long_addition_keeps_its_counterpart(law, texts, other):
    longer = " ".join([texts[3], *(law(*texts[40:45])[n].text for n in range(5))])
    comparison = compare_laws(law(*texts[:10]), law(*texts[:3], other, longer, *texts[4:10]))

    assert ("modified", "art_4", "art_5") in change_keys(comparison)
    assert comparison.summary["added"] == 1


def test_an_article_rewritten_in_place_is_modified_where_numbers_are_trusted():
    new = "The tariff of the harbour follows the length of the vessel for dock 4."
    comparison = compare_laws(english(*E[:10]), english(*E[:3], new, *E[4:10]))

    assert change_keys(comparison) == [("modified", "art_4", "art_4")]


def test_a_changed_paragraph_is_told_under_its_own_address():
    old, new = an_article(1, [E[0], E[1]]), an_article(1, [E[0], E[1].replace("dock", "quay")])
    change = compare_laws([old], [new]).changes[0]

    assert (change.kind, change.old_eid, change.new_eid) == ("modified", "art_1__para_2", "art_1__para_2")
    assert (change.old_unit, change.new_unit) == ("art_1", "art_1")
    assert (change.old_citation, change.new_citation) == ("Article 1(2)", "Article 1(2)")
    assert apply(change.ops, change.old_text) == change.new_text


def test_a_new_paragraph_names_both_units():
    change = compare_laws([an_article(1, [E[0]])], [an_article(1, [E[0], E[1]])]).changes[0]

    assert (change.kind, change.old_unit, change.new_unit) == ("added", "art_1", "art_1")
    assert (change.old_eid, change.new_eid) == (None, "art_1__para_2")


def test_a_point_inserted_in_a_list_renumbers_those_after_it():
    old = a_list(1, "A pilot carries:", [("a", "a chart of the bay"), ("b", "a lamp"), ("c", "a flag of the port")])
    new = a_list(
        1,
        "A pilot carries:",
        [("a", "a chart of the bay"), ("b", "a radio set"), ("c", "a lamp"), ("d", "a flag of the port")],
    )

    assert change_keys(compare_laws([old], [new])) == [
        ("added", None, "art_1__point_b"),
        ("renumbered", "art_1__point_b", "art_1__point_c"),
        ("renumbered", "art_1__point_c", "art_1__point_d"),
    ]


def test_an_unnumbered_paragraph_that_shifts_is_not_renumbered():
    comparison = compare_laws([zh_article(1, C[0], C[1])], [zh_article(1, C[2], C[0], C[1])])

    assert change_keys(comparison) == [("added", None, "art_1__para_1")]


def test_an_article_of_one_paragraph_that_gets_a_second_keeps_its_first():
    comparison = compare_laws([zh_article(1, C[0])], [zh_article(1, C[0], C[1])])

    assert change_keys(comparison) == [("added", None, "art_1__para_2")]


def test_a_single_paragraph_stored_one_level_down_is_no_change():
    para = Provision("art_1__para_1", K.PARAGRAPH, "", "", "", C[0])
    down = Provision("art_1", K.ARTICLE, "1", "第一条", children=(para,))

    assert compare_laws([zh_article(1, C[0])], [down]).changes == ()


def test_the_same_words_cut_into_other_children_are_no_change():
    assert compare_laws([zh_article(1, C[0] + C[1])], [zh_article(1, C[0], C[1])]).changes == ()


def test_a_label_in_another_dress_is_no_change():
    old = Provision(
        "art_1", K.ARTICLE, "1", "Article 1", "", "It has:", "", (Provision("p", K.POINT, "a", "(a)", "", "a"),)
    )
    new = Provision(
        "art_1", K.ARTICLE, "1", "Art. 1", "", "It has:", "", (Provision("p", K.POINT, "a", "a)", "", "a"),)
    )

    assert compare_laws([old], [new]).changes == ()


def test_a_paragraph_that_went_to_another_article_is_moved():
    old = [an_article(1, [E[0], E[1]]), an_article(2, [E[2], E[3]])]
    new = [an_article(1, [E[0]]), an_article(2, [E[2], E[3], E[1]])]

    assert change_keys(compare_laws(old, new)) == [("moved", "art_1__para_2", "art_2__para_3")]


def test_a_heading_is_part_of_its_provision():
    change = compare_laws([an_article(1, E[0], "Pilots")], [an_article(1, E[0], "Pilots and tugs")]).changes[0]

    assert (change.kind, change.old_text) == ("modified", f"Pilots\n{E[0]}")


def test_a_chapter_that_only_got_another_number_is_one_record():
    articles = english(*E[:4])
    comparison = compare_laws([a_chapter("III", "Pilots", *articles)], [a_chapter("VII", "Pilots", *articles)])

    assert change_keys(comparison) == [("renumbered", "chp_III", "chp_VII")]
    assert comparison.summary["unchanged"] == 4


def test_everything_in_an_annex_belongs_to_the_annex():
    def law(words):
        inner = Provision("anx_I__point_1", K.POINT, "1", "1.", "", words)
        return [*english(*E[:3]), Provision("anx_I", K.ANNEX, "I", "Annex I", "Dues", "", "", (inner,))]

    change = compare_laws(law("5 euro a day"), law("6 euro a day")).changes[0]

    assert (change.old_unit, change.old_eid) == ("anx_I", "anx_I__point_1")


def test_recitals_that_one_side_leaves_out_are_a_note():
    recitals = [an_article(n, E[20 + n], kind=K.RECITAL) for n in range(1, 4)]
    comparison = compare_laws([*recitals, *english(*E[:5])], english(*E[:5]))

    assert comparison.changes == ()
    assert comparison.notes == ("3 recitals are printed only in the old rendering",)


def test_an_annex_nobody_spoke_of_before_is_news():
    annex = Provision("anx_I", K.ANNEX, "I", "Annex I", "Dues", "Five euro a day.")

    assert change_keys(compare_laws(english(*E[:5]), [*english(*E[:5]), annex])) == [("added", None, "anx_I")]


def test_front_matter_that_differs_is_a_note():
    comparison = compare(a_reading(*english(*E[:2]), preface="2019"), a_reading(*english(*E[:2]), preface="2024"))

    assert comparison.changes == ()
    assert comparison.notes == ("The preface differs",)


@pytest.mark.parametrize(
    ("old", "new", "weight"),
    [
        pytest.param(
            "违反本法第二条、第三条规定的，予以警告并记录在案。",
            "违反本法第三条、第四条规定的，予以警告并记录在案。",
            Weight.REFERENCE,
            id="followed",
        ),
        pytest.param(
            "违反本法第二条规定的，予以警告并记录在案。",
            "违反本法第五条规定的，予以警告并记录在案。",
            Weight.EDITORIAL,
            id="elsewhere",
        ),
        pytest.param(
            "违反航道法第二条规定的，予以警告并记录在案。",
            "违反航道法第三条规定的，予以警告并记录在案。",
            Weight.EDITORIAL,
            id="of another law",
        ),
        pytest.param(
            "违反《航道法》第二条规定的，予以警告并记录。",
            "违反《航道法》第三条规定的，予以警告并记录。",
            Weight.EDITORIAL,
            id="of a named law",
        ),
    ],
)
def test_a_reference_is_only_followed_when_the_alignment_predicts_it(old, new, weight):
    comparison = compare_laws(chinese(*C[:6], old), chinese(C[0], C[50], *C[1:6], new))
    change = next(change for change in comparison.changes if change.old_unit == "art_7")

    assert (change.kind, change.new_unit, change.weight) == ("modified", "art_8", weight)


@pytest.mark.parametrize(
    ("old", "new", "weight"),
    [
        pytest.param(
            "Articles 2 and 3(1) apply to tugs.", "Articles 3 and 4(1) apply to tugs.", Weight.REFERENCE, id="followed"
        ),
        pytest.param(
            "Article 2 applies to every tug.", "Article 5 applies to every tug.", Weight.EDITORIAL, id="elsewhere"
        ),
        pytest.param(
            "Article 2 of the Tug Act applies to tugs.",
            "Article 3 of the Tug Act applies to tugs.",
            Weight.EDITORIAL,
            id="of another law",
        ),
    ],
)
def test_an_english_reference_is_only_followed_when_predicted(old, new, weight):
    comparison = compare_laws(english(*E[:6], old), english(E[0], E[50], *E[1:6], new))
    change = next(change for change in comparison.changes if change.old_unit == "art_7")

    assert (change.kind, change.weight) == ("modified", weight)


ADVERSARIAL = [
    ("一次运载10³千克以上货物的，应当事先申报并等待检查。", "10³", "103"),
    ("一次运载十吨以上货物的，应当事先申报并等待检查。", "以上", "以下"),
    ("未经检查的船舶不得离港，也不得在航道上停泊。", "不得离", "得离"),
    ("船舶到港后30日内应当缴纳费用，并保存有关凭证。", "30日", "3 0日"),
    ("船舶到港后100日内应当缴纳费用，并保存有关凭证。", "100", "1OO"),
    ("A pilot shall not leave the bridge before the ship is moored.", "not ", ""),
    ("A pilot shall board, or the master shall wait, at the buoy.", "or", "and"),
]


@pytest.mark.parametrize(("text", "old", "new"), ADVERSARIAL)
def test_a_hostile_little_change_is_caught_and_nothing_else(text, old, new):
    law = chinese if text[0] > "~" else english
    rest = C if law is chinese else E
    comparison = compare_laws(law(*rest[:5], text, *rest[5:9]), law(*rest[:5], text.replace(old, new), *rest[5:9]))

    assert change_keys(comparison) == [("modified", "art_6", "art_6")]


def test_full_width_punctuation_only_is_nothing():
    narrow = [text.replace("，", ",").replace("。", ".") for text in C]

    assert compare_laws(chinese(*C), chinese(*narrow)).changes == ()


def test_a_law_with_little_in_common_is_replaced():
    others = [sentence(n).replace("dock", "bridge").replace("the", "any")[::-1] for n in range(200, 230)]

    comparison = compare_laws(english(*E[:30]), english(*others))

    assert comparison.replaced
    assert comparison.notes == ("The two texts have little in common: the new one replaces the old, or is another law",)


def test_an_empty_law_and_a_full_one():
    assert compare_laws([], []).changes == ()
    assert compare_laws([], english(*E[:3])).summary["added"] == 3
    assert compare_laws(english(*E[:3]), []).notes == ("No provision was found on the new side",)
    assert compare_laws(english(*E[:3]), []).summary["removed"] == 3


def test_matched_ids_are_given_for_inheritance():
    comparison = compare_laws(english(*E[:5]), english(E[50], *E[:5]))

    assert dict(comparison.pairs) == {f"art_{n}": f"art_{n + 1}" for n in range(1, 6)}


EDITS = st.lists(
    st.tuples(st.sampled_from(["insert", "delete", "swap", "reword", "join"]), st.integers(0, 14)), max_size=6
)


@settings(max_examples=60, deadline=None)
@given(EDITS, st.sampled_from([(english, E, sentence), (chinese, C, zh_sentence)]))
def test_whatever_happens_every_leaf_is_told_once_and_every_redline_is_exact(edits, language):
    law, texts, write = language
    after = list(texts[:15])
    for n, (edit, at) in enumerate(edits):
        place = at % max(1, len(after))
        if edit == "insert":
            after.insert(place, write(500 + n))
        elif edit == "delete" and len(after) > 1:
            del after[place]
        elif edit == "swap":
            after[place], after[-1] = after[-1], after[place]
        elif edit == "reword":
            words = after[place]
            after[place] = words[: len(words) // 2] + write(700 + n)[:9] + words[len(words) // 2 :]
        elif edit == "join" and place + 1 < len(after):
            after[place : place + 2] = [after[place] + after[place + 1]]
    comparison = compare_laws(law(*texts[:15]), law(*after))  # raises CompareError on a broken promise

    assert bool(comparison.changes) == (after != texts[:15])
    leaf_count = sum(
        comparison.summary[name] for name in ("removed", "modified", "renumbered", "moved", "split", "unchanged")
    )
    assert leaf_count <= 15


def test_a_broken_redline_is_never_told():
    change = compare_laws([an_article(1, E[0])], [an_article(1, E[1])]).changes[0]

    with pytest.raises(CompareError, match="art_1"):
        check_redlines([dataclasses.replace(change, new_text="something else")])


def test_two_versions_of_six_hundred_articles_are_aligned_exactly():
    shuffle = random.Random(7)
    old = [f"{sentence(n)} {sentence(n + 1000)}" for n in range(600)]
    new = list(old)
    numbers = shuffle.sample(range(600), 30)
    for n in numbers:
        new[n] = new[n].replace("dock", "pier", 1)
    new.insert(100, sentence(5000))
    comparison = compare_laws(english(*old), english(*new))

    assert comparison.summary["added"] == 1
    assert comparison.summary["modified"] == 30
    assert comparison.summary["renumbered"] == 500 - sum(n >= 100 for n in numbers)


def test_notes_of_the_page_are_not_compared():
    old = dataclasses.replace(a_reading(*english(*E[:2])), furniture=(Note("footer", "Visits: 7"),))
    new = dataclasses.replace(a_reading(*english(*E[:2])), furniture=(Note("footer", "Visits: 8"),))

    assert compare(old, new).notes == ()


def test_a_plain_article_cut_into_paragraphs_with_points_keeps_its_words():
    points = [Provision(f"art_1__point_{n}", K.POINT, n, f"({n})", "", E[place]) for place, n in enumerate("ab")]
    plain = Provision("art_1", K.ARTICLE, "1", "Article 1", "", E[5], "Article 1", tuple(points))
    first = Provision("art_1__para_1", K.PARAGRAPH, "1", "(1)", "", E[5], "Article 1(1)")
    cut = Provision("art_1", K.ARTICLE, "1", "Article 1", "", "", "Article 1", (first,))
    comparison = compare_laws([plain, *english(*E[10:14], start=2)], [cut, *english(*E[10:14], start=2)])
    assert {change.kind.value for change in comparison.changes if change.old_eid and "point" in change.old_eid} == {
        "removed"
    }


def test_units_that_only_share_a_number_are_not_taken_for_one_another_where_numbers_shifted():
    near = [
        f"The office keeps a register of {what} and publishes it every year." for what in ("tugs", "quays", "cranes")
    ]
    comparison = compare_laws(english(*near, *E[:3]), english(near[1], near[2], *E[:3]))
    assert ("removed", "art_1", None) in change_keys(comparison)
    assert ("renumbered", "art_2", "art_1") in change_keys(comparison)
