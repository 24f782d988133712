"""One request at a time per host, with a pause: across the spiders of a process and across processes."""

from __future__ import annotations

import asyncio
import fcntl
import os
import re
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from crawlers.declaration.load import is_loopback
from crawlers.errors import NotAskedError
from crawlers.failure_causes import Cause

_POLL = 0.02
"""Seconds between two tries for a lock that another process holds."""
_LONGEST_BACK_OFF = 3600.0
HOSTS_AT_ONCE = 12
"""Hosts that one crawl asks side by side; the others wait for their turn."""
_REGISTRIES = frozenset("gov nic com org net edu ac co res gob gouv".split())


def host_key(url: str) -> str:
    """Return the host that *url* burdens; on this machine each port is a host of its own."""
    parts = urlsplit(url)
    return parts.netloc if is_loopback(url) else (parts.hostname or "")


def site_of(url: str) -> str:
    """Return the site *url* belongs to: what its owner registered, as far as names tell; a host of this machine.

    >>> site_of("https://eur-lex.europa.eu/x"), site_of("http://www.cac.gov.cn/y")
    ('europa.eu', 'cac.gov.cn')
    """
    labels = host_key(url).split(".")
    if is_loopback(url) or labels[-1].isdigit():
        return host_key(url)
    country = len(labels[-1]) == 2 and len(labels) > 2 and labels[-2] in _REGISTRIES
    return ".".join(labels[-3 if country else -2 :])


@dataclass
class HostLease:
    """The right to ask one host one thing; given back with :meth:`Hosts.give_back`."""

    host: str
    handle: int


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
            handle = await _lock_file(locks / f"{re.sub(r'[^a-z0-9.-]', '_', host.lower())}.lock")
            await asyncio.sleep(_left(handle, max(pause, self.crawl_delay.get(host, 0.0))))
        except BaseException:
            self.queues[host].release()
            raise
        return HostLease(host, handle)

    def give_back(self, turn: HostLease) -> None:
        """Let the next one ask, after the pause that starts now."""
        os.pwrite(turn.handle, f"{time.time():.3f}\n".encode(), 0)
        os.close(turn.handle)  # gives up the lock, too
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


async def _lock_file(path: Path) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return handle
            except BlockingIOError:
                await asyncio.sleep(_POLL)
    except BaseException:
        os.close(handle)
        raise


def _left(handle: int, pause: float) -> float:
    """Return how much of the pause since the last request is left; the clock may have been set back meanwhile."""
    stamp = os.pread(handle, 32, 0).decode("ascii", "replace").strip()
    try:
        since = time.time() - float(stamp)
    except ValueError:
        return 0.0
    return min(max(pause - since, 0.0), pause)


HOSTS = Hosts()
"""The hosts of this process: one for all its spiders, since the burden is the host's."""
