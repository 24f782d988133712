"""Which dates are near: a reminder for each lead of each standing date, opened when its day begins anywhere on earth.

Whoever is told gets it on their own day (``alerts``). A date that became known inside a lead is told by what made it
known; the next lead reminds of it. After a standstill only the nearest lead is opened: two reminders say no more.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files

from sqlite_utils import Database

from storage import events, milestones, versions
from storage.database.connection import transaction
from storage.milestones import Ahead
from storage.records import EventKind, MilestoneKind, ReviewState, Weight
from tracker.pipeline import event_derivation

_FIRST_TO_SEE_A_DAY = timedelta(hours=14)  # UTC+14
_LAST_TO_SEE_IT = timedelta(hours=12)  # UTC-12


def open_reminders(db: Database, now: datetime, guard: Callable[[str], AbstractContextManager[object]]) -> None:
    """Open the events that are due about dates ahead; done twice it is done once."""
    today, last_today = (now + _FIRST_TO_SEE_A_DAY).date(), (now - _LAST_TO_SEE_IT).date()
    leads = _leads()
    farthest = timedelta(days=max(max(day) for day in leads.values()))
    date_of: dict[tuple[str, object], Ahead] = {}
    order = list(leads)
    for day in milestones.ahead(db, last_today, today + farthest):
        if day.kind in leads:
            earlier = date_of.setdefault((day.instrument_id, day.on), day)
            if order.index(day.kind) < order.index(earlier.kind):
                date_of[day.instrument_id, day.on] = day
    for day in date_of.values():
        open_leads = [lead for lead in leads[day.kind] if day.on - timedelta(days=lead) <= today]
        if open_leads and _was_known(day, min(open_leads)):
            with guard(f"date_near:{day.instrument_id}:{day.on}"), transaction(db):
                _remind(db, day, min(open_leads), now)


def _was_known(day: Ahead, lead: int) -> bool:
    """Say whether a date was known before the day of its *lead* was over."""
    return day.known_at is None or day.known_at.date() <= day.on - timedelta(days=lead)


def _remind(db: Database, day: Ahead, lead: int, now: datetime) -> None:
    key = f"{day.instrument_id}:{day.on.isoformat()}:{lead}"
    if events.is_known(db, f"{EventKind.DATE_NEAR.value}:{key}"):
        return
    version = versions.find_latest(db, day.instrument_id, standing=ReviewState.CONFIRMED)
    if version is None:
        return
    details = {
        "kind": day.kind.value,
        "lead": lead,
        "lead_on": (day.on - timedelta(days=lead)).isoformat(),
        "basis": day.basis[:2000],
    }
    event_derivation.add(db, EventKind.DATE_NEAR, version, now, key=key, details=details, weight=Weight.HIGH, on=day.on)


@cache
def _leads() -> dict[MilestoneKind, list[int]]:
    table = tomllib.loads(files("tracker.pipeline.steps").joinpath("reminders.toml").read_text(encoding="utf-8"))
    return {MilestoneKind(kind): days for kind, days in table["leads"].items()}
