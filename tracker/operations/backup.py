"""Backup: a copy of a home as it was at one instant, while rounds go on; a copy is a home again."""

from __future__ import annotations

import os
import shutil
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path

from storage.database.connection import copy_database
from tracker.config import DEMO_MARK
from tracker.context import AppContext
from tracker.errors import UsageError

_TAR_SUFFIXES = (".tar", ".tar.gz", ".tgz")
# without the first, links in letters already sent are void; without the second, the log goes on under another key
_SMALL = ("secret.key", "log.key", DEMO_MARK)
_DATABASE = "clausewatch.db"


def backup(service: AppContext, target: Path, tell: Callable[[str], None]) -> Path:
    """Copy database, archive and key to *target*, a new folder or, by its ending, a tar file; return it.

    It is there whole or not at all. The database is copied first: whatever it names was archived before.
    Raises UsageError when *target* is there already.
    """
    if target.exists():
        raise UsageError(f"{target}: is there already; a backup never writes over anything")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as folder:
        copy = Path(folder) / "clausewatch-home"
        copy.mkdir(mode=0o700)
        tell("database")
        copy_database(service.db, copy / _DATABASE)
        tell("archive")
        _copy_rest(service.settings.home, service.archive.root, copy)
        backup_path = _pack(copy, Path(folder) / "packed", target) if target.name.endswith(_TAR_SUFFIXES) else copy
        _sync_to_disk(backup_path)
        backup_path.rename(target)
    return target


def _copy_rest(home: Path, archive: Path, copy: Path) -> None:
    if archive.is_dir():
        shutil.copytree(archive, copy / "archive", ignore=shutil.ignore_patterns(".*.part"))
    for name in _SMALL:
        if (home / name).is_file():
            shutil.copy2(home / name, copy / name)
    if (home / "declarations").is_dir():
        shutil.copytree(home / "declarations", copy / "declarations")


def _pack(copy: Path, path: Path, target: Path) -> Path:
    # archived pages are compressed already: the least effort is for the database
    with tarfile.open(path, "w") if target.suffix == ".tar" else tarfile.open(path, "w:gz", compresslevel=1) as file:
        file.add(copy, arcname=copy.name)
    path.chmod(0o600)
    return path


def _sync_to_disk(path: Path) -> None:
    """Have everything of *path* on the disk before it gets its name."""
    for file_path in [path, *(path.rglob("*") if path.is_dir() else ())]:
        handle = os.open(file_path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
