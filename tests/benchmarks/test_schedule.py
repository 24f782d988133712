"""A seeded slice of the schedule's benchmark, and that the benchmark looks at what the schedule would look at."""

from datetime import timedelta

import pytest

from benchmarks.schedule import compare
from benchmarks.simulated.running import TICK, _Watch
from benchmarks.simulated.world import START, draw_world
from tracker.schedule import Schedule


@pytest.fixture(scope="module")
def comparison():
    rows, plain, with_signals = compare(draw_world(1, 1500, 15))
    return {row.name: row.mean for row in rows}, plain, with_signals


def test_changes_are_noticed_in_less_than_half_the_time_of_fixed_intervals_at_equal_looks(comparison):
    means, _, _ = comparison
    fixed_interval, known_rates, ours, with_signals = (
        means[name]
        for name in (
            "fixed interval, the same for all",
            "by the root of weight and rate (known)",
            "**the schedule** (learned rates, host limits)",
            "the schedule, with signals of lists",
        )
    )
    assert ours <= 0.45 * fixed_interval
    assert ours <= 1.25 * known_rates  # after five days of learning
    assert with_signals < 0.8 * ours


def test_no_host_is_asked_more_or_sooner_than_it_bears(comparison):
    _, plain, with_signals = comparison
    assert set(plain.breaches.values()) == set(with_signals.breaches.values()) == {0}
    assert plain.looks_a_day <= 1500 * 1.05


def test_the_queue_of_the_benchmark_holds_what_the_schedule_calls_due():
    world = draw_world(3, 600, 3)
    watch = _Watch(world, signals=False)
    watch._plan(START)
    for tick in range(144):
        watch._tick(START + tick * TICK)
    now = START + timedelta(days=1)
    due_pages = Schedule(world.sources, world.pages, watch.rhythms, now, world.hosts, 600).due(now)

    watch._plan(now)

    assert due_pages
    assert watch.due(now) == due_pages
