"""Old Word documents are read where the system can convert them, and refused in one clear line where it cannot."""

import shutil
import stat
import sys

import pytest

from tracker.reading import RefusedError, read
from tracker.reading.structure.draft import ReadingContext

DOC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
FILLER = "The keeper of a lighthouse shall keep the lamp burning from dusk until dawn on every day of the year."


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """A folder that alone is searched for programs."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def test_without_a_program_the_refusal_says_what_to_install(programs):
    with pytest.raises(RefusedError, match="install LibreOffice or antiword"):
        read(DOC)


def test_what_the_program_prints_is_read(programs):
    program = programs / "antiword"
    program.write_text(
        f"#!{sys.executable}\nprint('REGULATION (EU) 2031/4\\n\\nArticle 1\\n{FILLER}\\n\\nArticle 2\\n{FILLER}')\n"
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    assert shutil.which("antiword") == str(program)

    reading = read(DOC, ReadingContext(jurisdiction="eu"))

    assert (reading.format, reading.counts) == ("doc", {"article": 2})
