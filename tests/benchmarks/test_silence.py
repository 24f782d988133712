"""A slice of ``python -m benchmarks.silence``: whole laws raise nothing, and a law with a broken heading does."""

from benchmarks.silence.__main__ import measure
from benchmarks.silence.laws import LANGUAGES, make
from benchmarks.silence.markups import MARKUPS, lines_of


def test_no_invented_law_loses_a_unit_or_raises_a_false_problem():
    tally = measure(79)

    assert (tally.laws, tally.losses, tally.false_alarms) == (79, [], [])


def test_a_broken_heading_is_told_of_in_ninety_nine_of_a_hundred():
    tally = measure(79)

    assert tally.share_told >= 0.98, tally.silent  # one of 79 at most; the whole run is held to 0.99


def test_laws_are_made_in_four_traditions_and_twelve_languages_and_the_same_for_the_same_seed():
    tables = {("en" if language in {"us", "in"} else language) for _, language in LANGUAGES}

    assert {jurisdiction for jurisdiction, _ in LANGUAGES} == set(MARKUPS) == {"cn", "eu", "in", "us"}
    assert len(tables) == 12
    assert lines_of(make("eu", "hu", 3)) == lines_of(make("eu", "hu", 3))
