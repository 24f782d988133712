"""A line that breaks off before a number is not the end of a provision, and the next one begins none."""

import pytest

from tracker.reading.structure.broken_references import ends_in_reference


@pytest.mark.parametrize(
    "line",
    ["as provided in sub-rule", "mentioned in Section ", "under clauses (a)\nand", "the schedule to", "see Article\n"],
)
def test_a_line_that_a_number_must_follow_breaks_off(line):
    assert ends_in_reference(line)


@pytest.mark.parametrize(
    "line", ["", "the Bank shall pay.", "the sections of the public", "in rule 3", "a subsection that"]
)
def test_a_line_that_ends_otherwise_does_not(line):
    assert not ends_in_reference(line)
