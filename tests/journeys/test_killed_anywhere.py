"""Kill the process at every commit in turn, start again, and in the end nothing is lost and nothing told twice.

One crawl of the practice server is kept; from there a child process reads, compares, weighs, matches, composes and
delivers, and dies without a word right before its n-th commit (in the middle of a step) or right after it (between
two).
"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from storage import pages
from storage.schema.open import open_database
from tracker.pipeline.run import one_round
from tracker.pipeline.steps.fetch_pages import fetch_pages

RULE = "cn_cac_practice_deep_synthesis"
ROOT = Path(__file__).parent.parent.parent
DRIVER = """
import os, sys
from datetime import datetime
from pathlib import Path
from sqlite_utils import Database
from crawlers.declaration.load import load
from tracker.pipeline.steps import learn_furniture  # once for all children
from tracker.pipeline.versions import record_version
from tracker.config import Settings
from tracker.pipeline.run import finish
from tracker.context import open_context
folder = Path(sys.argv[1])
commit, count = Database.commit, 0
def live(home, moment, at):
    def deadly(self):
        global count
        count += 1
        if moment == "before" and count == at:
            os._exit(9)
        commit(self)
        if moment == "after" and count == at:
            os._exit(9)
    Database.commit = deadly
    now = datetime.fromisoformat("2026-03-03T09:30:00+00:00")
    finish(open_context(Settings(home=Path(home)), load((folder,)), (folder,), lambda: now))
for line in sys.stdin:
    home, moment, at = line.rstrip("\\n").split("\\t")
    child = os.fork()
    if not child:
        code = 1
        try:
            live(home, moment, int(at))
            print("commits", count, flush=True)
            code = 0
        finally:
            os._exit(code)
    print("ended", os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


class Driver:
    """Lives the rest of a day as often as it is asked to, each time in a process of its own that may be killed."""

    def __init__(self, folder):
        command = [sys.executable, "-c", DRIVER, str(folder)]
        self.job = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)

    def live(self, home, moment, at):
        """Return how the process ended, and how many commits it made when it came to its end."""
        self.job.stdin.write(f"{home}\t{moment}\t{at}\n")
        self.job.stdin.flush()
        commits = 0
        while (word := self.job.stdout.readline().split())[0] != "ended":
            commits = int(word[1])
        return int(word[1]), commits

    def close(self):
        self.job.communicate()


@pytest.fixture
def driver(fetched_home):
    driver = Driver(fetched_home[1])
    yield driver
    driver.close()


def outcome(home):
    db = open_database(home / "clausewatch.db")
    try:
        tables = ("versions", "change_sets", "changes", "events", "alerts", "messages")
        counts = {name: db.table(name).count for name in tables}
        mails = sorted(row["mime_id"] for row in db.query("SELECT mime_id FROM messages"))
        open_problems = [row["text"] for row in db.query("SELECT text FROM problems WHERE closed_at IS NULL")]
        return counts, mails, open_problems, len(list((home / "emails").glob("*.eml")))
    finally:
        db.close()


@pytest.fixture
def fetched_home(watch, subscribe, practice, tmp_path):
    """A home in which the changed rule has been fetched twice, and nothing has been done about it yet."""
    service = watch(day=1, only=[RULE])
    subscribe(service)
    one_round(service)
    practice.day = 2
    service.clock.set(2)
    for _ in range(2):
        fetch_pages(service, pages.all_pages(service.db), unconditional=True, respect_backoff=False)
    service.db.close()
    return tmp_path / "home", tmp_path / "declarations"


@pytest.mark.parametrize("moment", ["before", "after"])
def test_killed_at_any_commit_the_journey_ends_as_if_undisturbed(fetched_home, driver, tmp_path, moment):
    home, _ = fetched_home
    whole_run = tmp_path / "undisturbed"
    shutil.copytree(home, whole_run)
    code, commits = driver.live(whole_run, "never", 0)
    assert code == 0
    assert commits >= 6  # read, confirm, compare, match, compose, deliver
    whole_outcome = outcome(whole_run)
    assert whole_outcome[0]["messages"] == 1

    for at in range(1, commits + 1):
        killed_home = tmp_path / f"killed-{at}"
        shutil.copytree(home, killed_home)
        assert driver.live(killed_home, moment, at)[0] == 9
        assert driver.live(killed_home, "never", 0)[0] == 0
        assert outcome(killed_home) == whole_outcome, f"killed {moment} commit {at}"
        shutil.rmtree(killed_home)
