"""Locks between processes, held by processes that die."""

import signal
import subprocess
import sys

from tracker.locks import try_delivery_lock, try_round_lock

HOLDER = """
import sys, time
from pathlib import Path
from tracker.locks import try_round_lock
with try_round_lock(Path(sys.argv[1])) as ours:
    print(ours, flush=True)
    time.sleep(60)
"""


def test_a_lock_has_one_holder_and_nobody_waits_for_it(tmp_path, db):
    with try_delivery_lock(tmp_path, db) as ours:
        with try_delivery_lock(tmp_path, db) as another:
            assert (ours, another) == (True, False)
    with try_delivery_lock(tmp_path, db) as ours:
        assert ours


def test_a_lock_is_free_again_when_its_holder_was_killed(tmp_path):
    database = tmp_path / "clausewatch.db"
    with subprocess.Popen([sys.executable, "-c", HOLDER, database], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline() == "True\n"
        with try_round_lock(database) as ours:
            assert not ours
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    with try_round_lock(database) as ours:
        assert ours
