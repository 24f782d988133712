"""Processor time that one list may cost while it is walked, so that it stalls no other: a signal ends the rest."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from crawlers.errors import UnusablePageError
from crawlers.failure_causes import Cause

MOST_SECONDS = 10.0


@contextmanager
def processor_limit(url: str, seconds: float = MOST_SECONDS) -> Iterator[None]:
    """Raise UnusablePageError within this block once it has taken *seconds* of processor time.

    Outside the main thread, which alone may be signalled, and on systems without such signals nothing is limited.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def refuse(_: int, __: FrameType | None) -> None:
        raise UnusablePageError(Cause.TOO_COSTLY, f"{url}: not walked within {seconds:.0f} s of processor time")

    before = signal.signal(signal.SIGPROF, refuse)
    try:
        signal.setitimer(signal.ITIMER_PROF, seconds)
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
