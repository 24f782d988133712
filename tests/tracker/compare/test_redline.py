"""Redlines are exact, and readable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.records import OpKind
from tests.tracker.compare.laws import marked_characters
from tracker.compare.redline import apply, is_marked, redline

PIECES = 'shall |not |within 30 days| within\u00a010 days|港口|三十日|第五条|；|。|. |\n|“|"|EUR 35 000 000 '
LEGAL = st.lists(
    st.sampled_from(
        [*PIECES.split("|"), "Article 5(1)", " and ", "क़", "pro-\nvider", "provider", "\u200b", "（一）", "(一)"]
    ),
    max_size=25,
).map("".join)


def marks(old, new):
    return [(op.kind.value, op.text) for op in redline(old, new) if op.kind in (OpKind.DELETE, OpKind.INSERT)]


@given(LEGAL | st.text(max_size=30), LEGAL | st.text(max_size=30))
def test_a_redline_gives_the_new_text_byte_for_byte(old, new):
    assert apply(redline(old, new), old) == new


@given(LEGAL | st.text(max_size=30))
def test_nothing_is_marked_in_the_same_text(text):
    assert not is_marked(redline(text, text))


@pytest.mark.parametrize(
    ("old", "new", "operations"),
    [
        pytest.param(
            "应当在三十日内报告。",
            "应当在六十日内报告。",
            [("delete", "三十日"), ("insert", "六十日")],
            id="time limit",
        ),
        pytest.param("处一万元罚款", "处十万元罚款", [("delete", "一万元"), ("insert", "十万元")], id="amount"),
        pytest.param(
            "依照第二十六条", "依照第二十八条", [("delete", "第二十六条"), ("insert", "第二十八条")], id="reference"
        ),
        pytest.param("十日以上", "十日以下", [("delete", "以上"), ("insert", "以下")], id="above and below"),
        pytest.param("within 30 days.", "within 10 days.", [("delete", "30 days"), ("insert", "10 days")], id="days"),
        pytest.param(
            "up to EUR 35 000 000 or",
            "up to EUR 15 000 000 or",
            [("delete", "EUR 35 000 000"), ("insert", "EUR 15 000 000")],
            id="euro",
        ),
        pytest.param(
            "by 2 August 2026,",
            "by 2 August 2027,",
            [("delete", "2 August 2026"), ("insert", "2 August 2027")],
            id="date",
        ),
        pytest.param(
            "on the 1st June, 2032.",
            "on the 2nd January, 2034.",
            [("delete", "1st June, 2032"), ("insert", "2nd January, 2034")],
            id="date with an ordinal",
        ),
        pytest.param(
            "see Article 5(1)(a).",
            "see Article 6(1)(a).",
            [("delete", "Article 5(1)(a)"), ("insert", "Article 6(1)(a)")],
            id="article",
        ),
        pytest.param("३० दिन के भीतर", "६० दिन के भीतर", [("delete", "३० दिन"), ("insert", "६० दिन")], id="Hindi"),
        pytest.param("The ship docks.", "The big ship docks.", [("insert", "big ")], id="a word more"),
    ],
)
def test_numbers_dates_amounts_and_references_stay_whole(old, new, operations):
    assert marks(old, new) == operations


def test_a_fold_is_applied_but_not_marked():
    ops = redline("甲（一）乙，丙", "甲(一)乙,丙")

    assert not is_marked(ops)
    assert apply(ops, "甲（一）乙，丙") == "甲(一)乙,丙"


def test_an_added_sentence_is_one_hunk():
    old = "The pilot boards. The pilot leaves."
    new = "The pilot boards. The pilot reports. The pilot leaves."

    assert marks(old, new) == [("insert", "The pilot reports. ")]


def test_a_word_hyphenated_at_a_lines_end_is_the_same_word():
    assert not is_marked(redline("a long-\nterm lease", "a long-term lease"))


def test_a_very_long_text_is_still_compared():
    old = " ".join(f"word{n}" for n in range(7_000))
    new = old.replace("word3500", "other")

    assert marked_characters(redline(old, new)) == len("word3500") + len("other")


def test_ops_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="does not fit"):
        apply(redline("one", "two"), "three")
