"""Two ``run`` processes on one database: each page is looked at once, and one takes over from the other."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from storage import checks
from storage.schema.open import open_database
from tests.journeys.conftest import write_declarations

ROOT = Path(__file__).parent.parent.parent
RULE, LIST = "cn_cac_practice_deep_synthesis", "in_pib_practice_feed"


def looks(path):
    if not path.exists():
        return []
    db = open_database(path)
    try:
        return checks.after(db, 0)
    finally:
        db.close()


def until(path, number):
    end = time.monotonic() + 90
    while len(looks(path)) < number and time.monotonic() < end:
        time.sleep(0.3)
    return looks(path)


def test_two_processes_do_the_work_of_one_and_the_second_takes_over(tmp_path, practice):
    home = tmp_path / "home"
    home.mkdir()
    (home / "clausewatch-demo").touch()  # so that only the practice declarations below count
    folder = write_declarations(home / "declarations", practice, [RULE, LIST])
    command = [sys.executable, "-m", "tracker.cli", "run", "--tick", "1"]
    options = {
        "cwd": ROOT,
        "env": {**os.environ, "CLAUSEWATCH_HOME": str(home)},
        "stderr": subprocess.PIPE,
        "text": True,
    }
    jobs = [subprocess.Popen(command, **options) for _ in range(2)]
    try:
        until(home / "clausewatch.db", 3)
        time.sleep(4)  # several ticks of both
        once = looks(home / "clausewatch.db")
        jobs[0].kill()
        jobs[0].wait()
        for path in folder.rglob("*.toml"):
            path.write_text(path.read_text(encoding="utf-8").replace('every = "1 day"', 'every = "2 seconds"'), "utf-8")
        after = until(home / "clausewatch.db", 5)
        jobs[1].send_signal(signal.SIGTERM)
        _, output = jobs[1].communicate(timeout=60)
    finally:
        for job in jobs:
            job.kill()
            job.communicate()

    assert sorted(check.page_id for check in once) == [1, 1, 2]  # the rule twice, being new, and its list once
    assert len(after) >= 5
    assert jobs[1].returncode == 0, output
    assert "Traceback" not in output
    assert set(practice.busiest.values() if isinstance(practice.busiest, dict) else [practice.busiest]) <= {0, 1}
