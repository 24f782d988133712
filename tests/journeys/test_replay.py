"""Replay: today's reader over the archive alone. Nobody is told, ids stay, and it may be killed anywhere."""

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from storage import changes, versions
from storage.database.connection import find_damage
from storage.schema.open import open_database
from tracker.operations.replay import replay
from tracker.operations.verify import verify
from tracker.pipeline.run import one_round

RULE = "cn_cac_practice_deep_synthesis"
ROOT = Path(__file__).parent.parent.parent
TOLD_TABLES = ("events", "alerts", "messages")
CHILD = """
import os, sys
from pathlib import Path
from sqlite_utils import Database
home, folder, at = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
commit, count = Database.commit, 0
def deadly(self):
    global count
    count += 1
    if count == at:
        os._exit(9)
    commit(self)
Database.commit = deadly
from crawlers.declaration.load import load
from tracker.config import Settings
from tracker.context import open_context
from tracker.operations.replay import replay
replay(open_context(Settings(home=home), load((folder,)), (folder,), to_watch=False), [], None, lambda text: None)
print(count)
"""


def silent(text):
    """Tell nobody."""


def counts(db):
    return {name: db.table(name).count for name in TOLD_TABLES}


def laws(db):
    """What is stored of every version and change set, as it comes out."""
    all_versions = [versions.get(db, row.id) for row in versions.all_versions(db)]
    return all_versions, [(row.id, row.old, row.new, changes.get_set(db, row.id)) for row in changes.all_sets(db)]


def misread_as_an_older_reader_would(db):
    """Leave the last article out of every version, and compare nothing of it."""
    for row in versions.all_versions(db):
        version = versions.get(db, row.id)
        chapters = version.reading.provisions
        last = replace(chapters[-1], children=chapters[-1].children[:-1])
        versions.replace_reading(
            db, version, replace(version.reading, provisions=(*chapters[:-1], last), reader="0"), "x"
        )
    for row in changes.all_sets(db):
        changes.replace_set(db, row.id, replace(changes.get_set(db, row.id), changes=(), pairs=()))


@pytest.fixture
def watched_home(watch, subscribe, practice):
    """A home with two versions of one rule, and somebody who was told."""
    service = watch(day=1, only=[RULE])
    subscribe(service)
    one_round(service)
    practice.day = 2
    service.clock.set(2)
    one_round(service, all_pages=True)
    yield service
    service.db.close()


def test_what_todays_reader_read_stays_as_it_is(watched_home):
    before, counts_before = laws(watched_home.db), counts(watched_home.db)

    report = replay(watched_home, [], None, silent)

    assert (report.same, report.words, report.facts, report.sets_same, report.sets_changed) == (2, 0, 0, 1, 0)
    assert (laws(watched_home.db), counts(watched_home.db)) == (before, counts_before)
    assert counts_before["messages"] >= 1


def test_what_an_older_reader_misread_is_put_right_under_the_same_ids_and_nobody_is_told(watched_home, practice):
    good, counts_before = laws(watched_home.db), counts(watched_home.db)
    misread_as_an_older_reader_would(watched_home.db)
    practice.stop()  # the network is gone

    dry = replay(watched_home, [], None, silent, dry=True)
    assert laws(watched_home.db) != good
    report = replay(watched_home, [RULE], None, silent)

    assert (dry.words, dry.sets_changed) == (report.words, report.sets_changed) == (2, 1)
    assert [difference["differs"] for difference in report.differences] == ["words", "words"]
    again = replay(watched_home, [], None, silent)
    assert (again.same, again.sets_same) == (2, 1)
    versions_now, sets_now = laws(watched_home.db)
    assert [v.id for v in versions_now] == [v.id for v in good[0]]
    assert [[p.text for p in v.reading.walk()] for v in versions_now] == [
        [p.text for p in v.reading.walk()] for v in good[0]
    ]
    assert sets_now == good[1]
    assert counts(watched_home.db) == counts_before
    assert verify(watched_home, silent).faults == []


def test_only_what_is_named_or_new_enough_is_read(watched_home):
    on = versions.all_versions(watched_home.db)[-1].seen_at.date()

    assert replay(watched_home, [], on, silent).same == 1
    assert replay(watched_home, [RULE], None, silent).same == 2


def test_killed_at_any_commit_replay_ends_as_if_undisturbed(watched_home, tmp_path):
    folder, home = watched_home.folders[0], watched_home.settings.home
    misread_as_an_older_reader_would(watched_home.db)
    watched_home.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def run_child(place, at):
        command = [sys.executable, "-c", CHILD, str(place), str(folder), str(at)]
        return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)

    def outcome(place):
        db = open_database(place / "clausewatch.db")
        try:
            assert find_damage(db) == []
            return laws(db), counts(db)
        finally:
            db.close()

    whole_run = tmp_path / "undisturbed"
    shutil.copytree(home, whole_run)
    report = run_child(whole_run, 0)
    assert report.returncode == 0, report.stderr
    commits = int(report.stdout)
    assert commits >= 4  # two versions, their change set, the sweep
    for at in range(1, commits + 1):
        killed_home = tmp_path / f"killed-{at}"
        shutil.copytree(home, killed_home)
        assert run_child(killed_home, at).returncode == 9
        assert run_child(killed_home, 0).returncode == 0
        assert outcome(killed_home) == outcome(whole_run), f"killed at commit {at}"
        shutil.rmtree(killed_home)


def test_the_figures_have_a_shape_for_programs(watched_home):
    shape = replay(watched_home, [], None, silent).as_json(dry=False)

    assert shape["schema"] == "clausewatch/replay/1"
    assert json.loads(json.dumps(shape))["versions"] == {"read": 2, "same": 2, "facts": 0, "words": 0}
