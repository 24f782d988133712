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
TOLD = ("events", "alerts", "messages")
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
    return {name: db.table(name).count for name in TOLD}


def laws(db):
    """What is stored of every version and change set, as it comes out."""
    held = [versions.get(db, row.id) for row in versions.all_versions(db)]
    return held, [(row.id, row.old, row.new, changes.get_set(db, row.id)) for row in changes.all_sets(db)]


def misread_as_an_older_reader_would(db):
    """Leave the last article out of every version, and compare nothing of it."""
    for row in versions.all_versions(db):
        stored = versions.get(db, row.id)
        chapters = stored.reading.provisions
        last = replace(chapters[-1], children=chapters[-1].children[:-1])
        versions.replace_reading(
            db, stored, replace(stored.reading, provisions=(*chapters[:-1], last), reader="0"), "x"
        )
    for row in changes.all_sets(db):
        changes.replace_set(db, row.id, replace(changes.get_set(db, row.id), changes=(), pairs=()))


@pytest.fixture
def watched(watch, subscribed, practice):
    """A home with two versions of one rule, and somebody who was told."""
    service = watch(day=1, only=[RULE])
    subscribed(service)
    one_round(service)
    practice.day = 2
    service.clock.set(2)
    one_round(service, all_pages=True)
    yield service
    service.db.close()


def test_what_todays_reader_read_stays_as_it_is(watched):
    before, told = laws(watched.db), counts(watched.db)

    done = replay(watched, [], None, silent)

    assert (done.same, done.words, done.facts, done.sets_same, done.sets_changed) == (2, 0, 0, 1, 0)
    assert (laws(watched.db), counts(watched.db)) == (before, told)
    assert told["messages"] >= 1


def test_what_an_older_reader_misread_is_put_right_under_the_same_ids_and_nobody_is_told(watched, practice):
    good, told = laws(watched.db), counts(watched.db)
    misread_as_an_older_reader_would(watched.db)
    practice.stop()  # the network is gone

    dry = replay(watched, [], None, silent, dry=True)
    assert laws(watched.db) != good
    done = replay(watched, [RULE], None, silent)

    assert (dry.words, dry.sets_changed) == (done.words, done.sets_changed) == (2, 1)
    assert [each["differs"] for each in done.differences] == ["words", "words"]
    again = replay(watched, [], None, silent)
    assert (again.same, again.sets_same) == (2, 1)
    versions_now, sets_now = laws(watched.db)
    assert [v.id for v in versions_now] == [v.id for v in good[0]]
    assert [[p.text for p in v.reading.walk()] for v in versions_now] == [
        [p.text for p in v.reading.walk()] for v in good[0]
    ]
    assert sets_now == good[1]
    assert counts(watched.db) == told
    assert verify(watched, silent).faults == []


def test_only_what_is_named_or_new_enough_is_read(watched):
    on = versions.all_versions(watched.db)[-1].seen_at.date()

    assert replay(watched, [], on, silent).same == 1
    assert replay(watched, [RULE], None, silent).same == 2


def test_killed_at_any_commit_replay_ends_as_if_undisturbed(watched, tmp_path):
    folder, home = watched.folders[0], watched.settings.home
    misread_as_an_older_reader_would(watched.db)
    watched.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

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

    undisturbed = tmp_path / "undisturbed"
    shutil.copytree(home, undisturbed)
    done = run_child(undisturbed, 0)
    assert done.returncode == 0, done.stderr
    commits = int(done.stdout)
    assert commits >= 4  # two versions, their change set, the sweep
    for at in range(1, commits + 1):
        killed = tmp_path / f"killed-{at}"
        shutil.copytree(home, killed)
        assert run_child(killed, at).returncode == 9
        assert run_child(killed, 0).returncode == 0
        assert outcome(killed) == outcome(undisturbed), f"killed at commit {at}"
        shutil.rmtree(killed)


def test_the_figures_have_a_shape_for_programs(watched):
    shape = replay(watched, [], None, silent).as_json(dry=False)

    assert shape["schema"] == "clausewatch/replay/1"
    assert json.loads(json.dumps(shape))["versions"] == {"read": 2, "same": 2, "facts": 0, "words": 0}
