"""Locks between processes: one makes scheduled rounds on a database at a time, one delivers from a home at a time.

The system takes a lock back when its holder dies, however it dies; who does not get it leaves the work to its holder.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


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
    with path.open("w", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
