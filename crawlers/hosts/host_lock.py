"""One request at a time per host, with a pause: across the spiders of a process, processes, and machines."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from crawlers.declaration.load import is_loopback
from crawlers.errors import NotAskedError
from crawlers.failure_causes import Cause
from crawlers.hosts.turn_files import TurnFiles, Turns

_LONGEST_BACK_OFF = 3600.0
LONGEST_WAIT = 300.0
"""Seconds that one request waits for its host's pause; a host that asks for more is asked once in a round."""
LONGEST_AFTER_ROBOTS = 10.0
"""Seconds at most between a host's robots.txt and the first page of a round."""
_PAGE, _ROBOTS = "page", "robots"
HOSTS_AT_ONCE = 12
"""Hosts that one crawl asks side by side; the others wait for their turn."""


@lru_cache(maxsize=4096)
def host_key(url: str) -> str:
    """Return the host that *url* burdens; on this machine each port is a host of its own."""
    parts = urlsplit(url)
    return parts.netloc if is_loopback(url) else (parts.hostname or "")


@dataclass
class HostLease:
    """The right to ask one host one thing; given back with :meth:`Hosts.give_back`."""

    host: str
    turns: Turns


@dataclass
class Hosts:
    """Whose turn it is at each host, across the spiders of this process, and across processes.

    Processes of one machine agree through files, those of a fleet through the store of the *fleet*.
    """

    queues: dict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))
    back_off_until: dict[str, float] = field(default_factory=dict)
    crawl_delay: dict[str, float] = field(default_factory=dict)
    folders: dict[Path, TurnFiles] = field(default_factory=dict)
    fleet: Turns | None = None

    async def take_turn(self, url: str, locks: Path, pause: float, longest: float = 60.0) -> HostLease:
        """Wait until the host of *url* may be asked, for *longest* seconds at most.

        Raises NotAskedError while it has asked us to wait.
        """
        host = host_key(url)
        turns = self.fleet or self.folders.setdefault(locks, TurnFiles(locks))
        await self.queues[host].acquire()
        try:
            self._refuse_during_back_off(host)
            length = max(pause, self.crawl_delay.get(host, 0.0))
            await turns.take(host, lambda asked_before: _bearable(host, _left(asked_before, length)), longest)
        except BaseException:
            self.queues[host].release()
            raise
        return HostLease(host, turns)

    def give_back(self, turn: HostLease, *, for_robots: bool = False) -> None:
        """Let the next one ask, after the pause that starts now."""
        turn.turns.give_back(turn.host, _ROBOTS if for_robots else _PAGE)
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


def _left(asked_before: tuple[float, str] | None, pause: float) -> float:
    """Return how much of the pause since the last request is left.

    The first page after robots.txt waits as well, though never longer than a round can bear: a host that asks for an
    hour between two requests is still asked once in a round.
    """
    if asked_before is None:
        return 0.0
    since, request = asked_before
    length = min(pause, LONGEST_AFTER_ROBOTS) if request == _ROBOTS else pause
    return max(length - since, 0.0)


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
