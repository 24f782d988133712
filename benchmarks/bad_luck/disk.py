"""Bad luck of the disk: full at any byte, torn files, a home that may only be read, and what somebody deleted."""

from __future__ import annotations

import gzip
import os
import resource
import shutil
import sqlite3
import stat
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from benchmarks.bad_luck.ground import Ground, limit, wait_until

_READER = 65534  # nobody: a user who may not write


@contextmanager
def small_disk(ground: Ground, room: int) -> Iterator[Ground]:
    """Move the home to a disk of its own that has so many bytes left, and back when it has room again."""
    disk = ground.home.parent / "disk"
    disk.mkdir()
    used_bytes = sum(path.stat().st_size + 8192 for path in ground.home.rglob("*"))
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=512m", "tmpfs", str(disk)], check=True)
    try:
        home = Path(shutil.copytree(ground.home, disk / "home"))
        used_bytes = _used_bytes(disk)
        subprocess.run(["mount", "-o", f"remount,size={used_bytes + room}", str(disk)], check=True)
        yield Ground(home, ground.practice, ground.office)
        shutil.rmtree(ground.home)
        shutil.copytree(home, ground.home)
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False)


def can_mount() -> bool:
    """Return whether this user may make a disk."""
    return os.geteuid() == 0 and shutil.which("mount") is not None


def full_disk(room: int, ground: Ground) -> list[str]:
    """Let the disk be full after so many bytes more."""
    if not can_mount():
        return largest_file(room, ground)
    with small_disk(ground, room) as small:
        faults = small.check().faults(statuses=(0, 1, 2), words="full|left on device|could not be|0 problems|problem:")
        faults += small.command("instruments").faults(
            statuses=(0, 2), words="full|left on device|practice|Measures|Act"
        )
    return faults


def largest_file(room: int, ground: Ground) -> list[str]:
    """Let no file grow beyond so many bytes more than the database has: what a quota does."""
    most = (ground.home / "clausewatch.db").stat().st_size + room
    return ground.check(limit(resource.RLIMIT_FSIZE, most)).faults(statuses=(0, 1, 2))


def torn_looks(cut: int, ground: Ground) -> list[str]:
    """Tear the last record of the file of looks, as a crash in the middle of an append does."""
    ground.check()
    ground.check()
    path = _newest_looks(ground)
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.truncate(size - cut)
    faults = ground.check().faults(statuses=(0, 1), words="")
    if path.stat().st_size >= size and _is_torn(path):
        faults.append("the torn record was not repaired")
    rows = ground.rows("SELECT text FROM problems WHERE cause = 'torn file'")
    if not rows or path.name not in rows[0][0]:
        faults.append(f"what was lost is not named: {rows}")
    return faults


def torn_append(ground: Ground) -> list[str]:
    """Leave half a record after the last whole one: an append that never ended."""
    ground.check()
    path = _newest_looks(ground)
    with path.open("ab") as file:
        file.write(gzip.compress(b"WARC/1.1\r\nWARC-Type: revisit\r\n" * 40)[:31])
    faults = ground.check().faults(statuses=(0, 1))
    if _is_torn(path):
        faults.append("the torn record was not repaired")
    return faults


def half_written(name: str, ground: Ground) -> list[str]:
    """Leave what a crash leaves beside a file that was being written."""
    path = ground.home / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"half of some")
    return ground.check().faults(statuses=(0, 1))


def torn_tile(keep: int, ground: Ground) -> list[str]:
    """Cut a tile of the log short, as a disk that lost its last pages does."""
    for tile in _tiles(ground):
        tile.write_bytes(tile.read_bytes()[:keep])
    faults = ground.check().faults(statuses=(0, 1))
    return faults + ground.command("verify", "--quick").faults(statuses=(0,))


def garbled_tile(ground: Ground) -> list[str]:
    """Fill the tiles with noise of their length."""
    for tile in _tiles(ground):
        tile.write_bytes(os.urandom(tile.stat().st_size))
    status = ground.command("verify", "--quick").faults(statuses=(1,), words="tile")
    return status + ground.check().faults(statuses=(0, 1))


def delete_made(name: str, ground: Ground) -> list[str]:
    """Delete something that is made of something else."""
    path = ground.home / name
    shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    return ground.check().faults(statuses=(0, 1))


def deleted_page(ground: Ground) -> list[str]:
    """Delete the archived page that every comparison begins with."""
    paths = list((ground.home / "archive").glob("??/*.warc.gz"))
    contents = {path: path.read_bytes() for path in paths}
    for path in paths:
        path.unlink()
    faults = ground.command("verify").faults(statuses=(1,), words="fault: snapshot")
    faults += ground.check().faults(statuses=(0, 1))
    for path, content in contents.items():
        path.write_bytes(content)  # restored from a backup
    return faults


def read_only(after_crash: bool, ground: Ground) -> list[str]:
    """Take the right to write away: what was known is shown, searched and verified; only watching says it cannot."""
    instrument = ground.rows("SELECT id FROM instruments")[0][0]
    if after_crash:
        _leave_a_journal(ground.home / "clausewatch.db")
    for path in (ground.home, *ground.home.rglob("*")):
        path.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH | (0o111 if path.is_dir() else 0))
    for path in (ground.home.parent, *ground.home.parents):
        if str(path).startswith("/tmp/") and path.stat().st_mode & 0o700 == 0o700:
            path.chmod(path.stat().st_mode | 0o055)
    try:
        with read_only_disk(ground.home):
            return _read_only_faults(instrument, ground)
    finally:
        for path in (ground.home, *ground.home.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)


@contextmanager
def read_only_disk(home: Path) -> Iterator[None]:
    """Let even the superuser write nothing there, where that can be had."""
    if not can_mount():
        yield
        return
    subprocess.run(["mount", "--bind", str(home), str(home)], check=True)
    subprocess.run(["mount", "-o", "remount,bind,ro", str(home)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(home)], check=False)


def _leave_a_journal(path: Path) -> None:
    """Leave the journal of a process that was killed before it brought it into the database."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA wal_autocheckpoint = 0")
        with db:
            db.execute("UPDATE instruments SET also = also || ' written just before'")
        contents = {end: path.with_name(path.name + end).read_bytes() for end in ("-wal", "-shm")}
    for end, content in contents.items():
        path.with_name(path.name + end).write_bytes(content)


def _read_only_faults(instrument: str, ground: Ground) -> list[str]:
    faults = []
    for words, shown_words in (
        (["instruments"], "practice|Act|规定"),
        (["search", "the"], "Act|Article|no provision|art"),
        (["history", instrument], "2026"),
        (["verify"], "0 faults"),
        (["verify", "--quick"], "0 faults"),
        (["problems"], ""),
        (["outbox"], ""),
        (["sources", "list"], "practice"),
    ):
        faults += [f"{words}: {fault}" for fault in ground.command(*words).faults(statuses=(0,), words=shown_words)]
    faults += ground.check().faults(statuses=(2,), words="written|read-only|Read-only")
    return faults + _web_faults(ground)


def _web_faults(ground: Ground) -> list[str]:
    faults: list[str] = []
    with ground.process("serve", "--port", "0") as job:
        assert job.stderr is not None
        line = job.stderr.readline()
        base = line.partition("http")[2].partition("/ ")[0]
        if not base:
            return [f"the web did not start: {line!r}"]
        for path in ("/", "/instruments", "/search?q=Act", "/sources", "/healthz", "/api/v1/instruments"):
            try:
                if not wait_until(lambda path=path: urlopen(f"http{base}{path}", timeout=20).status == 200, 20):
                    faults.append(f"{path} is not shown")
            except (URLError, OSError) as error:
                faults.append(f"{path}: {error}")
    return faults


def _tiles(ground: Ground) -> list[Path]:
    return [path for path in (ground.home / "log" / "tile").rglob("*") if path.is_file()]


def _newest_looks(ground: Ground) -> Path:
    return max((ground.home / "archive" / "revisits").glob("*.warc.gz"))


def _is_torn(path: Path) -> bool:
    try:
        with gzip.open(path) as file:
            while file.read(1 << 20):
                pass
    except (OSError, EOFError):
        return True
    return False


def _used_bytes(disk: Path) -> int:
    status = os.statvfs(disk)
    return (status.f_blocks - status.f_bfree) * status.f_frsize
