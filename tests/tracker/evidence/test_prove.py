"""A stranger with Python and openssl can verify what a page said, what changed, and that it did not."""

import json
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date, timedelta

import pytest

from storage import changes, checks, pages, snapshots, versions
from storage.database.connection import transaction
from storage.errors import MissingRowError
from storage.records import Outcome
from tests.tracker.alerts.builders import NOW, a_comparison, a_version
from tracker.config import Settings
from tracker.context import open_context
from tracker.errors import UsageError
from tracker.evidence.prove import prove_change, prove_silence, prove_version, write_proof
from tracker.evidence.transparency_log import places_of, record_log

URL = "https://law.example/lamp"
ON = date(2026, 3, 9)
OLD, NEW = "cn_lamp@2026-11-01", "cn_lamp@2026-11-25"


@pytest.fixture
def watched_home(home):
    """A home whose second page and looks are kept in a real archive, and logged."""
    service = open_context(Settings(home=home.settings.home), {}, (), lambda: NOW, to_watch=False)
    page = pages.add(service.db, "cn_cac_lamp", URL, listing=False, now=NOW)
    with transaction(service.db):
        for number, version_id in enumerate((OLD, NEW), 3):
            body = f"<p>Version {number}</p>".encode()
            sha256, name = service.archive.keep(URL, [], 200, "OK", [], body, NOW + timedelta(days=number))
            shot = snapshots.add(
                service.db, page, URL, NOW + timedelta(days=number), 200, "text/html", sha256, len(body), {}, name
            )
            version = a_version(id=f"{version_id}.2", page_id=page, snapshot_id=shot)
            versions.add(service.db, replace(version, seen_at=NOW + timedelta(days=number)))
        changes.add_set(
            service.db, old_version_id=f"{OLD}.2", new_version_id=f"{NEW}.2", comparison=a_comparison(), at=NOW
        )
        for day in range(5, 9):
            checks.add(service.db, page, NOW + timedelta(days=day), Outcome.SAME, 304, shot)
    record_log(service.db, places_of(service), NOW)
    yield service
    service.db.close()


def run_script(path):
    """Run the script of the bundle as a stranger would, far from our code."""
    with zipfile.ZipFile(path) as bundle:
        script = bundle.extract("verify.py", path.parent / "stranger")
    return subprocess.run([sys.executable, "-I", script, str(path)], capture_output=True, text=True, check=False)


def bundle_of(service, proof, tmp_path):
    path = tmp_path / "bundle.zip"
    write_proof(service, proof, path)
    return path


def rewritten(path, name, change):
    """Return a copy of the bundle in which one file says something else."""
    copy = path.with_name("forged.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(copy, "w") as new:
        for item in old.namelist():
            body = old.read(item)
            new.writestr(item, change(body) if item == name else body)
    return copy


def test_a_version_is_proved_by_its_own_script(watched_home, tmp_path):
    result = run_script(bundle_of(watched_home, prove_version(watched_home, f"{NEW}.2", ON), tmp_path))

    assert result.returncode == 0, result.stdout + result.stderr
    assert "Everything fits." in result.stdout
    assert URL in result.stdout


def test_a_change_is_proved_with_both_pages_and_the_redline(watched_home, tmp_path):
    path = bundle_of(watched_home, prove_change(watched_home, 2, ON), tmp_path)

    assert run_script(path).returncode == 0
    with zipfile.ZipFile(path) as bundle:
        assert {"change.json", "change.html", "page-3.bin", "page-4.bin"} <= set(bundle.namelist())


def test_silence_is_proved_look_by_look(watched_home, tmp_path):
    since, until = (NOW + timedelta(days=5)).date(), (NOW + timedelta(days=8)).date()
    proof = prove_silence(watched_home, "cn_lamp", since, until, ON)

    assert "looked at 4 times" in proof.statement
    assert run_script(bundle_of(watched_home, proof, tmp_path)).returncode == 0


def test_a_page_that_changed_was_not_silent(watched_home):
    since, until = (NOW + timedelta(days=3)).date(), (NOW + timedelta(days=8)).date()

    with pytest.raises(UsageError, match="did change"):
        prove_silence(watched_home, "cn_lamp", since, until, ON)


def test_days_without_a_look_prove_nothing(watched_home):
    with pytest.raises(UsageError, match="no look"):
        prove_silence(watched_home, "cn_lamp", date(2030, 1, 1), date(2030, 1, 2), ON)


def test_what_is_unknown_is_named(watched_home):
    with pytest.raises(MissingRowError):
        prove_silence(watched_home, "xx_nothing", ON, ON, ON)


FORGERIES = {
    "the page": ("page-4.bin", lambda body: body.replace(b"Version", b"Verse  ")),
    "the record": ("page-4.warc.gz", lambda body: body + b"\0"),
    "the text": (f"{NEW.replace('@', '-at-')}.2.txt", lambda body: body + b" "),
    "an entry": ("manifest.json", lambda body: body.replace(b'\\"status\\":200', b'\\"status\\":404')),
    "a proof": ("manifest.json", lambda body: body.replace(b'"index": ', b'"index": 1')),
    "the checkpoint": ("checkpoint", lambda body: body.replace(b"/log\n", b"/lag\n")),
    "the key": ("key.txt", lambda body: body[:-8] + b"AAAAAAA\n"),
}


@pytest.mark.parametrize(("name", "change"), FORGERIES.values(), ids=FORGERIES.keys())
def test_a_forged_bundle_is_refused(watched_home, tmp_path, name, change):
    path = bundle_of(watched_home, prove_version(watched_home, f"{NEW}.2", ON), tmp_path)

    assert run_script(rewritten(path, name, change)).returncode == 1


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_openssl_verifies_the_signature(watched_home, tmp_path):
    path = bundle_of(watched_home, prove_version(watched_home, f"{NEW}.2", ON), tmp_path)
    with zipfile.ZipFile(path) as bundle:
        bundle.extractall(tmp_path)

    result = subprocess.run(
        ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "key.pem", "-rawin", "-in", "checkpoint.txt",
         "-sigfile", "checkpoint.sig"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert result.returncode == 0, result.stderr
    assert "Verified Successfully" in result.stdout


def test_what_is_not_logged_yet_is_said(watched_home, tmp_path):
    checks.add(watched_home.db, 2, NOW + timedelta(days=9), Outcome.SAME, 304, 4)
    later = (NOW + timedelta(days=9)).date()

    with pytest.raises(UsageError, match="not logged yet"):
        bundle_of(watched_home, prove_silence(watched_home, "cn_lamp", later, later, ON), tmp_path)


def test_what_was_rewritten_is_not_proved(watched_home, tmp_path):
    watched_home.db.execute("UPDATE snapshots SET url = 'https://other.example/' WHERE id = 4")

    with pytest.raises(UsageError, match="not what was logged"):
        bundle_of(watched_home, prove_version(watched_home, f"{NEW}.2", ON), tmp_path)


def test_the_manifest_says_what_is_stated(watched_home, tmp_path):
    path = bundle_of(watched_home, prove_version(watched_home, f"{NEW}.2", ON), tmp_path)
    with zipfile.ZipFile(path) as bundle:
        manifest = json.loads(bundle.read("manifest.json"))

    assert manifest["schema"] == "clausewatch/proof/1"
    assert {leaf["index"] for leaf in manifest["leaves"]}


def test_the_words_of_a_version_and_of_a_change_are_bound_to_their_leaves(watched_home, tmp_path):
    set_id = changes.all_sets(watched_home.db)[-1].id
    path = bundle_of(watched_home, prove_change(watched_home, set_id, ON), tmp_path)

    with zipfile.ZipFile(path) as bundle:
        words = [name for name in bundle.namelist() if name.endswith((".reading.jsonl", "comparison.json"))]
    assert len(words) == 3
    for name in words:
        verdict = run_script(rewritten(path, name, lambda body: body + b" "))
        assert verdict.returncode != 0
        assert name in verdict.stdout


def test_a_version_whose_words_were_rewritten_is_proved_to_nobody(watched_home, tmp_path):
    watched_home.db.execute("""UPDATE facts SET listed = replace(listed, '"title":"', '"title":"Other ')""")

    with pytest.raises(UsageError, match="is not what was logged"):
        bundle_of(watched_home, prove_version(watched_home, f"{NEW}.2", ON), tmp_path)
