"""What a regulator wrote does not format, link or embed anything in our Markdown."""

import pytest

from storage.records import Change, ChangeKind, Comparison, Op, OpKind
from tests.tracker.compare.laws import a_list, a_reading, an_article, sentence
from tracker.compare import compare
from tracker.render import comparison_markdown
from tracker.render.markdown_escape import markdown_redline, plain_markdown
from tracker.render.redline_parts import spread


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("*bold* and _slanted_", r"\*bold\* and \_slanted\_"),
        ("[here](http://x.example)", r"\[here\](http\://x.example)"),
        ("<img src=x>", r"\<img src=x\>"),
        ("# a heading", r"\# a heading"),
        ("1. a list", r"1\. a list"),
        ("- a list", r"\- a list"),
        ("a | b", r"a \| b"),
    ],
)
def test_marks_are_shown_as_they_stand(text, markdown):
    assert plain_markdown(text) == markdown


def test_a_redline_marks_each_line_and_leaves_blanks_outside():
    ops = (Op(OpKind.EQUAL, "A "), Op(OpKind.DELETE, "*red* \nlamp"), Op(OpKind.INSERT, "blue"))
    change = Change(ChangeKind.MODIFIED, old_eid="art_1", new_eid="art_1", ops=ops)

    assert markdown_redline(change) == "A ~~\\*red\\*~~ \n~~lamp~~**blue**"


def test_two_files_that_are_no_law_are_not_called_unchanged():
    text = comparison_markdown(Comparison(summary_text="Nothing was compared."), a_reading(), a_reading())

    assert "nothing changed" not in text
    assert "Nothing was compared." in text


def test_a_unit_told_once_is_marked_in_each_of_its_provisions():
    list_article = a_list(2, "The owner shall:", [("a", "report a loss;"), ("b", "pay the due.")])
    old, new = a_reading(an_article(1, sentence(1))), a_reading(an_article(1, sentence(1)), list_article)

    parts = spread(compare(old, new).changes, new.provisions)
    assert [(part.new_eid, part.new_text) for part in parts] == [
        ("art_2", "The owner shall:"),
        ("art_2__point_a", "report a loss;"),
        ("art_2__point_b", "pay the due."),
    ]
    assert all([op.kind for op in part.ops] == [OpKind.INSERT] for part in parts)


def test_the_redline_of_a_list_is_cut_where_its_points_begin():
    flat = an_article(2, "The owner shall report a loss within 24 hours, pay the due and train the crew.")
    list_article = a_list(
        2, "The owner shall:", [("a", "report a loss within 24 hours;"), ("b", "pay the due and train.")]
    )
    old, new = (a_reading(an_article(1, sentence(1)), article) for article in (flat, list_article))

    parts = spread(compare(old, new).changes, new.provisions)
    for part in parts:
        text = "".join(op.new if op.kind is OpKind.FOLD else op.text for op in part.ops if op.kind is not OpKind.DELETE)
        assert text == part.new_text
