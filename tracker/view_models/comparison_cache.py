"""Comparison cache: comparisons nobody stored, made one at a time when asked for, and the last few kept."""

from __future__ import annotations

from collections import OrderedDict

from anyio import CapacityLimiter, to_thread
from fastapi import HTTPException

from storage.records import Comparison, Reading, Version
from tracker.compare import compare
from tracker.weigh import weigh

_MAX_CACHED = 8  # each is looked at inline, side by side and whole
_MAX_QUEUE = 4  # more are sent away: two unrelated large laws take seconds
_BUSY = "Others are comparing large texts at this moment. Please ask again in a few seconds."


class ComparisonCache:
    """The comparisons made last, and the turn of who asks for another: pages are made beside them meanwhile."""

    def __init__(self) -> None:
        self._cache: OrderedDict[tuple[str, ...], Comparison] = OrderedDict()
        self._turn = CapacityLimiter(1)

    async def of(self, old: Version, new: Version) -> Comparison:
        """Return what changed between two versions, weighed; raises 503 when too many wait for theirs."""
        key = (old.id, old.text_sha256, old.reading.reader, new.id, new.text_sha256, new.reading.reader)
        if key not in self._cache:
            if self._turn.statistics().tasks_waiting >= _MAX_QUEUE:
                raise HTTPException(503, _BUSY, {"Retry-After": "10"})
            async with self._turn:
                if key not in self._cache:
                    self._keep(
                        key, await to_thread.run_sync(contrast, old.reading, new.reading, limiter=CapacityLimiter(1))
                    )
        self._cache.move_to_end(key)
        return self._cache[key]

    def _keep(self, key: tuple[str, ...], comparison: Comparison) -> None:
        self._cache[key] = comparison
        if len(self._cache) > _MAX_CACHED:
            self._cache.popitem(last=False)


def contrast(old: Reading, new: Reading) -> Comparison:
    """Return what changed between two readings, weighed."""
    return weigh(compare(old, new), old, new)
