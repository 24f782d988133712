"""A crash in the middle of an append costs one record, which is named; nothing that is whole is touched."""

import gzip
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage import archive
from storage.archive import Archive
from storage.errors import UnwritableArchiveError
from storage.repair_looks import repair_looks

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PAGE = "https://law.example/act"


def looks(root, count=3):
    archive_kept = Archive(root)
    _, name = archive_kept.keep(PAGE, [], 200, "OK", [], b"the act", NOON)
    for hour in range(count):
        archive_kept.revisit(PAGE, [], 304, "Not Modified", [], name, NOON + timedelta(hours=hour))
    return archive.looks_files(root)[0]


def never_known(name, size):
    return False


def repair(root):
    return list(repair_looks(root, never_known))


@pytest.mark.parametrize("cut", [1, 7, 100])
def test_a_record_that_was_cut_is_set_aside_and_named(tmp_path, cut):
    path = looks(tmp_path)
    whole = path.read_bytes()
    os.truncate(path, len(whole) - cut)

    records = repair(tmp_path)

    assert [one.file for one in records] == [path.name]
    assert f"{records[0].lost_bytes} bytes" in str(records[0])
    assert whole.startswith(path.read_bytes())
    assert (path.parent / records[0].aside).read_bytes() == whole[records[0].at : len(whole) - cut]
    assert list(archive.unresolved_revisits(tmp_path)) == []
    assert repair(tmp_path) == []


def test_what_was_appended_after_a_torn_record_stays(tmp_path):
    path = looks(tmp_path, count=1)
    first = path.read_bytes()
    path.write_bytes(first + first[: len(first) // 2] + first)

    records = repair(tmp_path)

    assert path.read_bytes() == first + first
    assert records[0].lost_bytes == len(first) // 2


def test_noise_at_the_end_is_no_record(tmp_path):
    path = looks(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole + gzip.compress(b"something that is no WARC record"))

    repair(tmp_path)

    assert path.read_bytes() == whole


def test_whole_files_are_left_alone(tmp_path):
    path = looks(tmp_path)
    before = (path.read_bytes(), path.stat().st_mtime_ns)

    assert repair(tmp_path) == []
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_a_file_known_to_be_whole_is_not_read_again(tmp_path):
    path = looks(tmp_path)
    os.truncate(path, path.stat().st_size - 1)

    assert list(repair_looks(tmp_path, lambda name, size: name == path.name)) == []


def test_a_file_of_nothing_but_a_torn_record_is_empty_afterwards(tmp_path):
    path = looks(tmp_path, count=1)
    os.truncate(path, 40)

    assert len(repair(tmp_path)) == 1
    assert path.read_bytes() == b""


def test_a_disk_that_takes_half_a_record_keeps_none_of_it(tmp_path, monkeypatch):
    path = looks(tmp_path, count=1)
    size = path.stat().st_size
    device = "/dev/full"
    if not Path(device).exists():
        pytest.skip("this system has no disk that is always full")
    path.unlink()
    path.symlink_to(device)

    with pytest.raises(UnwritableArchiveError, match="could not be kept"):
        Archive(tmp_path).revisit(PAGE, [], 304, "", [], next(archive.names(tmp_path)), NOON)
    assert size
