"""Bad luck of time: a clock that is years off, and days that have another number of hours."""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from benchmarks.bad_luck.ground import ROOT, Ground
from storage import events, messages, subscriptions
from storage.database.connection import transaction
from storage.records import Cadence, Event, Filters
from storage.schema.open import open_database
from tracker.alerts import AlertSettings, compose_due, match_events
from tracker.config import Settings

_SITE = """
import datetime as _module, time as _time
_OFFSET = {offset}
_real, _real_time = _module.datetime, _time.time
class datetime(_real):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(_real_time() + _OFFSET, tz)
    @classmethod
    def utcnow(cls):
        return cls.now(_module.timezone.utc).replace(tzinfo=None)
_module.datetime = datetime
_time.time = lambda: _real_time() + _OFFSET
"""
"""What is put before every process of a round: its clock is off by so many seconds."""


def wrong_clock(offset: timedelta, ground: Ground) -> list[str]:
    """Let every process believe another year: nothing is dated by it, nobody but operators is told of anything."""
    folder = ground.home.parent / "clock"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(_SITE.format(offset=offset.total_seconds()), encoding="utf-8")
    before = ground.outcome()
    ground.practice.now = datetime.now(UTC)
    path = os.pathsep.join((str(folder), str(ROOT)))
    result = ground.check(PYTHONPATH=path, CLAUSEWATCH_TRUST_CLOCK="false")
    ground.practice.now = None
    faults = result.faults(statuses=(1,), words="problem: clock: fetch: clock")
    after = ground.outcome()
    for name in ("versions", "change_sets", "events", "alerts", "readers' messages"):
        if before[name] != after[name]:
            faults.append(f"{name} were made by a clock that is wrong: {after[name]}, not {before[name]}")
    letters = [raw for to, raw in ground.office.messages if to == "ops@policy.example"]
    if not any(b"clock" in raw for raw in letters):
        faults.append("operators were not told of the clock")
    limit = datetime.now(UTC) + timedelta(days=2)
    count = ground.rows(f"SELECT count(*) FROM snapshots WHERE fetched_at > '{limit.isoformat()}'")[0][0]
    return faults + ([f"{count} snapshots were dated by it"] if count else [])


def scheduled_after_wrong_clock(offset: timedelta, ground: Ground) -> list[str]:
    """Let the clock be wrong for a round, and right again: the schedule does not wait for the year that never was."""
    faults = wrong_clock(offset, ground)
    result = ground.command("check")
    faults += result.faults(statuses=(0, 1))
    if result.out.startswith("0 checked"):
        faults.append(f"nothing is due once the clock is right: {result.out[:120]}")
    return faults


def day_of_change(zone: str, day: date, hour: int, ground: Ground) -> list[str]:
    """Live where the clocks change on *day*, with a daily digest due at an hour that is there twice, or never."""
    home = Path(shutil.copytree(ground.home, ground.home.with_name("of another zone")))
    settings = Settings(home=home)
    with closing(open_database(settings.database)) as db:
        began = datetime.combine(day - timedelta(days=2), time(12), UTC)
        with transaction(db):
            person = subscriptions.add_subscriber(db, "dst@policy.example", timezone=zone)
            subscriptions.add(db, person, Filters(), Cadence.DAILY, hour=hour, now=began)
        pattern = events.get(db, ground.rows("SELECT min(id) FROM events")[0][0])
        alert_settings = AlertSettings(home=home, base_url="https://watch.example", secret_key=b"a key of the drill")
        days = _days_told(db, alert_settings, pattern, person, began, ZoneInfo(zone))
    expected_days = [day + timedelta(days=step) for step in (-1, 0, 1, 2)]
    return (
        []
        if days == expected_days
        else [f"digests came on {[str(told_on) for told_on in days]}, not once on each of four days"]
    )


def _days_told(
    db: Database, settings: AlertSettings, pattern: Event, person: int, began: datetime, zone: ZoneInfo
) -> list[date]:
    """Let something happen each half hour of four days, and return the local days on which a digest came."""
    days = []
    for step in range(4 * 48):
        now = began + timedelta(minutes=30 * step)
        with transaction(db):
            events.add(db, replace(pattern, id=0, key=f"drill {step}", at=now))
        match_events(db, now)
        compose_due(db, now, settings)
        count = sum(message.composed_at == now for message in messages.of_subscriber(db, person))
        days += [now.astimezone(zone).date()] * count
    return days
