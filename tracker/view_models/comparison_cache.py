"""Comparisons that nobody stored: made one at a time when they are asked for, and the last few kept."""

from __future__ import annotations

from collections import OrderedDict

from anyio import CapacityLimiter, to_thread
from fastapi import HTTPException

from storage.records import Comparison, Reading, Version
from tracker.compare import compare
from tracker.weigh import weigh

_KEPT = 8  # each is looked at inline, side by side and whole
_WAITING = 4  # more are sent away: two unrelated large laws take seconds
_BUSY = "Others are comparing large texts at this moment. Please ask again in a few seconds."


class ComparisonCache:
    """The comparisons made last, and the turn of who asks for another: pages are made beside them meanwhile."""

    def __init__(self) -> None:
        self._made: OrderedDict[tuple[str, ...], Comparison] = OrderedDict()
        self._turn = CapacityLimiter(1)

    async def of(self, old: Version, new: Version) -> Comparison:
        """Return what changed between two versions, weighed; raises 503 when too many wait for theirs."""
        key = (old.id, old.text_sha256, old.reading.reader, new.id, new.text_sha256, new.reading.reader)
        if key not in self._made:
            if self._turn.statistics().tasks_waiting >= _WAITING:
                raise HTTPException(503, _BUSY, {"Retry-After": "10"})
            async with self._turn:
                if key not in self._made:
                    self._keep(
                        key, await to_thread.run_sync(contrast, old.reading, new.reading, limiter=CapacityLimiter(1))
                    )
        self._made.move_to_end(key)
        return self._made[key]

    def _keep(self, key: tuple[str, ...], made: Comparison) -> None:
        self._made[key] = made
        if len(self._made) > _KEPT:
            self._made.popitem(last=False)


def contrast(old: Reading, new: Reading) -> Comparison:
    """Return what changed between two readings, weighed."""
    return weigh(compare(old, new), old, new)
