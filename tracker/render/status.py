"""Where an instrument stands on a given day, worked out from its dates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from storage.records import Milestone, MilestoneKind, Status

M = MilestoneKind


def status_on(dates: Iterable[Milestone], on: date, *, draft: bool = False) -> Status:
    """Return the status on the day *on*; superseded dates do not count, an open commencement is *adopted*."""
    in_effect = [m for m in dates if m.superseded_by is None]
    if _is_past(in_effect, M.REPEALED, on):
        return Status.REPEALED
    if draft:
        return Status.DRAFT
    starts = [m for m in in_effect if m.kind is M.IN_FORCE] or [m for m in in_effect if m.kind is M.APPLIES]
    days = [m.on for m in starts if m.on]
    if days:
        return Status.IN_FORCE if min(days) <= on else Status.NOT_YET_IN_FORCE
    if starts or any(m.kind in {M.ADOPTED, M.ISSUED} and m.on for m in in_effect):
        return Status.ADOPTED
    return Status.UNKNOWN


def _is_past(dates: Iterable[Milestone], kind: MilestoneKind, on: date) -> bool:
    return any(m.kind is kind and m.on and m.on <= on for m in dates)
