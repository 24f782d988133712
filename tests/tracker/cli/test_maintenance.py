"""``doctor``, ``verify``, ``backup``, ``replay`` and ``export`` as somebody at a terminal meets them."""

import json
import socket
import zipfile
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from typer.testing import CliRunner

from storage import checks, snapshots
from storage.archive import Archive
from storage.records import Outcome
from storage.schema.open import open_database
from tests.storage.builders import a_page, a_version, an_article
from tracker.cli.main import app
from tracker.config import Settings
from tracker.operations.doctor import DoctorState, examine

NOW = datetime.now(UTC)
PAGE = b"<html>lamps</html>"


def run(*words):
    return CliRunner().invoke(app, list(words))


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("CLAUSEWATCH_HOME", str(tmp_path))
    monkeypatch.setenv("CLAUSEWATCH_CONTACT", "ops@watch.example")
    return tmp_path


@pytest.fixture
def version_id(home):
    """The id of a version whose page is in the archive."""
    db = open_database(home / "clausewatch.db")
    page_id = a_page(db)
    url = "https://regulator.example/lamp.htm"
    digest, name = Archive(home / "archive").keep(url, (), 200, "OK", (), PAGE, NOW)
    shot = snapshots.add(db, page_id, url, NOW, 200, "text/html", digest, len(PAGE), {}, name)
    checks.add(db, page_id, NOW, Outcome.NEW, 200, shot)
    version = a_version(db, an_article(1, pid="art_1"), snapshot_id=shot, first=True)
    db.execute("DELETE FROM snapshots WHERE id <> ?", [shot])
    db.close()
    return version.id


def findings(**settings):
    return {finding.name: finding for finding in examine(Settings(**settings), NOW)}


def test_a_home_that_is_well_is_said_to_be(home, version_id):
    result = run("doctor", "--format", "json")

    states = {finding["name"]: finding["state"] for finding in json.loads(result.stdout)["findings"]}
    assert result.exit_code == 0, result.stdout
    assert states["database"] == states["contact"] == states["last round"] == states["clock"] == "ok"
    assert states["mail"] == "warn"


def test_what_fails_is_named_with_what_to_do(home):
    with socket.socket() as occupied_port:
        occupied_port.bind(("127.0.0.1", 0))  # bound and not listening: refuses every call
        findings_of_home = findings(
            home=home, contact="", smtp_url=f"smtp://127.0.0.1:{occupied_port.getsockname()[1]}"
        )

    assert {name for name, finding in findings_of_home.items() if finding.state is DoctorState.FAIL} == {
        "contact",
        "mail",
    }
    assert all(finding.todo for finding in findings_of_home.values() if finding.state is not DoctorState.OK)
    assert run("doctor").exit_code == 0  # with the contact of the environment only warnings are left


@pytest.mark.parametrize(("ago", "name"), [(timedelta(days=4), "last round"), (timedelta(days=-4), "clock")])
def test_a_last_round_long_ago_or_in_the_future_fails(home, version_id, ago, name):
    findings_of_home = [
        finding for finding in examine(Settings(home=home, contact="a@b.example"), NOW + ago) if finding.name == name
    ]

    assert DoctorState.FAIL in {finding.state for finding in findings_of_home}


def test_a_damaged_database_fails(home):
    (home / "clausewatch.db").write_bytes(b"no database" * 1000)

    assert findings(home=home, contact="x")["database"].state is DoctorState.FAIL
    assert run("doctor").exit_code == 1


def test_verify_ends_with_one_when_a_page_is_gone(home, version_id):
    assert run("verify").exit_code == 0
    next((home / "archive").glob("??/*.gz")).unlink()

    result = run("verify", "--format", "json")

    assert result.exit_code == 1
    assert len(json.loads(result.stdout)["faults"]) == 1


def test_a_backup_is_named_and_a_second_one_refused(home, version_id, tmp_path):
    assert run("backup", str(tmp_path / "copy")).exit_code == 0
    result = run("backup", str(tmp_path / "copy"))

    assert result.exit_code == 2
    assert "is there already" in result.stderr


def test_replay_refuses_what_is_no_day_or_no_source(home):
    assert run("replay", "--since", "yesterday").exit_code == 2
    assert run("replay", "eu_nobody").exit_code == 2


def test_replay_of_a_source_that_is_declared_no_more_leaves_its_versions_and_says_so(home, version_id):
    result = run("replay", "--format", "json")

    assert result.exit_code == 1
    assert "not declared any more" in json.loads(result.stdout)["problems"][0]["cause"]


def test_the_evidence_of_a_version_is_complete_and_its_hash_can_be_checked(home, version_id, tmp_path):
    path = tmp_path / "evidence.zip"
    assert run("export", version_id, "--format", "evidence", "--to", str(path)).exit_code == 0

    with zipfile.ZipFile(path) as file:
        result = json.loads(file.read("version.json"))
        assert sha256(file.read("page.bin")).hexdigest() == result["sha256"]
        assert result["sha256"] in file.read("README.txt").decode()
        assert file.read("page.warc.gz").startswith(b"\x1f\x8b")
        assert result["version"] == version_id
        assert b"Lamps shall be lit." in file.read("version.txt")


def test_everything_is_exported_as_lines_of_json(home, version_id):
    result = run("export", "all", "--format", "jsonl")

    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["record"] for row in rows] == ["instrument", "version"]
    assert run("export", version_id, "--format", "jsonl").exit_code == 2
    assert run("export", "cn_none@1", "--format", "evidence").exit_code == 2
