"""One request at a time per host, with a pause: across the spiders of a process and across processes."""

from __future__ import annotations

import asyncio
import re
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from filelock import Timeout, UnixFileLock

from crawlers.declaration.load import is_loopback
from crawlers.errors import NotAskedError
from crawlers.failure_causes import Cause

_POLL = 0.02
"""Seconds between two tries for a lock that another process holds."""
_LONGEST_BACK_OFF = 3600.0
LONGEST_WAIT = 300.0
"""Seconds that one request waits for its host's pause; a host that asks for more is asked once in a round."""
HOSTS_AT_ONCE = 12
"""Hosts that one crawl asks side by side; the others wait for their turn."""


def host_key(url: str) -> str:
    """Return the host that *url* burdens; on this machine each port is a host of its own."""
    parts = urlsplit(url)
    return parts.netloc if is_loopback(url) else (parts.hostname or "")


@dataclass
class HostLease:
    """The right to ask one host one thing; given back with :meth:`Hosts.give_back`."""

    host: str
    lock: UnixFileLock
    last: Path


@dataclass
class Hosts:
    """Whose turn it is at each host. Two processes agree through a locked file per host, which dies with its holder."""

    queues: dict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))
    back_off_until: dict[str, float] = field(default_factory=dict)
    crawl_delay: dict[str, float] = field(default_factory=dict)

    async def take_turn(self, url: str, locks: Path, pause: float) -> HostLease:
        """Wait until the host of *url* may be asked; raises NotAskedError while it has asked us to wait."""
        host = host_key(url)
        await self.queues[host].acquire()
        try:
            self._refuse_during_back_off(host)
            name = re.sub(r"[^a-z0-9.-]", "_", host.lower())
            lock, last = await _lock_file(locks / f"{name}.lock"), locks / f"{name}.last"
            try:
                await asyncio.sleep(_bearable(host, _left(last, max(pause, self.crawl_delay.get(host, 0.0)))))
            except BaseException:
                lock.release()
                raise
        except BaseException:
            self.queues[host].release()
            raise
        return HostLease(host, lock, last)

    def give_back(self, turn: HostLease, *, starts_pause: bool = True) -> None:
        """Let the next one ask, after the pause that starts now; robots.txt starts none, it says how long one is."""
        if starts_pause:
            turn.last.write_text(f"{time.time():.3f}\n", encoding="ascii")
        turn.lock.release()
        self.queues[turn.host].release()

    def back_off(self, url: str, seconds: float) -> None:
        """Ask the host of *url* nothing more for so long."""
        self.back_off_until[host_key(url)] = time.monotonic() + min(seconds, _LONGEST_BACK_OFF)

    def respect(self, url: str, crawl_delay: float) -> None:
        """Keep at least the pause that the host of *url* asks for in its robots.txt."""
        host = host_key(url)
        self.crawl_delay[host] = max(self.crawl_delay.get(host, 0.0), crawl_delay)

    def _refuse_during_back_off(self, host: str) -> None:
        left = self.back_off_until.get(host, 0.0) - time.monotonic()
        if left > 0:
            raise NotAskedError(Cause.BACK_OFF, f"{host} asked us to wait; {left:.0f} s are left")


async def _lock_file(path: Path) -> UnixFileLock:
    """Return the locked file of a host; the lock dies with its holder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = UnixFileLock(path, thread_local=False)
    while True:
        try:
            lock.acquire(blocking=False)
            return lock
        except Timeout:
            await asyncio.sleep(_POLL)


def _left(last: Path, pause: float) -> float:
    """Return how much of the pause since the last request is left; the clock may have been set back meanwhile."""
    try:
        since = time.time() - float(last.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0.0
    return min(max(pause - since, 0.0), pause)


def _bearable(host: str, left: float) -> float:
    """Return how long to wait for a host; raises NotAskedError when that is longer than a round should take."""
    if left > LONGEST_WAIT:
        text = (
            f"{host} asks for so long a pause between requests that {left:.0f} s of it are left; a later round goes on"
        )
        raise NotAskedError(Cause.BACK_OFF, text)
    return left


HOSTS = Hosts()
"""The hosts of this process: one for all its spiders, since the burden is the host's."""
