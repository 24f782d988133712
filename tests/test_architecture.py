"""What keeps the house legible: sizes, names, words, and that nothing of others' or of this machine stands in it."""

import dataclasses
import inspect
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from storage import records
from tracker.cli.main import app

ROOT = Path(__file__).parent.parent
PACKAGES = ("crawlers", "tracker", "storage")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
BANNED = {"utils", "helpers", "manager", "data", "misc", "common"}
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_module_is_small_enough_to_read_in_one_sitting(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def test_no_module_has_a_name_that_says_nothing():
    assert not [path for path in MODULES if path.stem in BANNED]


def test_the_glossary_explains_exactly_the_nouns_we_store():
    explained = set(
        re.findall(r"^\*\*(\w+)\*\*", (ROOT / "docs/glossary.md").read_text(encoding="utf-8"), re.MULTILINE)
    )
    stored = {name for name, noun in vars(records).items() if inspect.isclass(noun) and dataclasses.is_dataclass(noun)}
    assert explained == stored


def test_every_command_the_readme_names_exists():
    known = {command.callback.__name__ for command in app.registered_commands} | {g.name for g in app.registered_groups}
    named = set(re.findall(r"clausewatch ([a-z]+)\b", README)) - {"COMMAND"}
    assert named <= known


def test_the_user_s_card_is_kept():
    assert all(
        (ROOT / name).exists() for name in ("pyproject.toml", "scrapy.cfg", "crawlers", "tracker", "storage", "tests")
    )
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    names = {re.split(r"[<>=\[]", each)[0] for each in listed}
    assert {"scrapy", "beautifulsoup4", "sqlite-utils", "apscheduler"} <= names
    assert "difflib-extras" not in names


def test_the_locks_pin_with_hashes_and_name_no_index():
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / lock).read_text(encoding="utf-8")
        assert text.count("--hash=sha256:") > text.count("==")
        assert "://" not in text


def test_scrapy_lists_every_declared_source():
    listed = subprocess.run(
        [ROOT / ".venv/bin/scrapy" if (ROOT / ".venv").exists() else "scrapy", "list"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    declared = {path.stem for path in (ROOT / "crawlers/declarations").rglob("*.toml")}
    assert set(listed) == declared
