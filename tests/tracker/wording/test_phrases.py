from __future__ import annotations

from datetime import date

import pytest

from storage.records import Change, ChangeKind
from tests.tracker.alerts.builders import a_comparison, a_renumbering
from tracker.alerts.compose.renumbering_summary import renumbering_summary
from tracker.wording.phrases import counts, day, day_of, short_citation


def test_counts_say_each_unit_once_and_name_the_new_one():
    comparison = a_comparison()
    assert counts(comparison.summary, comparison.changes) == "2 provisions changed, 1 new (art. 15)"


@pytest.mark.parametrize(
    ("summary", "phrase"),
    [
        ({"modified": 1, "reference": 0}, "1 provision changed"),
        ({"added": 12, "modified": 0}, "12 new provisions"),
        ({"modified": 4, "reference": 4, "renumbered": 9}, "4 references updated, 9 provisions renumbered"),
        ({"modified": 2, "removed": 3, "split": 1}, "2 provisions changed, 3 removed, 1 split"),
        ({}, "text changed outside the provisions"),
    ],
)
def test_counts_read_as_words(summary, phrase):
    assert counts(summary, ()) == phrase


@pytest.mark.parametrize(
    ("eid", "phrase"),
    [
        ("art_15", "art. 15"),
        ("chp_III__sec_1", "§ 1"),
        ("sec_1003.2", "§ 1003.2"),
        ("anx_I", "annex I"),
        ("rec_12", "recital 12"),
        ("preface", "title block"),
    ],
)
def test_a_unit_is_named_as_lawyers_name_it(eid, phrase):
    assert short_citation(eid) == phrase


def test_shifted_numbers_are_one_run():
    assert (
        renumbering_summary([a_renumbering(n, n + 1) for n in range(15, 26)]) == "art. 15 to 25 are now art. 16 to 26"
    )


def test_numbers_that_do_not_follow_are_told_apart():
    changes = [a_renumbering(2, 3), a_renumbering(7, 9), a_renumbering(8, 10)]
    assert renumbering_summary(changes) == "art. 2 is now art. 3; art. 7 to 8 are now art. 9 to 10"


def test_a_paragraph_renumbered_inside_its_article_is_told():
    change = Change(
        ChangeKind.RENUMBERED, old_unit="art_3", new_unit="art_3", old_eid="art_3__para_2", new_eid="art_3__para_3"
    )
    assert renumbering_summary([change]) == "art. 3, para. 2 is now art. 3, para. 3"


def test_nothing_renumbered_is_nothing_said():
    assert renumbering_summary([]) == ""


def test_days_are_said_in_words():
    assert day(date(2027, 1, 10)) == "10 January 2027"
    assert day(None) == "a day not yet set"
    assert day_of("2027-01-10T00:00:00") == date(2027, 1, 10)
    assert day_of("soon") is None
