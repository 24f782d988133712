"""How often one reader may ask for what costs us work."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from fastapi import HTTPException, Request

_MOST_READERS = 10_000


class Allowance:
    """So many costly questions a minute for each address; what is not used is saved up to one minute's worth."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def spend(self, reader: str) -> bool:
        """Take one question from the allowance of *reader*; say whether there was one left."""
        with self._lock:
            now = self._clock()
            left, since = self._left.pop(reader, (float(self._per_minute), now))
            left = min(self._per_minute, left + (now - since) * self._per_minute / 60)
            allowed = left >= 1
            self._left[reader] = (left - 1 if allowed else left, now)
            if len(self._left) > _MOST_READERS:
                self._left.popitem(last=False)
            return allowed


def costly(request: Request) -> None:
    """Refuse a reader who asks too much; a dependency of costly pages."""
    allowance: Allowance = request.app.state.allowance
    if not allowance.spend(request.client.host if request.client else ""):
        raise HTTPException(429, "That was a lot of questions at once. Please wait a minute.", {"Retry-After": "60"})
