"""Send queue of the mail server: domain by domain, each with a pause, each on one connection at a time."""

from __future__ import annotations

import asyncio
import heapq
import time
from collections import defaultdict, deque
from collections.abc import Iterable

from storage.messages import PendingMessage


class SendQueue:
    """What waits, in one lane for each domain; who takes from a lane has it to himself until he gives it back."""

    def __init__(self, mail: Iterable[PendingMessage], pause: float, end: float) -> None:
        self._pause, self._end = pause, end
        self._lanes: dict[str, deque[PendingMessage]] = defaultdict(deque)
        for message in mail:
            self._lanes[_domain(message)].append(message)
        self._free = [(0.0, lane[0].id, domain) for domain, lane in self._lanes.items()]
        heapq.heapify(self._free)

    def __len__(self) -> int:
        return sum(map(len, self._lanes.values()))

    @property
    def count(self) -> int:
        """Return how many lanes there are."""
        return len(self._lanes)

    async def take(self) -> PendingMessage | None:
        """Return what is next once its lane may be used again; None when no lane is free, or the time is over."""
        if not self._free:
            return None
        at, _, domain = heapq.heappop(self._free)
        await asyncio.sleep(max(0.0, at - time.monotonic()))
        return self._lanes[domain].popleft() if time.monotonic() < self._end else None

    def give_back(self, message: PendingMessage) -> None:
        """Let the lane *message* came from be used again after the pause."""
        domain = _domain(message)
        if self._lanes[domain]:
            heapq.heappush(self._free, (time.monotonic() + self._pause, self._lanes[domain][0].id, domain))

    def put_back(self, message: PendingMessage) -> None:
        """Put what could not be carried at the head of its lane again."""
        self._lanes[_domain(message)].appendleft(message)
        heapq.heappush(self._free, (time.monotonic(), message.id, _domain(message)))


def _domain(message: PendingMessage) -> str:
    return message.address.rpartition("@")[2].lower()
