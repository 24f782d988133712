"""Clock: whether this machine's clock agrees with the Date headers of servers; a year off, nothing is dated by it.

One server may be wrong; so a disagreement counts only while no other server has agreed with our clock of late.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

YEAR_OFF = timedelta(days=330)
"""From so much on no cache and no slow server explains it: one of the two clocks is wrong."""
_AGREES = timedelta(days=1)
_MEMORY = timedelta(days=2)
_AGAIN = timedelta(hours=1)
_FILE = "clock.agreed"


def server_offset(headers: Iterable[tuple[str, str]], now: datetime) -> timedelta | None:
    """Return how far a server's clock is ahead of *now*, by Date and by Age where a cache answered; None if unsaid."""
    fields = {name.lower(): value.strip() for name, value in headers}
    try:
        server_time = parsedate_to_datetime(fields["date"])
        age = int(fields.get("age", "0")[:9])
        return (
            (server_time if server_time.tzinfo else server_time.replace(tzinfo=UTC))
            + timedelta(seconds=max(age, 0))
            - now
        )
    except (KeyError, ValueError, OverflowError):
        return None


def clock_refusal(folder: Path, headers: Iterable[tuple[str, str]], now: datetime) -> str:
    """Return why an answer is not dated by our clock; empty when its server agrees, says nothing, or stands alone.

    *folder* is where it is remembered that a server agreed.
    """
    offset = server_offset(headers, now)
    if offset is None:
        return ""
    if abs(offset) <= _AGREES:
        _remember(folder, now)
        return ""
    if abs(offset) < YEAR_OFF or agreed_of_late(folder, now):
        return ""
    side = "ahead of" if offset < timedelta() else "behind"
    server_now, days = f"{now + offset:%Y-%m-%d}", abs(offset).days
    return f"it is {now:%Y-%m-%d} here and {server_now} there: our clock is {days} days {side} the server's"


def agreed_of_late(folder: Path, now: datetime) -> bool:
    """Return whether a server agreed with our clock within the last days, by that clock itself."""
    at = _recall(folder)
    return at is not None and timedelta() <= now - at <= _MEMORY


def _remember(folder: Path, now: datetime) -> None:
    at = _recall(folder)
    if at is not None and timedelta() <= now - at < _AGAIN:
        return
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f".{_FILE}.{os.getpid()}"
    temporary.write_text(f"{now.astimezone(UTC).isoformat()}\n", encoding="ascii")
    temporary.replace(folder / _FILE)


def _recall(folder: Path) -> datetime | None:
    try:
        return datetime.fromisoformat((folder / _FILE).read_text(encoding="ascii").strip()).astimezone(UTC)
    except (OSError, ValueError):
        return None
