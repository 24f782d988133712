"""What reading one page may cost: processor time, memory and depth; never wall time, which a busy machine spends."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
import time
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from types import FrameType
from typing import Any

from tracker.reading.errors import RefusedError

resource: Any = import_module("resource") if find_spec("resource") else None  # not every system has limits

MOST_MEMORY = 2_000_000_000
DEEPEST_CALL = 3_000
_LEAST_SECONDS = 10
_SECONDS_A_MEGABYTE = 2


def seconds_for(size: int) -> int:
    """Return how many seconds of processor time a page of *size* bytes may take."""
    return _LEAST_SECONDS + _SECONDS_A_MEGABYTE * -(-size // 1_000_000)


def limit_memory() -> None:
    """Give this process no more memory than a page of law needs, and deep enough a stack for its tree."""
    sys.setrecursionlimit(DEEPEST_CALL)
    if resource is None:
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def allow_processor_time(size: int) -> None:
    """Let the system end this process once it has spent what a page of *size* bytes may take from now on."""
    if resource is None:
        return
    with contextlib.suppress(ValueError, OSError):
        _set_limit(seconds_for(size))


@contextlib.contextmanager
def processor_limit(size: int) -> Iterator[None]:
    """Raise RefusedError in this process once a page of *size* bytes has taken its processor time.

    For a process that must end with a clear line. Nothing is limited outside the main thread, which alone may be
    signalled, and on systems without such limits.
    """
    seconds = seconds_for(size)
    if threading.current_thread() is not threading.main_thread() or resource is None:
        yield
        return

    def refuse(_: int, __: FrameType | None) -> None:
        raise RefusedError(f"too costly: not read within {seconds} seconds of processor time")

    before = signal.signal(signal.SIGXCPU, refuse)
    soft, hard = _set_limit(seconds)
    try:
        yield
    finally:
        _restore(soft, hard)
        signal.signal(signal.SIGXCPU, before)


def _set_limit(seconds: int) -> tuple[int, int]:
    """Signal this process when it has spent *seconds* more; return the limits that held before."""
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    until = int(time.process_time()) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (until if hard < 0 else min(until, hard), hard))
    return soft, hard


def _restore(soft: int, hard: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
