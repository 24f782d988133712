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
    farthest = timedelta(days=max(max(each) for each in leads.values()))
    named: dict[tuple[str, object], Ahead] = {}
    order = list(leads)
    for each in milestones.ahead(db, last_today, today + farthest):
        if each.kind in leads:
            known = named.setdefault((each.instrument_id, each.on), each)
            if order.index(each.kind) < order.index(known.kind):
                named[each.instrument_id, each.on] = each
    for each in named.values():
        begun = [lead for lead in leads[each.kind] if each.on - timedelta(days=lead) <= today]
        if begun and _was_known(each, min(begun)):
            with guard(f"date_near:{each.instrument_id}:{each.on}"), transaction(db):
                _remind(db, each, min(begun), now)


def _was_known(each: Ahead, lead: int) -> bool:
    """Say whether a date was known before the day of its *lead* was over."""
    return each.known_at is None or each.known_at.date() <= each.on - timedelta(days=lead)


def _remind(db: Database, each: Ahead, lead: int, now: datetime) -> None:
    key = f"{each.instrument_id}:{each.on.isoformat()}:{lead}"
    if events.is_known(db, f"{EventKind.DATE_NEAR.value}:{key}"):
        return
    version = versions.find_latest(db, each.instrument_id, standing=ReviewState.CONFIRMED)
    if version is None:
        return
    details = {
        "kind": each.kind.value,
        "lead": lead,
        "lead_on": (each.on - timedelta(days=lead)).isoformat(),
        "basis": each.basis[:2000],
    }
    event_derivation.add(
        db, EventKind.DATE_NEAR, version, now, key=key, details=details, weight=Weight.HIGH, on=each.on
    )


@cache
def _leads() -> dict[MilestoneKind, list[int]]:
    table = tomllib.loads(files("tracker.pipeline.steps").joinpath("reminders.toml").read_text(encoding="utf-8"))
    return {MilestoneKind(kind): days for kind, days in table["leads"].items()}
