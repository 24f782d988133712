"""The home's secret key, whoever opens the home first."""

import stat
import subprocess
import sys

import pytest

from docs import write_settings
from tracker.config import BUILT_IN, Settings, load
from tracker.errors import UsageError

ASK = """
import sys, tracker.config, os, time
real = os.fsync
os.fsync = lambda file: (time.sleep(0.3), real(file))
print(tracker.config.Settings(home=sys.argv[1]).key().decode())
"""


def test_bug_b9_two_processes_that_open_a_new_home_read_one_whole_key(tmp_path):
    processes = [
        subprocess.Popen([sys.executable, "-c", ASK, tmp_path / "home"], stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    keys = {process.communicate(timeout=60)[0].strip() for process in processes}
    assert len(keys) == 1
    assert len(keys.pop()) == 64
    assert [path.name for path in (tmp_path / "home").iterdir()] == ["secret.key"]


def test_the_key_is_readable_by_its_owner_only(tmp_path):
    Settings(home=tmp_path).key()
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600


@pytest.mark.parametrize("content", ["", "\n", "  "])
def test_bug_b9_an_empty_key_file_is_refused(tmp_path, content):
    (tmp_path / "secret.key").write_text(content, encoding="ascii")
    with pytest.raises(UsageError, match="empty"):
        Settings(home=tmp_path).key()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_setting_that_is_not_one_is_named_with_the_nearest(folder):
    (folder / "clausewatch.toml").write_text('contct = "ana@policy.example"', encoding="utf-8")
    with pytest.raises(UsageError, match="there is no setting 'contct'; the nearest is contact"):
        load()


def test_a_variable_that_nothing_reads_is_named_with_the_nearest(folder, monkeypatch):
    monkeypatch.setenv("CLAUSEWATCH_SMPT_URL", "smtp://mail.example")
    with pytest.raises(UsageError, match="CLAUSEWATCH_SMPT_URL; the nearest is CLAUSEWATCH_SMTP_URL"):
        load()


def test_a_variable_of_the_crawl_is_no_misspelling(folder, monkeypatch):
    monkeypatch.setenv("CLAUSEWATCH_KEY_OPENSTATES", "a key")
    assert load().contact == ""


def test_a_file_that_is_not_toml_is_told_in_one_line(folder):
    (folder / "clausewatch.toml").write_text("contact = ", encoding="utf-8")
    with pytest.raises(UsageError, match=r"^clausewatch\.toml: not TOML: ") as error:
        load()
    assert "\n" not in str(error.value)


def test_a_base_address_that_is_none_is_refused(folder):
    with pytest.raises(UsageError, match="setting base_url: an address that begins with http"):
        load(base_url="watch.example")


def test_the_reference_of_the_settings_is_that_of_the_code():
    assert write_settings.REFERENCE.read_text(encoding="utf-8") == write_settings.reference()
    assert all(field.description for field in Settings.model_fields.values())


def test_settings_that_are_no_text_or_no_file_are_one_line(folder):
    (folder / "clausewatch.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match=r"clausewatch\.toml: not TOML"):
        load()
    (folder / "clausewatch.toml").unlink()
    (folder / "clausewatch.toml").mkdir()
    with pytest.raises(UsageError, match=r"clausewatch\.toml: not a file"):
        load()


def test_declarations_of_one_s_own_are_those_of_the_home(folder):
    home = folder / "home"
    (home / "declarations").mkdir(parents=True)

    assert load(home=home).folders == (BUILT_IN, home / "declarations")
    assert load(home=home, declarations=folder).folders == (BUILT_IN, home / "declarations", folder)
    assert load(home=folder / "other").folders == (BUILT_IN,)
