"""The text of a pending version, computed again from what is stored: its base, the acts before it, and its own act."""

from __future__ import annotations

from sqlite_utils import Database

from storage import pending_versions, versions
from storage.records import PendingState, PendingVersion, Reading, Version
from tracker.amending.consolidation import Consolidation, consolidate
from tracker.amending.pending.prediction import predict


def consolidation_of(db: Database, pending: PendingVersion) -> Consolidation:
    """Return a pending version computed again: its text, its operations and its mark."""
    act = versions.get(db, pending.amending_version_id).reading
    base = stacked_reading(db, versions.get(db, pending.base_version_id), before=pending)
    prediction = predict(base, act)
    return prediction.consolidation if prediction is not None else consolidate(base, act)


def stacked_reading(db: Database, base: Version, *, before: PendingVersion | None = None) -> Reading:
    """Return *base* with the acts that wait on it carried out in their order of effect, as far as *before*."""
    reading = base.reading
    for row in pending_versions.of_instrument(db, base.instrument_id):
        if before is not None and row.id == before.id:
            break
        if row.base_version_id == base.id and row.state is PendingState.PENDING:
            prediction = predict(reading, versions.get(db, row.amending_version_id).reading)
            reading = prediction.consolidation.text if prediction is not None else reading
    return reading
