"""The drill: back up while a round runs, restore elsewhere, and everything verifies; and each fault is named."""

import re
import tarfile
import threading

import pytest

from crawlers.declaration.load import load
from storage import snapshots, versions
from storage.database.connection import execute, transaction
from tracker.config import Settings
from tracker.context import open_context
from tracker.errors import UsageError
from tracker.operations.backup import backup
from tracker.operations.verify import verify
from tracker.pipeline.run import one_round

SOURCES = ("cn_cac_practice_deep_synthesis", "eu_cellar_practice_act")


def silent(text):
    """Tell nobody."""


def open_copy(home, folder):
    return open_context(Settings(home=home), load((folder,)), (folder,), to_watch=False)


@pytest.fixture
def watched_home(watch):
    service = watch(day=1, only=SOURCES)
    one_round(service)
    yield service
    service.db.close()


def test_a_backup_made_while_a_round_runs_is_a_whole_home(watched_home, tmp_path, practice):
    practice.day = 2
    watched_home.clock.set(2)
    copier = open_copy(watched_home.settings.home, watched_home.folders[0])
    round_made = threading.Event()
    backups = []

    def copy_until_the_round_ends():
        while not backups or (not round_made.is_set() and len(backups) < 5):
            backups.append(backup(copier, tmp_path / f"copy-{len(backups)}", silent))

    thread = threading.Thread(target=copy_until_the_round_ends)
    thread.start()
    one_round(watched_home, all_pages=True)
    round_made.set()
    thread.join()
    copier.db.close()

    for home in backups:
        copy = open_copy(home, watched_home.folders[0])
        assert verify(copy, silent).faults == []
        for row in versions.all_versions(copy.db):  # whatever the copy knows, the home knows the same
            assert versions.get(copy.db, row.id).reading.title == versions.get(watched_home.db, row.id).reading.title
        copy.db.close()


def test_a_restored_home_goes_on_from_where_it_was(watched_home, tmp_path, practice):
    copy = open_copy(backup(watched_home, tmp_path / "copy", silent), watched_home.folders[0])
    version_count = len(versions.all_versions(copy.db))
    practice.day = 2

    report = one_round(copy, all_pages=True)

    assert report.new_versions >= 1
    assert len(versions.all_versions(copy.db)) == version_count + report.new_versions
    assert verify(copy, silent).faults == []
    copy.db.close()


def test_a_packed_backup_is_unpacked_into_the_same_history(watched_home, tmp_path):
    path = backup(watched_home, tmp_path / "copy.tar.gz", silent)

    with tarfile.open(path) as file:
        file.extractall(tmp_path / "elsewhere", filter="data")
    copy = open_copy(tmp_path / "elsewhere" / "clausewatch-home", watched_home.folders[0])

    assert versions.all_versions(copy.db) == versions.all_versions(watched_home.db)
    assert verify(copy, silent).faults == []
    assert path.stat().st_mode & 0o077 == 0
    copy.db.close()


def test_a_backup_writes_over_nothing_and_leaves_nothing_half_made(watched_home, tmp_path):
    (tmp_path / "there").mkdir()
    with pytest.raises(UsageError, match="is there already"):
        backup(watched_home, tmp_path / "there", silent)

    def stop_at_archive(text):
        if text == "archive":
            raise KeyboardInterrupt

    target = tmp_path / "copies" / "copy"
    with pytest.raises(KeyboardInterrupt):
        backup(watched_home, target, stop_at_archive)
    assert list(target.parent.iterdir()) == []


def _page_gone(service):
    snapshot = snapshots.get(service.db, snapshots.all_ids(service.db)[0])
    (service.archive.root / snapshot.archived_as).unlink()
    return "snapshot 1: .*cannot be read from the archive"


def _page_changed(service):
    snapshot = snapshots.get(service.db, snapshots.all_ids(service.db)[0])
    path = service.archive.root / snapshot.archived_as
    path.write_bytes(path.read_bytes()[:-40])
    return "snapshot 1"


def _length_wrong(service):
    execute(service.db, "UPDATE snapshots SET length = length + 1 WHERE id = 1")
    return "snapshot 1: .* bytes are kept"


def _pack_spoilt(service):
    with transaction(service.db):
        execute(service.db, "UPDATE packs SET content = substr(content, 1, 20) WHERE length(content) > 100")
    return "version .*: pack \\d+"


def _pids_lost(service):
    execute(service.db, "UPDATE provisions SET pid = '' WHERE version_row = (SELECT min(version_row) FROM provisions)")
    return "have no persistent id"


def _reference_broken(service):
    execute(service.db, "PRAGMA foreign_keys = OFF")
    execute(service.db, "DELETE FROM instruments WHERE id = (SELECT instrument_id FROM versions LIMIT 1)")
    return "database: .*names no row"


def _looks_cut_off(service):
    [path, *_] = (service.archive.root / "revisits").glob("*.warc.gz")
    path.write_bytes(path.read_bytes()[:-15])
    return "revisits/.*cannot be read"


@pytest.mark.parametrize(
    "spoil", [_page_gone, _page_changed, _length_wrong, _pack_spoilt, _pids_lost, _reference_broken, _looks_cut_off]
)
def test_each_fault_is_named(watched_home, spoil):
    one_round(watched_home, all_pages=True)
    assert verify(watched_home, silent).faults == []

    words = spoil(watched_home)

    faults = verify(watched_home, silent).faults
    assert faults
    assert re.search(words, "\n".join(faults)), faults
