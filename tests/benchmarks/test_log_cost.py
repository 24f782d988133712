"""A leaf of the log costs less than a millisecond."""

from benchmarks.log_cost import MOST_MILLISECONDS, measure


def test_a_leaf_costs_less_than_a_millisecond():
    logged, verified = measure(400, rounds=2)

    assert 0 < logged < MOST_MILLISECONDS
    assert verified > 0
