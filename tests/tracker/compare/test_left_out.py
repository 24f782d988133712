"""A provision that is repealed and keeps its number is the same provision, with a mark where its words were."""

import pytest

from storage.records import Weight
from tests.tracker.compare.laws import a_list, a_reading, an_article, sentence, zh_article, zh_sentence
from tracker.compare import compare
from tracker.weigh import weigh

MARKS = ["", "—", "[Repealed]", "(deleted)", "[Reserved]", "[Omitted by Act 9 of 2099.]", "Repealed.", "（删除）"]


def with_fifth(words, make=an_article, say=sentence, language="en"):
    texts = [say(number) for number in range(1, 5)]
    return a_reading(*map(make, range(1, 6), [*texts, words]), make(6, say(6)), language=language)


def weigh_laws(old, new):
    return weigh(compare(old, new), old, new)


@pytest.mark.parametrize("mark", MARKS)
def test_a_repealed_article_that_keeps_its_number_is_modified_and_nothing_is_added(mark):
    comparison = weigh_laws(with_fifth(sentence(5)), with_fifth(mark))

    [change] = comparison.changes
    assert (change.kind, change.old_eid, change.new_eid) == ("modified", "art_5", "art_5")
    assert change.explanation.startswith("Article 5 has no words any more")
    assert ORDER.index(change.weight) <= ORDER.index(Weight.MEDIUM)
    assert (comparison.summary["added"], comparison.summary["removed"]) == (0, 0)


@pytest.mark.parametrize("mark", MARKS)
def test_an_article_that_gets_its_words_back_is_told_so(mark):
    [change] = weigh_laws(with_fifth(mark), with_fifth(sentence(5))).changes

    assert change.kind == "modified"
    assert change.explanation.startswith("Article 5 has words again: “")


ORDER = list(Weight)


def test_the_duty_that_went_with_the_words_is_named():
    [change] = weigh_laws(
        with_fifth("The owner shall pay within ten days of arrival."), with_fifth("[Reserved]")
    ).changes

    assert change.weight is Weight.HIGH
    assert change.explanation == (
        "Article 5 has no words any more (“[Reserved]”); "
        "this duty is gone: “The owner shall pay within ten days of arrival”"
    )


def test_a_chinese_article_is_left_out_alike():
    laws = [with_fifth(text, zh_article, zh_sentence, "zh") for text in (zh_sentence(5), "（删除）")]

    [change] = weigh_laws(*laws).changes
    assert change.explanation.startswith("第5条 has no words any more (“（删除）”)")


def test_points_go_with_the_article_that_is_left_out():
    old = a_reading(
        an_article(1, sentence(1)), a_list(2, "The pilot carries:", [("a", "a lamp of the port")]), *rest_of_law()
    )
    new = a_reading(an_article(1, sentence(1)), an_article(2, "[Repealed]"), *rest_of_law())

    change_keys = [(change.kind, change.old_unit, change.new_unit) for change in weigh_laws(old, new).changes]
    assert ("modified", "art_2", "art_2") in change_keys
    assert all(unit_pair == ("art_2", "art_2") for _, *units in change_keys if (unit_pair := tuple(units)))


def rest_of_law():
    return [an_article(number, sentence(number)) for number in (3, 4)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("It applies from May.", "Repealed.", id="hardly any words were lost"),
        pytest.param("The owner pays the dues of the port at once.", "The owner pays.", id="the words that stay"),
        pytest.param("The owner pays dues (see the list).", "(see the list)", id="a bracket that stood there"),
    ],
)
def test_a_short_text_is_no_mark_by_being_short(old, new):
    [change] = weigh_laws(with_fifth(old), with_fifth(new)).changes

    assert "any more" not in change.explanation


def test_two_marks_are_not_each_others_words():
    assert [c.kind for c in weigh_laws(with_fifth("[Reserved]"), with_fifth("[Repealed]")).changes] == ["modified"]


def test_a_mark_under_another_number_is_no_counterpart():
    old = a_reading(*(an_article(n, sentence(n)) for n in range(1, 6)))
    new = a_reading(*(an_article(n, sentence(n)) for n in range(1, 5)), an_article(9, "[Reserved]"))

    change_keys = [(change.kind, change.old_eid, change.new_eid) for change in weigh_laws(old, new).changes]
    assert change_keys == [("removed", "art_5", None), ("added", None, "art_9")]
