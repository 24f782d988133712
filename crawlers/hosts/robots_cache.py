"""What each host asks of its guests in robots.txt, remembered so that the schedule need not ask again."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from datetime import time
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Manners:
    """Seconds between two requests, and the hours of the day in UTC at which visits are welcome (None: all)."""

    crawl_delay: float = 0.0
    hours: tuple[time, time] | None = None


_LAST_NOTES: dict[tuple[Path, str], Manners] = {}
"""What this process wrote: a host's robots.txt is read once in it, and asked of with every request."""


def note(folder: Path, host: str, manners: Manners) -> None:
    """Remember what *host* asks for; nothing is kept of a host that asks for nothing."""
    if _LAST_NOTES.get((folder, host)) == manners:
        return
    _LAST_NOTES[folder, host] = manners
    path = _file(folder, host)
    if manners == recall(folder, host):
        return
    if manners == Manners():
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    hours = [hour.isoformat() for hour in manners.hours] if manners.hours else None
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_text(json.dumps({"crawl_delay": manners.crawl_delay, "hours": hours}), encoding="ascii")
    temporary.replace(path)


def recall(folder: Path, host: str) -> Manners:
    """Return what *host* asked for when its robots.txt was last read; nothing when that is not known."""
    try:
        table = json.loads(_file(folder, host).read_text(encoding="ascii"))
        hours = [time.fromisoformat(hour) for hour in table["hours"] or ()]
        return Manners(float(table["crawl_delay"]), (hours[0], hours[1]) if hours else None)
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return Manners()


def _file(folder: Path, host: str) -> Path:
    return folder / f"{re.sub(r'[^a-z0-9.-]', '_', host.lower())}.robots"
