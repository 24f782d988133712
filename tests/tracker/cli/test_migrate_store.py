"""``migrate-store`` as somebody types it: a table of counts and hashes, and one clear line for what is wrong."""

from __future__ import annotations

import json
from contextlib import closing

import pytest
from typer.testing import CliRunner

from storage import instruments
from storage.schema.open import open_database
from tests.storage.builders import an_instrument
from tracker.cli.main import app
from tracker.locks import try_round_lock

pytestmark = pytest.mark.sqlite


@pytest.fixture
def watched_home(tmp_path, monkeypatch):
    monkeypatch.setenv("CLAUSEWATCH_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    with closing(open_database(tmp_path / "clausewatch.db")) as db:
        instruments.add_if_new(db, an_instrument(id="cn_one"))
    return tmp_path


def migrate(*words):
    return CliRunner().invoke(app, ["migrate-store", *words])


def test_the_configured_store_is_copied_and_told_table_by_table(watched_home, postgresql_url):
    answer = migrate(postgresql_url)

    assert answer.exit_code == 0, answer.output
    assert "the same count and hash in both" in answer.stdout
    assert "set CLAUSEWATCH_DATABASE_URL=postgresql://" in answer.stdout
    assert any(line.split()[:2] == ["instruments", "1"] for line in answer.stdout.splitlines())
    assert "copied 0 of 1 rows" in answer.stderr


def test_back_and_in_json(watched_home, postgresql_url):
    assert migrate(postgresql_url).exit_code == 0

    answer = migrate(f"sqlite:///{watched_home / 'back.db'}", "--from", postgresql_url, "--format", "json")

    shape = json.loads(answer.stdout)
    assert shape["schema"] == "clausewatch/migrate-store/1"
    assert {"table": "instruments", "rows": 1} in [{k: t[k] for k in ("table", "rows")} for t in shape["tables"]]
    assert all(len(table["sha256"]) == 64 for table in shape["tables"])


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        pytest.param(["/somewhere.db"], "neither sqlite:///PATH nor postgresql://", id="no address"),
        pytest.param(["sqlite:///x.db", "--from", "sqlite:///gone.db"], "there is no store to copy", id="no store"),
        pytest.param(["postgresql://127.0.0.1:1/nowhere?connect_timeout=2"], "cannot be reached", id="nobody answers"),
        pytest.param(["mysql://law.example/x"], "neither sqlite", id="another database"),
    ],
)
def test_what_is_wrong_is_one_clear_line(watched_home, words, refusal):
    answer = migrate(*words)

    assert answer.exit_code == 2
    assert refusal in answer.stderr
    assert answer.stderr.count("\n") == 1


def test_a_store_on_which_a_round_runs_is_not_copied(watched_home, postgresql_url):
    with try_round_lock(watched_home / "clausewatch.db") as ours:
        assert ours
        answer = migrate(postgresql_url)

    assert answer.exit_code == 2
    assert "stop `clausewatch run` first" in answer.stderr


def test_a_password_is_not_printed(watched_home):
    answer = migrate("postgresql://ana:secret@127.0.0.1:1/law?connect_timeout=2")

    assert "secret" not in answer.output
