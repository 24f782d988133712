"""``worker`` and ``run --fleet`` as somebody types them: what is wrong is one clear line, and both stop when told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from crawlers.practice import Practice, declarations
from storage import fleet_rounds
from storage.schema.open import open_database
from tracker.config import DEMO_MARK

ROOT = Path(__file__).parents[3]
pytestmark = pytest.mark.sqlite


def environment(home, url):
    return {**os.environ, "PYTHONPATH": str(ROOT), "CLAUSEWATCH_HOME": str(home), "CLAUSEWATCH_DATABASE_URL": url}


def command(*words):
    return [sys.executable, "-m", "tracker.cli", *words]


@pytest.mark.parametrize("words", [["worker"], ["run", "--fleet"]])
def test_one_machines_store_is_refused(tmp_path, words):
    run = subprocess.run(command(*words), env=environment(tmp_path, ""), capture_output=True, text=True, check=False,
                         cwd=tmp_path, timeout=60)  # fmt: skip

    assert run.returncode == 2
    assert "a fleet shares a PostgreSQL store" in run.stderr
    assert run.stderr.count("\n") == 1


def test_a_stage_that_there_is_not_is_named(tmp_path):
    run = subprocess.run(command("worker", "--only", "fly"), env=environment(tmp_path, ""), capture_output=True,
                         text=True, check=False, cwd=tmp_path, timeout=60)  # fmt: skip

    assert run.returncode == 2
    assert "fetch" in run.stderr


def test_scheduler_and_worker_make_a_round_and_stop_when_told(tmp_path, postgresql_url):
    (tmp_path / DEMO_MARK).touch()
    with Practice() as practice:
        for name, text in declarations(practice.origins).items():
            (tmp_path / "declarations" / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "declarations" / name).write_text(text, encoding="utf-8")
        members = [
            subprocess.Popen(command(*words), env=environment(tmp_path, postgresql_url), cwd=tmp_path,
                             stderr=subprocess.PIPE)
            for words in (["worker"], ["run", "--fleet", "--tick", "600"])
        ]  # fmt: skip
        try:
            wait_for_a_round(postgresql_url)
        finally:
            for member in members:
                member.send_signal(signal.SIGTERM)
            outputs = [member.communicate(timeout=60)[1].decode() for member in members]

    assert [member.returncode for member in members] == [0, 0], outputs
    assert practice.requests
    assert max(practice.busiest.values()) == 1
    assert "working for postgresql://" in outputs[0]
    assert "planning for a fleet" in outputs[1]


def wait_for_a_round(url):
    end = time.monotonic() + 120
    with closing(open_database(url)) as db:
        while not any(one.ended_at for one in fleet_rounds.recent(db)):
            assert time.monotonic() < end, fleet_rounds.recent(db)
            time.sleep(0.3)
