"""A leaf of the log costs less than a millisecond."""

from benchmarks.log_cost import MOST_MILLISECONDS, MOST_SHARE, measure, share_of_rounds


def test_a_leaf_costs_less_than_a_millisecond():
    to_log, to_verify = measure(400, rounds=2)

    assert 0 < to_log < MOST_MILLISECONDS
    assert to_verify > 0


def test_the_log_takes_a_twentieth_of_a_round_at_most():
    assert 0 < share_of_rounds(last_day=2) < MOST_SHARE
