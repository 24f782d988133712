"""Locks between processes, by filelock: one makes scheduled rounds on a database at a time, one delivers from a home.

The system takes a lock back when its holder dies, however it dies; who does not get it leaves the work to its holder.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from sqlite_utils import Database

from storage.database.connection import is_postgresql, session_lock
from storage.database.place import StorePlace
from storage.schema.open import open_database


@contextmanager
def try_round_lock(database: StorePlace) -> Iterator[bool]:
    """Take the lock of scheduled rounds on *database*; yield whether it is ours.

    On PostgreSQL it is a lock of a session of the store, which holds for every machine.
    """
    with _try_lock(Path(f"{database}.round")) if isinstance(database, Path) else _try_session(database) as ours:
        yield ours


@contextmanager
def try_delivery_lock(home: Path, db: Database) -> Iterator[bool]:
    """Take the lock of delivery from *home*, and from the store where others share it; yield whether it is ours."""
    with _try_lock(home / "deliver.lock") as ours:
        if not (ours and is_postgresql(db)):
            yield ours
            return
        with session_lock(db, "deliver") as of_the_store:
            yield of_the_store


@contextmanager
def _try_session(address: str) -> Iterator[bool]:
    with closing(open_database(address)) as db, session_lock(db, "round") as ours:
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
