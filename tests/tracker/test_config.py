"""The home's secret key, whoever opens the home first."""

import stat
import subprocess
import sys

import pytest

from tracker.config import Settings
from tracker.errors import UsageError

ASK = """
import sys, tracker.config, os, time
real = os.fsync
os.fsync = lambda file: (time.sleep(0.3), real(file))
print(tracker.config.Settings(home=sys.argv[1]).key().decode())
"""


def test_bug_b9_two_processes_that_open_a_new_home_read_one_whole_key(tmp_path):
    asked = [
        subprocess.Popen([sys.executable, "-c", ASK, tmp_path / "home"], stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    keys = {process.communicate(timeout=60)[0].strip() for process in asked}
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
