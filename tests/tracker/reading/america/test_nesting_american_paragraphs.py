"""The traps of bracketed levels: letters that are numbers, flush text, inline lists, references."""

import pytest

from tests.tracker.reading.america.texts_of_america import outline
from tracker.reading.america.ladders import CFR, COLORADO, ORDER, STATUTE
from tracker.reading.america.nesting import below


def tree(*lines, ladder=CFR):
    text, children = below(lines, ladder)
    return [text, *outline(children)] if text else outline(children)


def test_i_after_h_is_a_letter_and_i_below_1_a_number():
    letters = [f"({c}) Text." for c in "abcdefghij"]

    assert [line.split()[:2] for line in tree(*letters)] == [["paragraph", c] for c in "abcdefghij"]
    assert tree("(a) One:", "(1) Two:", "(i) Three;", "(ii) Four.")[-1] == "    clause ii Four."


@pytest.mark.parametrize("number", ["v", "x", "l", "c", "d"])
def test_a_letter_that_is_also_a_number_follows_its_sequence(number):
    before = chr(ord(number) - 1)
    start = [f"({chr(c)}) Text." for c in range(ord("a"), ord(before) + 1)]

    assert tree(*start, f"({number}) Text.")[-1] == f"paragraph {number} Text."


def test_roman_numbers_run_past_four_below_a_digit():
    lines = ["(a) One:", "(1) Two:", *(f"({n}) Text." for n in ("i", "ii", "iii", "iv", "v", "vi")), "(2) Last."]

    assert [line.strip().split()[0] for line in tree(*lines)][2:] == ["clause"] * 6 + ["subparagraph"]


def test_inline_chains_open_several_levels_at_once():
    assert tree("(a)(1)(i) Deep.", "(ii) Deeper.", "(2) Up.") == [
        "paragraph a",
        "  subparagraph 1",
        "    clause i Deep.",
        "    clause ii Deeper.",
        "  subparagraph 2 Up.",
    ]


def test_letters_come_before_digits_in_statutes_and_digits_before_letters_in_colorado():
    assert tree("(a) A:", "(1) B:", "(A) C:", "(i) D.", ladder=STATUTE)[-1] == "      clause i D."
    assert tree("(1) A:", "(a) B:", "(I) C:", "(A) D.", ladder=COLORADO)[-1] == "      clause a D."
    assert tree("(a) A:", "(i) B:", "(A) C.", ladder=ORDER)[-1] == "    subparagraph a C."


def test_a_reference_in_running_text_opens_nothing():
    line = "(a) A clerk under paragraph (b) of this section, or § 4.2(c)(1), reads 5 U.S.C. 552(a)."

    assert tree(line) == [f"paragraph a {line[4:]}"]


def test_flush_text_after_a_list_belongs_to_what_introduced_it():
    assert tree("A clerk must—", "(a) read; and", "(b) write,", "in that order.") == [
        "A clerk must—",
        "paragraph a read; and",
        "paragraph b write,",
        "wrapup in that order.",
    ]


def test_a_second_paragraph_without_number_stays_with_the_one_it_follows():
    assert tree("(a) Read.", "Reading is slow.", "(b) Write.") == [
        "paragraph a Read.\nReading is slow.",
        "paragraph b Write.",
    ]


def test_a_list_inside_one_paragraph_is_a_list():
    assert tree("The clerk shall: (a) read; and (b) write.", ladder=ORDER) == [
        "The clerk shall:",
        "subsection a read; and",
        "subsection b write.",
    ]
