"""Dependencies are held against advisories in the check; where that cannot be done, it is skipped by name."""

import subprocess
from pathlib import Path

import pytest

AUDIT = Path(__file__).parents[2] / ".ci" / "audit"


def run_audit(folder, script=""):
    if script:
        program = folder / "pip-audit"
        program.write_text(f"#!/bin/bash\n{script}\n", encoding="utf-8")
        program.chmod(0o755)
    return subprocess.run([AUDIT, str(folder)], capture_output=True, text=True, check=False)


def test_without_the_program_it_is_skipped_by_name(tmp_path):
    completion = run_audit(tmp_path)

    assert completion.returncode == 0
    assert completion.stdout.startswith("skipped: dependencies were not audited, pip-audit is not installed")


@pytest.mark.parametrize(
    "error", ["requests.exceptions.ConnectionError: refused", "urllib3: Max retries exceeded", "ReadTimeout"]
)
def test_without_a_source_of_advisories_it_is_skipped_by_name(tmp_path, error):
    completion = run_audit(tmp_path, f"echo '{error}' >&2; exit 1")

    assert completion.returncode == 0
    assert "no source of advisories is reachable" in completion.stdout


def test_a_known_advisory_fails_the_check_and_is_shown(tmp_path):
    completion = run_audit(tmp_path, "echo 'Found 1 known vulnerability in 1 package: lamp 1.0 PYSEC-2026-1'; exit 1")

    assert completion.returncode == 1
    assert "PYSEC-2026-1" in completion.stdout


def test_nothing_known_is_said(tmp_path):
    assert "no advisory is known" in run_audit(tmp_path, "exit 0").stdout


def test_what_is_locked_is_what_is_audited(tmp_path):
    completion = run_audit(tmp_path, 'echo "$@"; exit 1')

    assert "--requirement requirements.lock" in completion.stdout
    assert "--require-hashes" in completion.stdout
