"""Backoff: how long each host has asked us to wait, remembered from one crawl to the next."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

FIRST = timedelta(minutes=1)
"""The wait when a host says that it is too much and not for how long; doubled each time it says so again."""
LONGEST = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wait:
    """Until when a host is left alone, and how often in a row it has asked for that."""

    until: datetime
    times: int


def ask_later(folder: Path, host: str, now: datetime, retry_after: timedelta | None) -> Wait:
    """Remember that *host* asked us to wait, for the time *retry_after* or for longer each time; return the wait."""
    before = _read(_file(folder, host))
    in_a_row = before is not None and now - before.until < LONGEST
    times = before.times + 1 if before is not None and in_a_row else 1
    longest = retry_after if retry_after is not None else FIRST * 2 ** min(times - 1, 12)
    wait = Wait(now + min(longest, LONGEST), times)
    path = _file(folder, host)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_text(f"{wait.until.isoformat()} {wait.times}\n", encoding="ascii")
    temporary.replace(path)
    return wait


def forget_wait(folder: Path, host: str) -> None:
    """Forget that *host* asked us to wait: it answers again."""
    path = _file(folder, host)
    if path.exists():  # after every answer, and hardly ever
        path.unlink(missing_ok=True)


def left(folder: Path, host: str, now: datetime) -> timedelta:
    """Return how long *host* is to be left alone."""
    wait = _read(_file(folder, host))
    time_left = wait.until - now if wait is not None else timedelta()
    return time_left if timedelta() < time_left <= LONGEST else timedelta()  # longer ones a wrong clock wrote


def until(folder: Path, host: str) -> datetime | None:
    """Return the instant until which *host* asked to be left alone, if it did; it may have passed."""
    wait = _read(_file(folder, host))
    return wait.until if wait is not None else None


@lru_cache
def _file(folder: Path, host: str) -> Path:
    return folder / f"{re.sub(r'[^a-z0-9.-]', '_', host.lower())}.wait"


def _read(path: Path) -> Wait | None:
    try:
        until, times = path.read_text(encoding="ascii").split()
        return Wait(datetime.fromisoformat(until).astimezone(UTC), int(times))
    except (OSError, ValueError):
        return None
