"""Pending changes of a law: what its pending versions keep of amending acts, and acts whose words could not be read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlite_utils import Database

from storage import instruments, milestones, pending_versions, relations, versions
from storage.records import MilestoneKind, PendingState, PendingVersion, RelationKind, ReviewState, Version
from storage.relations import RelationRow
from tracker.lockfile.drift import PendingChange

_EFFECT = (MilestoneKind.IN_FORCE, MilestoneKind.APPLIES)
Pending = tuple[PendingChange, frozenset[str] | None]


def pending_changes(db: Database, standing: Version) -> Iterator[Pending]:
    """Yield what will change *standing*, with the ids of the provisions it changes; None: that could not be read."""
    computed = pending_versions.of_instrument(db, standing.instrument_id)
    for pending in computed:
        if pending.state is PendingState.PENDING and _is_in_language(db, pending, standing):
            yield from (_of_operation(db, pending, operation) for operation in pending.operations)
    familiar = {pending.amending_id for pending in computed}
    for row in relations.about_instrument(db, standing.instrument_id):
        if row.kind is RelationKind.AMENDS and row.instrument_id not in familiar:
            yield from _of_unread(db, row, standing)


def _is_in_language(db: Database, pending: PendingVersion, standing: Version) -> bool:
    return versions.get(db, pending.base_version_id).language == standing.language


def _of_operation(db: Database, pending: PendingVersion, operation: dict[str, Any]) -> Pending:
    printed_on = operation["effective_on"]
    day = date.fromisoformat(printed_on) if printed_on else pending.effective_on
    title = instruments.get(db, pending.amending_id).title
    change = PendingChange(pending.amending_version_id, title, day, " ".join(operation["basis"].split())[:200])
    return change, frozenset({operation["target_eid"]}) if operation["target_eid"] else None


def _of_unread(db: Database, row: RelationRow, standing: Version) -> Iterator[Pending]:
    """Yield an act that says it amends the law, of which nothing could be computed, while its words are to come."""
    act = versions.find_latest(db, row.instrument_id, standing=ReviewState.CONFIRMED)
    if act is None or act.reading.draft:
        return
    on = row.on or _takes_effect(db, row.instrument_id)
    if on is not None and on <= standing.seen_at.date() and act.seen_at <= standing.seen_at:
        return  # the text that stands was seen after that day
    title = instruments.get(db, act.instrument_id).title
    yield PendingChange(act.id, title, on, "what it changes could not be read"), None


def _takes_effect(db: Database, instrument_id: str) -> date | None:
    days = [m.on for m in milestones.of_instrument(db, instrument_id) if m.kind in _EFFECT and m.on]
    return min(days, default=None)
