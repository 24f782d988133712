"""Locks between processes, by filelock: one makes scheduled rounds on a database at a time, one delivers from a home.

The system takes a lock back when its holder dies, however it dies; who does not get it leaves the work to its holder.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout


@contextmanager
def try_round_lock(database: Path) -> Iterator[bool]:
    """Take the lock of scheduled rounds on *database*; yield whether it is ours."""
    with _try_lock(Path(f"{database}.round")) as ours:
        yield ours


@contextmanager
def try_delivery_lock(home: Path) -> Iterator[bool]:
    """Take the lock of delivery from *home*; yield whether it is ours."""
    with _try_lock(home / "deliver.lock") as ours:
        yield ours


@contextmanager
def _try_lock(path: Path) -> Iterator[bool]:
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        lock.release()
