"""Pending changes of a law: acts that say they amend it and whose words the text that stands does not show yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlite_utils import Database

from storage import instruments, milestones, relations, versions
from storage.records import MilestoneKind, Reading, RelationKind, ReviewState, Version
from storage.relations import RelationRow
from tracker.amending.errors import AbstainError
from tracker.amending.operations import Operation
from tracker.lockfile.drift import PendingChange

_EFFECT = (MilestoneKind.IN_FORCE, MilestoneKind.APPLIES)


def pending_changes(db: Database, standing: Version) -> Iterator[tuple[PendingChange, frozenset[str] | None]]:
    """Yield what will change *standing*, with the ids of the provisions it changes; None: that could not be read."""
    for row in relations.about_instrument(db, standing.instrument_id):
        act = _amending_act(db, row)
        if act is None:
            continue
        on = row.on or _takes_effect(db, row.instrument_id)
        if on is not None and on <= standing.seen_at.date() and act.seen_at <= standing.seen_at:
            continue  # the text that stands was seen after that day
        yield from _of_act(db, standing.reading, act, on)


def _amending_act(db: Database, row: RelationRow) -> Version | None:
    if row.kind is not RelationKind.AMENDS:
        return None
    act = versions.find_latest(db, row.instrument_id, standing=ReviewState.CONFIRMED)
    return None if act is None or act.reading.draft else act


def _takes_effect(db: Database, instrument_id: str) -> date | None:
    days = [m.on for m in milestones.of_instrument(db, instrument_id) if m.kind in _EFFECT and m.on]
    return min(days, default=None)


def _of_act(
    db: Database, base: Reading, act: Version, on: date | None
) -> Iterator[tuple[PendingChange, frozenset[str] | None]]:
    from tracker.amending.consolidation import consolidate  # noqa: PLC0415 - few laws have an act pending

    title = instruments.get(db, act.instrument_id).title
    try:
        operations = consolidate(base, act.reading).operations
    except AbstainError:
        operations = ()
    if not operations:
        yield PendingChange(act.id, title, on, "what it changes could not be read"), None
    for operation in operations:
        yield _of_operation(operation, act, title, on)


def _of_operation(
    operation: Operation, act: Version, title: str, on: date | None
) -> tuple[PendingChange, frozenset[str] | None]:
    day = operation.effective_on or on
    change = PendingChange(act.id, title, day, " ".join(operation.basis.split())[:200])
    return change, frozenset({operation.target_eid}) if operation.target_eid else None
