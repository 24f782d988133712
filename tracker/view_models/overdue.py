"""Overdue sources: what was not read within its promise, and a watcher that stopped altogether."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from storage import checks
from storage.checks import Looks
from storage.records import Source
from tracker.schedule import longest_silence

_A_ROUND = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Watch:
    """How the watching goes: sources declared, pages watched, the last look, since when which source is overdue.

    ``stopped_since`` is when some look should have been made at the latest and none was, of whatever source.
    """

    source_count: int
    pages: int
    last_at: datetime | None
    overdue: Mapping[str, datetime]
    stopped_since: datetime | None

    @property
    def says(self) -> str:
        """Say in a few words how the watching goes, for a program."""
        if self.last_at is None:
            return "not begun"
        return f"overdue since {self.stopped_since.isoformat()}" if self.stopped_since else "on time"


def watch_of(db: Database, sources: Mapping[str, Source], now: datetime) -> Watch:
    """Return how the watching of the declared *sources* goes as of *now*."""
    looks = {name: look for name, look in checks.of_sources(db).items() if name in sources}
    last = max((look.last_at for look in looks.values() if look.last_at), default=None)
    due = {name: overdue_at(sources[name], look) for name, look in looks.items()}
    return Watch(
        source_count=len(sources),
        pages=sum(look.pages for look in looks.values()),
        last_at=last,
        overdue={name: at for name, at in sorted(due.items()) if at is not None and at < now},
        stopped_since=_stopped_since(sources, looks, last, now),
    )


def overdue_at(source: Source, looks: Looks) -> datetime | None:
    """Return when *source* is overdue unless it is read before; None when none of its pages was ever watched."""
    since = looks.last_good_at or looks.first_seen_at
    return since + longest_silence(source) if since else None


def _stopped_since(
    sources: Mapping[str, Source], looks: Mapping[str, Looks], last: datetime | None, now: datetime
) -> datetime | None:
    shortest = min((sources[name].every for name in looks), default=None)
    if last is None or shortest is None:
        return None
    at = last + 2 * shortest + _A_ROUND
    return at if at < now else None
