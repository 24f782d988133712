"""A slice of the kills: ended at seeded instants, and taken up as if nothing had been."""

from benchmarks.kills.__main__ import SHARES, Kill, kills, table


def test_what_is_killed_is_taken_up_as_if_nothing_had_been(tmp_path):
    results = list(kills(tmp_path, 12, seed=7))

    assert [(kill.what, kill.where, kill.faults) for kill in results if kill.faults] == []
    assert len({kill.what for kill in results}) >= 4


def test_rounds_logs_deliveries_writes_replays_and_upgrades_are_killed():
    assert {"round", "log", "delivery", "web", "replay", "upgrade", "signal round", "signal upgrade"} == set(SHARES)


def test_what_was_lost_is_shown_as_such():
    assert "1 of 2 kills" in table([Kill("round", "before 1", ()), Kill("round", "after 1", ("lost",))], 1)
