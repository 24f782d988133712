"""``clausewatch run``: the scheduled background job looks by itself, and stops cleanly when told."""

import os
import signal
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

from storage import checks, sources
from storage.database.connection import execute, transaction
from storage.schema.open import open_database
from tests.journeys.conftest import write_declarations
from tracker.cli.watch import ReloadingContext
from tracker.config import Settings

ROOT = Path(__file__).parent.parent.parent
RULE = "cn_cac_practice_deep_synthesis"


def looked_at(path):
    if not path.exists():
        return []
    db = open_database(path)
    try:
        return checks.after(db, 0)
    finally:
        db.close()


def test_the_background_job_looks_on_its_own_and_ends_on_sigterm(tmp_path, practice):
    home = tmp_path / "home"
    (home).mkdir()
    (home / "clausewatch-demo").touch()  # so that only the practice declarations below count
    write_declarations(home / "declarations", practice, [RULE])
    environment = {**os.environ, "CLAUSEWATCH_HOME": str(home)}
    job = subprocess.Popen(
        [sys.executable, "-m", "tracker.cli", "run", "--tick", "1"],
        cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        end = time.monotonic() + 60
        while not looked_at(home / "clausewatch.db") and time.monotonic() < end:
            time.sleep(0.2)
        assert job.poll() is None
        job.send_signal(signal.SIGTERM)
        _, output = job.communicate(timeout=60)
    finally:
        job.kill()

    assert job.returncode == 0, output
    assert "stopping after the round in hand" in output
    assert "Traceback" not in output
    assert len(looked_at(home / "clausewatch.db")) == 2  # twice, being new; not due again for a day


TICKS = """
import threading, time
from tracker.cli.watch import round_scheduler
round_scheduler(lambda: print(time.monotonic(), flush=True), 0.5).start()
threading.Event().wait()
"""


def test_time_that_was_missed_is_made_up_for_once():
    job = subprocess.Popen([sys.executable, "-c", TICKS], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        times = [float(job.stdout.readline())]
        job.send_signal(signal.SIGSTOP)  # the machine sleeps
        time.sleep(4)  # eight ticks are missed
        job.send_signal(signal.SIGCONT)
        times += [float(job.stdout.readline()) for _ in range(4)]
    finally:
        job.kill()
        job.communicate()

    pauses = [later - earlier for earlier, later in pairwise(times)]
    longest_pause = max(range(len(pauses)), key=pauses.__getitem__)
    assert pauses[longest_pause] > 3
    # the round made up at once, then one at the next tick, and from there on the usual beat: no burst of eight
    assert sum(pauses[longest_pause + 1 :]) > 0.5 * (len(pauses) - longest_pause - 2)


def test_declarations_are_recorded_again_only_when_one_changed(tmp_path, practice):
    home = tmp_path / "home"
    home.mkdir()
    (home / "clausewatch-demo").touch()
    write_declarations(home / "declarations", practice, [RULE])
    standing = ReloadingContext(Settings(home=home))

    def declared_at():
        service = standing.service()
        try:
            return {health.source_id: health.declared for health in sources.health(service.db)}
        finally:
            service.db.close()

    assert declared_at() == {RULE: True}
    db = open_database(home / "clausewatch.db")
    with transaction(db):
        execute(db, "UPDATE sources SET declared = 0")
    db.close()
    assert declared_at() == {RULE: False}  # nothing was written again

    path = home / "declarations" / "cn" / f"{RULE}.toml"
    path.write_text(path.read_text() + "\n# looked over\n")
    assert declared_at() == {RULE: True}
