"""One process makes scheduled rounds on a database at a time; a further one stands by and takes over when it ends."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def my_round(database: Path) -> Iterator[bool]:
    """Say whether this process may make a round on *database* now; the system takes the right back when it dies."""
    database.parent.mkdir(parents=True, exist_ok=True)
    with Path(f"{database}.round").open("w", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
