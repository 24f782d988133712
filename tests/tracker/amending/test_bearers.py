"""Sentences that name who bears a norm otherwise than before the modal, and what stands between them."""

from __future__ import annotations

import pytest

from tracker.amending.obligations.bearers import anybody_in, impersonal_ban, subject_of, without_aside
from tracker.amending.obligations.norm_words import words_of
from tracker.amending.obligations.sentence import norms_of

ENGLISH, CHINESE = words_of("en"), words_of("zh")


@pytest.mark.parametrize(
    ("sentence", "ban"),
    [
        ("It is unlawful for any person to sell a lamp.", ("any person", "sell a lamp")),
        ("It shall be prohibited to sell a lamp.", ("", "sell a lamp")),
        ("It shall be lawful to sell a lamp.", None),
        ("The owner shall sell the lamp.", None),
    ],
)
def test_a_ban_that_begins_with_it_names_its_bearer_behind(sentence, ban):
    assert impersonal_ban(sentence, ENGLISH) == ban


@pytest.mark.parametrize(
    ("condition", "subject"),
    [
        ("Where an owner considers that a lamp is broken", "an owner"),
        ("If the harbour master has doubts", "the harbour master"),
        ("Where appropriate", ""),
    ],
)
def test_a_pronoun_stands_for_whom_the_condition_is_about(condition, subject):
    assert subject_of(condition, ENGLISH) == subject


@pytest.mark.parametrize(
    ("action", "rest", "moment"),
    [
        ("before selling a lamp, mark it", "mark it", "before selling a lamp"),
        ("to the extent practicable, mark it", "mark it", None),
        ("mark it, and sell it", "mark it, and sell it", None),
    ],
)
def test_what_stands_between_modal_and_verb_is_no_part_of_the_action(action, rest, moment):
    assert without_aside(action, ENGLISH) == (rest, moment)


def test_a_chinese_ban_names_anybody_behind_it():
    assert anybody_in("任何单位和个人伪造标志", CHINESE) == ("任何单位和个人", "伪造标志")
    assert anybody_in("伪造标志", CHINESE) == ("", "伪造标志")


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("Member States shall comply with this Directive by 1 January 2028.", "2028-01-01"),
        ("No later than 2 August 2027, the Commission shall submit a report.", "2027-08-02"),
        ("The Board shall decide within a period of six months from the appeal.", "P6M"),
        ("The lamp shall bear the mark of 1 January 2028.", None),
    ],
)
def test_a_day_by_which_something_is_due_is_its_deadline(text, deadline):
    [norm] = norms_of(text, "en")

    assert norm.deadline == deadline


@pytest.mark.parametrize("text", ["This Article shall not affect other acts.", "Whoever lies shall be punishable."])
def test_what_obliges_nobody_is_no_obligation(text):
    assert norms_of(text, "en") == []


def test_who_shall_be_liable_bears_it_and_is_not_passive():
    [norm] = norms_of("A person who breaks a lamp shall be liable for its price.", "en")

    assert (norm.bearer, norm.action) == ("person who breaks a lamp", "be liable for its price")
