"""References that follow their targets are references; those that now name another provision are told."""

import pytest

from storage.records import ChangeKind, ClaimKind, Weight
from tests.tracker.compare.laws import a_list, a_reading, an_article, sentence, zh_article, zh_sentence
from tracker.compare import compare


def english(*texts):
    return a_reading(*(an_article(n, text) for n, text in enumerate(texts, 1)))


def chinese(*texts):
    return a_reading(*(zh_article(n, text) for n, text in enumerate(texts, 1)), language="zh")


E = [sentence(n) for n in range(1, 8)]
Z = [zh_sentence(n) for n in range(1, 8)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Who breaks Article 3 and Article 4 pays.", "Who breaks Article 2 and Article 3 pays."),
        ("Who breaks Articles 3, 4 and 5 pays.", "Who breaks Articles 2, 3 and 4 pays."),
        ("Who breaks Articles 3 to 5 pays.", "Who breaks Articles 2 to 4 pays."),
        ("Who breaks Article 2, 3 or 4 pays.", "Who breaks Article 2 or 3 pays."),
    ],
)
@pytest.mark.parametrize("back", [False, True])
def test_references_in_lists_follow_a_repeal_and_an_insertion(old, new, back):
    laws = english(*E[:5], old), english(E[0], *E[2:5], new)
    if back and "Article 2, 3" in old:
        pytest.skip("a reference cannot know what it named before its target came")
    comparison = compare(*(laws[::-1] if back else laws))

    edits = [change for change in comparison.changes if change.kind is ChangeKind.MODIFIED]
    assert [change.weight for change in edits] == [Weight.REFERENCE]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("违反第三条、第四条的，处罚款。", "违反第二条、第三条的，处罚款。"),
        ("违反第三条和第四条的，处罚款。", "违反第二条和第三条的，处罚款。"),
        ("违反第三条至第五条的，处罚款。", "违反第二条至第四条的，处罚款。"),
        ("违反本规定第三条、第四条或者第五条的，处罚款。", "违反本规定第二条、第三条或者第四条的，处罚款。"),
    ],
)
@pytest.mark.parametrize("back", [False, True])
def test_chinese_references_in_lists_follow_in_both_directions(old, new, back):
    laws = chinese(*Z[:5], old), chinese(Z[0], *Z[2:5], new)
    comparison = compare(*(laws[::-1] if back else laws))

    edits = [change for change in comparison.changes if change.kind is ChangeKind.MODIFIED]
    assert [change.weight for change in edits] == [Weight.REFERENCE]


def test_a_reference_that_follows_in_part_now_points_elsewhere():
    old = chinese(*Z[:4], "违反第二条和第四条的，处罚款。")
    new = chinese(Z[0], Z[5], *Z[1:4], "违反第三条和第四条的，处罚款。")

    [change] = [change for change in compare(old, new).changes if change.kind is ChangeKind.MODIFIED]
    [claim] = change.claims
    assert claim.claim is ClaimKind.REFERENCE_RETARGETED
    assert (claim.old, claim.new) == ("第4条, now 第5条", "第4条, formerly 第3条")
    assert change.weight is not Weight.REFERENCE


def test_a_reference_left_behind_by_a_repeal_is_noted():
    old = english(*E[:4], "Who breaks Article 5 of the port rules or Article 3 pays.", E[5])
    new = english(E[0], E[1], E[3], "Who breaks Article 5 of the port rules or Article 3 pays.", E[5])

    notes = [note for note in compare(old, new).notes if "now points to" in note]
    assert notes == [
        "In Article 4 “Article 3” now points to Article 3, formerly Article 4 (was Article 3, which is gone)"
    ]


def test_a_law_that_kept_its_numbers_has_no_stray_references():
    old = english(*E[:4], "Who breaks Article 2 pays.")
    new = english(*E[:3], f"{E[3]} Gladly.", "Who breaks Article 2 pays.")

    assert not [note for note in compare(old, new).notes if "now points to" in note]


def test_a_sentence_set_as_a_list_is_one_change_in_which_the_words_stay():
    flat = an_article(2, "The owner shall report a loss within 24 hours, pay the due and train the crew.")
    list_article = a_list(2, "The owner shall:", [("a", "report a loss within 24 hours;"), ("b", "pay the due; and"),
                                            ("c", "train the crew.")])  # fmt: skip
    for laws in ((flat, list_article), (list_article, flat)):
        readings = [a_reading(an_article(1, E[0]), article, an_article(3, E[2])) for article in laws]
        [change] = compare(*readings).changes
        assert (change.kind, change.old_eid, change.new_eid) == (ChangeKind.MODIFIED, "art_2", "art_2")
        marked_text = "".join(op.text for op in change.ops if op.kind.value in ("delete", "insert"))
        assert not any(map(str.isalpha, marked_text))


def test_a_unit_that_left_the_order_is_moved_though_a_reference_in_it_followed():
    old = english(*E[:5], "See Article 5 for the rest, and keep the lamps lit at all times of the night.")
    new = english("See Article 6 for the rest, and keep the lamps lit at all times of the night.", *E[:5])

    comparison = compare(old, new)
    assert comparison.summary["moved"] == 1
    assert [c.kind for c in comparison.changes if c.old_unit == "art_6"] == [ChangeKind.MOVED]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("It falls on aSaturday in the first week.", "It falls on a Saturday in the first week."),
        ("See paragraph(c) of this section for the fees.", "See paragraph (c) of this section for the fees."),
        ("The harbour mas-\nter keeps the list.", "The harbour master keeps the list."),
    ],
)
def test_what_only_printing_changed_is_no_change(old, new):
    assert compare(english(E[0], old), english(E[0], new)).changes == ()


def test_a_heading_in_capitals_is_the_same_heading():
    old = a_reading(an_article(1, E[0], "GENERAL PROVISIONS"), an_article(2, E[1]))
    new = a_reading(an_article(1, E[0], "General provisions"), an_article(2, E[1]))

    assert compare(old, new).changes == ()
