"""robots.txt as RFC 9309 means it: 4xx allows everything, 5xx and silence forbid everything."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlsplit

from protego import Protego

from crawlers.errors import NotAskedError
from crawlers.failure_causes import Cause
from crawlers.hosts.robots_cache import Manners

AGENT = "Clausewatch"
LARGEST = 512 * 1024
"""Bytes of a robots.txt that are read; the standard asks for at least 500 KiB."""
_UNBEARABLE = 3600.0

Fetch = Callable[[str], Awaitable[tuple[int, bytes]]]
"""Fetch an address and return status and body; raises NotAskedError when nothing answers."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What one origin allows; without a parser, everything or nothing."""

    parser: Protego | None
    otherwise: bool
    reason: str = ""
    cause: Cause = Cause.ROBOTS

    def allows(self, url: str) -> bool:
        """Say whether *url* may be asked for."""
        return bool(self.parser.can_fetch(url, AGENT)) if self.parser is not None else self.otherwise

    def outside_hours(self, now: datetime) -> str:
        """Return the hours at which the origin wants to be visited, when *now* is not within them; in UTC."""
        hours = self.manners.hours
        if hours is None:
            return ""
        (start, end), moment = hours, now.astimezone(UTC).time()
        within = start <= moment <= end if start <= end else moment >= start or moment <= end
        return "" if within else f"{start:%H:%M} to {end:%H:%M} UTC"

    @property
    def manners(self) -> Manners:
        """What the origin asks of its guests; nothing when it says nothing."""
        if self.parser is None:
            return Manners()
        hours, delay = self.parser.visit_time(AGENT), self.parser.crawl_delay(AGENT)
        return Manners(
            min(float(delay or 0.0), _UNBEARABLE), (hours.start_time, hours.end_time) if hours is not None else None
        )


@dataclass
class Robots:
    """The rules of each origin, asked for once per process.

    One task per origin: a task may be awaited by many, and each gets the same answer. (A shared Deferred gives it to
    the first one only; the others would pass.)
    """

    tasks: dict[str, asyncio.Task[Rules]] = field(default_factory=dict)

    async def rules(self, url: str, fetch: Fetch) -> Rules:
        """Return the rules of the origin of *url*."""
        origin = "{0.scheme}://{0.netloc}".format(urlsplit(url))
        if origin not in self.tasks:
            self.tasks[origin] = asyncio.ensure_future(_ask(f"{origin}/robots.txt", fetch))
        return await asyncio.shield(self.tasks[origin])


async def _ask(url: str, fetch: Fetch) -> Rules:
    try:
        status, body = await fetch(url)
    except NotAskedError as error:
        return Rules(None, otherwise=False, reason=f"robots.txt cannot be had: {error}", cause=error.cause)
    if 200 <= status < 300:
        text = body[:LARGEST].decode("utf-8", "replace")
        return Rules(Protego.parse(text), otherwise=True, reason="robots.txt disallows it")
    if 400 <= status < 500 and status != 429:
        return Rules(None, otherwise=True)
    return Rules(None, otherwise=False, reason=f"robots.txt answers {status}")


ROBOTS = Robots()
"""The rules known to this process."""
