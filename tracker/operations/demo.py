"""The demonstration: the practice regulators' days played through the real journey, on a given clock."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from sqlite_utils import Database

from crawlers.declaration.load import load as load_sources
from crawlers.practice import Practice, days
from crawlers.practice import declarations as practice_declarations
from storage import subscriptions
from storage.database.connection import transaction
from storage.records import Cadence, Channel, Filters
from tracker.config import DEMO_MARK, Settings
from tracker.context import open_context
from tracker.errors import UsageError
from tracker.pipeline.round_report import RoundReport
from tracker.pipeline.run import one_round

_HOUR = time(9)  # of each day's look
DEMO_READER = "policy-team@example.org"
Table = list[tuple[int, str, RoundReport]]


def play(settings: Settings, say: Callable[[str], None], ends_at: datetime | None = None) -> Table:
    """Play every practice day into the home of *settings*, afresh, and return each day's round.

    The last of them is the day of *ends_at*, looked at no later than then, or the day the practice calls it: the law
    says the same whenever it is looked at.
    Raises UsageError when the home holds anything but a demo. Mail is only filed: no server is asked.
    """
    home = _fresh_home(settings.home)
    settings = settings.model_copy(update={"smtp_url": "", "database_url": ""})
    table: Table = []
    with Practice() as practice:
        folder = home / "declarations"
        for name, text in practice_declarations(practice.origins).items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        sources = load_sources((folder,))
        later = (ends_at.date() - days()[-1].on) if ends_at else timedelta(0)
        hour = min(_HOUR, ends_at.time().replace(minute=0, second=0, microsecond=0)) if ends_at else _HOUR
        for day in days():
            practice.day = day.number
            now = datetime.combine(day.on + later, hour, UTC)
            service = open_context(settings, sources, (folder,), _TickingClock(now))
            if not table:
                _subscribe_reader(service.db, now - timedelta(days=1))
            say(f"day {day.number} ({now.date().isoformat()}): {day.story}")
            report = one_round(service)
            service.db.close()
            table.append((day.number, day.story, report))
    return table


class _TickingClock:
    """A given clock: the day's hour, a microsecond later at each look, so that order is kept."""

    def __init__(self, start: datetime) -> None:
        self.now = start

    def __call__(self) -> datetime:
        self.now += timedelta(microseconds=1)
        return self.now


def _subscribe_reader(db: Database, since: datetime) -> None:
    with transaction(db):
        reader = subscriptions.add_subscriber(db, DEMO_READER, name="Policy team")
        subscriptions.add(db, reader, Filters(), cadence=Cadence.AT_ONCE, channel=Channel.EMAIL, hour=8, now=since)


def _fresh_home(home: Path) -> Path:
    if home.exists() and any(home.iterdir()) and not (home / DEMO_MARK).exists():
        raise UsageError(f"{home}: holds something that is no demo; name another place in CLAUSEWATCH_HOME")
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    (home / DEMO_MARK).write_text(
        "Made by `clausewatch demo`, which deletes it when it runs again.\n", encoding="ascii"
    )
    return home
