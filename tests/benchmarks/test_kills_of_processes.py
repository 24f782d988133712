"""A slice of the kills of real processes: ended by SIGKILL, and taken up by one good round as if nothing had been."""

import pytest

from benchmarks.kills.processes import SHARES, ProcessKill, process_kills, table


def test_a_process_that_was_killed_is_taken_up_as_if_nothing_had_been(tmp_path):
    kills = list(process_kills(tmp_path, 2, seed=3))

    assert [(kill.what, kill.after, kill.faults) for kill in kills if kill.faults] == []
    assert all(kill.repeat_count <= 1 for kill in kills)


def test_check_run_and_serve_are_killed():
    assert {words[0] for words, _, _ in SHARES.values()} == {"check", "run", "serve"}


@pytest.mark.parametrize(("faults", "good"), [((), "1 of 1"), (("lost",), "0 of 1")])
def test_what_was_lost_is_shown_as_such(faults, good):
    assert f"{good} processes killed" in table([ProcessKill("check", 1.0, faults)], 1)
