"""A leaf of the log costs less than a millisecond."""

from benchmarks.log_cost import MOST_MILLISECONDS, measure


def test_a_leaf_costs_less_than_a_millisecond():
    to_log, to_verify = measure(400, rounds=2)

    assert 0 < to_log < MOST_MILLISECONDS
    assert to_verify > 0
