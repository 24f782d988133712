"""The fence around a worker's job: an address of PostgreSQL that may write as long as the job is the worker's.

The address names job and attempt, so that whoever is given it, a crawl's child too, is within the fence. A job is taken
from a worker that is gone, or stands still, by the next attempt; what the worker writes after that is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_NAME = re.compile(r"[?&]application_name=clausewatch-job-(?P<job>\d+)-(?P<attempt>\d+)")


@dataclass(frozen=True, slots=True)
class Fence:
    """One attempt at one job of the queue."""

    job_id: int
    attempt: int


def fenced_place(address: str, fence: Fence) -> str:
    """Return *address* for who works on the job of *fence* and no other.

    >>> fenced_place("postgresql://law.example/db", Fence(7, 0))
    'postgresql://law.example/db?application_name=clausewatch-job-7-0'
    """
    return f"{address}{'&' if '?' in address else '?'}application_name=clausewatch-job-{fence.job_id}-{fence.attempt}"


def fence_of(address: str) -> Fence | None:
    """Return the fence that *address* names, if it does."""
    hit = _NAME.search(address)
    return Fence(int(hit["job"]), int(hit["attempt"])) if hit else None


def unfenced_place(address: str) -> str:
    """Return *address* without its fence.

    >>> unfenced_place("postgresql://law.example/db?application_name=clausewatch-job-7-0")
    'postgresql://law.example/db'
    """
    return _NAME.sub("", address)
