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
LONGEST_WAIT = 300.0
"""Seconds that one request waits for its host's pause; a host that asks for more is asked once in a round."""
LONGEST_AFTER_ROBOTS = 10.0
"""Seconds at most between a host's robots.txt and the first page of a round."""
_PAGE, _ROBOTS = "page", "robots"
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
    file: int


@dataclass
class Hosts:
    """Whose turn it is at each host.

    Two processes agree through a file per host that stays open: its lock dies with its holder, and it says when the
    host was asked last, and whether for robots.txt.
    """

    queues: dict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))
    back_off_until: dict[str, float] = field(default_factory=dict)
    crawl_delay: dict[str, float] = field(default_factory=dict)
    files: dict[Path, int] = field(default_factory=dict)

    async def take_turn(self, url: str, locks: Path, pause: float) -> HostLease:
        """Wait until the host of *url* may be asked; raises NotAskedError while it has asked us to wait."""
        host = host_key(url)
        await self.queues[host].acquire()
        try:
            self._refuse_during_back_off(host)
            file = await self._lock_file(host, locks)
            try:
                if left := _bearable(host, _left(file, max(pause, self.crawl_delay.get(host, 0.0)))):
                    await asyncio.sleep(left)
            except BaseException:
                fcntl.flock(file, fcntl.LOCK_UN)
                raise
        except BaseException:
            self.queues[host].release()
            raise
        return HostLease(host, file)

    def give_back(self, turn: HostLease, *, for_robots: bool = False) -> None:
        """Let the next one ask, after the pause that starts now."""
        os.pwrite(turn.file, f"{time.time():17.3f} {_ROBOTS if for_robots else _PAGE:6}\n".encode("ascii"), 0)
        fcntl.flock(turn.file, fcntl.LOCK_UN)
        self.queues[turn.host].release()

    async def _lock_file(self, host: str, locks: Path) -> int:
        """Return the file of a host, locked."""
        path = locks / f"{re.sub(r'[^a-z0-9.-]', '_', host.lower())}.lock"
        if path not in self.files:
            path.parent.mkdir(parents=True, exist_ok=True)
            self.files[path] = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        while True:
            try:
                fcntl.flock(self.files[path], fcntl.LOCK_EX | fcntl.LOCK_NB)
                return self.files[path]
            except BlockingIOError:
                await asyncio.sleep(_POLL)

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


def _left(file: int, pause: float) -> float:
    """Return how much of the pause since the last request is left; the clock may have been set back meanwhile.

    The first page after robots.txt waits as well, though never longer than a round can bear: a host that asks for an
    hour between two requests is still asked once in a round.
    """
    try:
        asked_at, what = os.pread(file, 64, 0).decode("ascii").split()
        since = time.time() - float(asked_at)
    except ValueError:
        return 0.0
    length = min(pause, LONGEST_AFTER_ROBOTS) if what == _ROBOTS else pause
    return min(max(length - since, 0.0), length)


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
