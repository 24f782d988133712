"""Every write of an operator, and of a program with a key, is on record: who, when, what; and never whose address."""

import pytest
from typer.testing import CliRunner

from storage import log, operator_writes
from storage.schema.open import open_database
from tests.tracker.alerts.builders import NOW
from tracker.cli.main import app
from tracker.evidence.transparency_log import LogPlaces, record_log
from tracker.evidence.verify_log import verify_log


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("CLAUSEWATCH_HOME", str(tmp_path / "home"))
    return lambda *words: CliRunner().invoke(app, list(words))


def writes(tmp_path):
    with open_database(tmp_path / "home" / "clausewatch.db").conn as connection:
        return connection.execute("SELECT who, act, subject FROM operator_writes ORDER BY id").fetchall()


@pytest.mark.sqlite  # looks into the file of the home
def test_keys_and_subscriptions_made_at_the_command_line_are_on_record(run, tmp_path):
    assert run("keys", "new", "reporting").exit_code == 0
    assert run("keys", "end", "1").exit_code == 0
    assert run("subscribe", "ana@policy.example").exit_code == 0
    assert run("subscribers", "forget", "ana@policy.example").exit_code == 0

    log_rows = writes(tmp_path)
    assert [(act, subject) for _, act, subject in log_rows] == [
        ("made", "key 1"), ("ended", "key 1"), ("made", "subscription 1"), ("erased", "a subscriber"),
    ]  # fmt: skip
    assert all(who.startswith("command line") for who, _, _ in log_rows)
    assert not any("ana@" in " ".join(row) for row in log_rows)


def test_they_are_listed_newest_first(run):
    run("keys", "new", "reporting")
    run("keys", "end", "1")

    lines = run("operators", "log").stdout.splitlines()

    assert [line.split("  ")[-1].strip() for line in lines] == ["ended key 1", "made key 1"]
    assert '"act": "ended"' in run("operators", "log", "--format", "json").stdout.replace('":"', '": "')


def test_a_write_is_one_line_however_it_was_named(db):
    operator_writes.note(db, "x\r\ny" * 200, "made\n", "key\x0b 1", NOW)

    (write,) = operator_writes.recent(db)
    assert write.who.isprintable()
    assert len(write.who) <= 200
    assert (write.act, write.subject, write.at) == ("made", "key 1", NOW)


def test_a_write_is_a_leaf_of_the_log(db, tmp_path):
    operator_writes.note(db, "ana", "approved", "problem 7", NOW)
    places = LogPlaces(tmp_path, tmp_path / "archive", "watch.example")
    record_log(db, places, NOW)
    assert log.find_leaf(db, "operator write", "1")

    db.execute("UPDATE operator_writes SET who = 'bob'")

    assert [line for line in verify_log(db, places) if line.startswith("operator write 1")]
