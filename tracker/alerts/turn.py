"""One process delivers at a time: a lock the system takes back when its holder dies, however it dies."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def my_turn(home: Path) -> Iterator[bool]:
    """Say whether this process may deliver now; when another one does, it will see to our messages too."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "deliver.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
