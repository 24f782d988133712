"""Legal dates that moved between two versions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from storage.records import Milestone, MilestoneKind


def moved(old: Iterable[Milestone], new: Iterable[Milestone]) -> list[tuple[MilestoneKind, date | None, date | None]]:
    """Return (kind, old day, new day) for each milestone whose day changed, became known or was left open.

    A kind of milestone that only one version speaks of has not moved.
    """
    before, after = _days(old), _days(new)
    result: list[tuple[MilestoneKind, date | None, date | None]] = []
    for kind in MilestoneKind:
        if kind in before and kind in after:
            gone = [day for day in before[kind] if day not in after[kind]]
            come = [day for day in after[kind] if day not in before[kind]]
            result.extend((kind, one, other) for one, other in zip(gone, come, strict=False))
    return result


def _days(milestones: Iterable[Milestone]) -> dict[MilestoneKind, list[date | None]]:
    found: dict[MilestoneKind, list[date | None]] = defaultdict(list)
    for milestone in milestones:
        if milestone.superseded_by is None and milestone.on not in found[milestone.kind]:
            found[milestone.kind].append(milestone.on)
    return found
