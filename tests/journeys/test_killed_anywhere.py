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
from storage.database import open_database
from tracker.run import _fetch, one_round

RULE = "cn_cac_practice_deep_synthesis"
ROOT = Path(__file__).parent.parent.parent
CHILD = """
import os, sys
from datetime import datetime
from pathlib import Path
from sqlite_utils import Database
home, folder, moment, at = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
commit, count = Database.commit, 0
def deadly(self):
    global count
    count += 1
    if moment == "before" and count == at:
        os._exit(9)
    commit(self)
    if moment == "after" and count == at:
        os._exit(9)
Database.commit = deadly
from crawlers.sources import load
from tracker.config import Settings
from tracker.run import finish
from tracker.service import open_service
now = datetime.fromisoformat("2026-03-03T09:30:00+00:00")
service = open_service(Settings(home=home), load((folder,)), (folder,), lambda: now)
finish(service)
print(count)
"""


def run_child(home, folder, moment, at):
    command = [sys.executable, "-c", CHILD, str(home), str(folder), moment, str(at)]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)


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
def fetched(watch, subscribed, practice, tmp_path):
    """A home in which the changed rule has been fetched twice, and nothing has been done about it yet."""
    service = watch(day=1, only=[RULE])
    subscribed(service)
    one_round(service)
    practice.day = 2
    service.clock.set(2)
    for _ in range(2):
        _fetch(service, pages.all_pages(service.db), full=True)
    service.db.close()
    return tmp_path / "home", tmp_path / "declarations"


@pytest.mark.parametrize("moment", ["before", "after"])
def test_killed_at_any_commit_the_journey_ends_as_if_undisturbed(fetched, tmp_path, moment):
    home, folder = fetched
    undisturbed = tmp_path / "undisturbed"
    shutil.copytree(home, undisturbed)
    done = run_child(undisturbed, folder, "never", 0)
    assert done.returncode == 0, done.stderr
    commits = int(done.stdout)
    assert commits >= 6  # read, confirm, compare, match, compose, deliver
    expected = outcome(undisturbed)
    assert expected[0]["messages"] == 1

    for at in range(1, commits + 1):
        killed = tmp_path / f"killed-{at}"
        shutil.copytree(home, killed)
        assert run_child(killed, folder, moment, at).returncode == 9
        again = run_child(killed, folder, "never", 0)
        assert again.returncode == 0, again.stderr
        assert outcome(killed) == expected, f"killed {moment} commit {at}"
        shutil.rmtree(killed)
