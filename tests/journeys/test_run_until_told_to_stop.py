"""``clausewatch run``: the scheduled background job looks by itself, and stops cleanly when told."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from storage import checks
from storage.database import open_database
from tests.journeys.conftest import write_declarations

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
        _, said = job.communicate(timeout=60)
    finally:
        job.kill()

    assert job.returncode == 0, said
    assert "stopping after the round in hand" in said
    assert "Traceback" not in said
    assert len(looked_at(home / "clausewatch.db")) == 2  # twice, being new; not due again for a day
