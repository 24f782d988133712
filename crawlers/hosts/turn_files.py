"""The turns of hosts on one machine: a lock file per host, gone with its holder, that says when it was asked."""

from __future__ import annotations

import asyncio
import fcntl
import os
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

POLL = 0.02
"""Seconds between two tries for a lock that another process holds."""


SecondsLeft = Callable[[tuple[float, str] | None], float]
"""How long to wait for a host that was asked so long ago, and for what; raises NotAskedError when that is too long."""


class Turns(Protocol):
    """What processes agree through on whose turn it is at a host."""

    async def take(self, host: str, seconds_left: SecondsLeft, longest: float) -> None:
        """Wait until no other asks *host*, and its pause is over; it may then be asked, for *longest* seconds."""

    def give_back(self, host: str, request: str) -> None:
        """Note that *host* was asked, for what, and let others to it."""


@dataclass
class TurnFiles:
    """The turns in a folder; two processes agree through a file per host that stays open."""

    folder: Path
    files: dict[str, int] = field(default_factory=dict)

    async def take(self, host: str, seconds_left: SecondsLeft, longest: float) -> None:  # noqa: ARG002 - the lock dies with its holder, and its request with it
        """Wait until no other process holds the file of *host*, and its pause is over."""
        await self._lock(host)
        try:
            if left := seconds_left(self._seconds_since(host)):
                await asyncio.sleep(left)
        except BaseException:
            fcntl.flock(self.files[host], fcntl.LOCK_UN)
            raise

    def give_back(self, host: str, request: str) -> None:
        """Write down when *host* was asked, and give the lock back."""
        os.pwrite(self.files[host], f"{time.time():17.3f} {request:6}\n".encode("ascii"), 0)
        fcntl.flock(self.files[host], fcntl.LOCK_UN)

    async def _lock(self, host: str) -> None:
        if host not in self.files:
            path = self.folder / f"{re.sub(r'[^a-z0-9.-]', '_', host.lower())}.lock"
            path.parent.mkdir(parents=True, exist_ok=True)
            self.files[host] = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        while True:
            try:
                fcntl.flock(self.files[host], fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                await asyncio.sleep(POLL)

    def _seconds_since(self, host: str) -> tuple[float, str] | None:
        """Return what the file says; the clock may have been set back meanwhile."""
        try:
            asked_at, request = os.pread(self.files[host], 64, 0).decode("ascii").split()
            return max(time.time() - float(asked_at), 0.0), request
        except ValueError:
            return None
