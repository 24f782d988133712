"""A database that cannot be written is still read, and says why to whoever would write."""

import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from tempfile import mkdtemp

import pytest

from storage.database.connection import query, transaction
from storage.errors import DamagedDatabaseError, UnopenableDatabaseError
from storage.schema.open import open_database

pytestmark = pytest.mark.sqlite
_AS_NOBODY = """
import os, sys
from pathlib import Path
from storage.schema.open import open_database
from storage.database.connection import query, transaction
os.chdir(sys.argv[1])
open_database(Path("clausewatch.db")).close()  # all that is imported late, while it may be read
os.chmod(".", 0o555)
os.setgid(65534); os.setuid(65534)
db = open_database(Path("clausewatch.db"))
print(query(db, "SELECT count(*) AS count FROM instruments")[0]["count"])
try:
    with transaction(db):
        pass
except Exception as error:
    print(type(error).__name__, error)
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="only the superuser may become nobody")
def test_who_may_not_write_reads():
    folder = Path(mkdtemp())  # no folder of the test's: nobody may not enter those
    path = folder / "clausewatch.db"
    open_database(path).close()

    completion = subprocess.run(
        [sys.executable, "-c", _AS_NOBODY, str(folder)], capture_output=True, text=True, check=False
    )

    assert completion.stderr == ""
    assert completion.stdout.splitlines()[0] == "0"
    assert "UnopenableDatabaseError" in completion.stdout
    assert "clausewatch.db" in completion.stdout
    shutil.rmtree(folder)


def test_a_database_whose_journal_cannot_be_kept_is_read_as_it_stands(tmp_path):
    path = tmp_path / "clausewatch.db"
    open_database(path).close()
    for end in ("-wal", "-shm"):
        path.with_name(path.name + end).mkdir()

    with closing(open_database(path)) as db:
        assert query(db, "SELECT count(*) AS count FROM instruments")[0]["count"] == 0
        with pytest.raises(UnopenableDatabaseError), transaction(db):
            pass


def test_what_is_no_database_is_not_taken_for_one_that_cannot_be_written(tmp_path):
    path = tmp_path / "clausewatch.db"
    path.write_bytes(b"a letter" * 1000)

    with pytest.raises(DamagedDatabaseError):
        open_database(path)


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(UnopenableDatabaseError):
        open_database(tmp_path / "nowhere" / "clausewatch.db")
