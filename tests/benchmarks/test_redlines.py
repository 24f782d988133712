"""One law of sixty articles, eleven changes: what is marked is what a lawyer would mark."""

import pytest

from benchmarks.redlines.pairs import pairs
from benchmarks.redlines.tools import clausewatch

PAIRS = {pair.name: pair for pair in pairs(1)}


@pytest.mark.parametrize("name", PAIRS)
def test_no_more_is_marked_than_a_lawyer_would_mark(name):
    pair = PAIRS[name]
    result = clausewatch(pair)

    assert pair.truth <= result.characters <= 1.2 * pair.truth
    assert result.edits == pair.edits


def test_there_are_eleven_cases():
    assert len(PAIRS) == 11
