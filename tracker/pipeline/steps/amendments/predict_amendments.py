"""Predict amendments: each amending act that became known makes a pending version of the law it amends, told at once.

Where the official text came, it is held against what was computed, before anybody is told of it.
An act whose instructions could not be carried out is told as published and no more.
"""

from __future__ import annotations

from functools import partial

from sqlite_utils import Database

from storage import pending_versions, relations, versions
from storage.database.connection import transaction
from storage.records import Stage, Subject
from storage.relations import RelationRow
from tracker.context import AppContext
from tracker.logs import logged_step
from tracker.pipeline.error_boundary import ErrorBoundary


@logged_step
def predict_amendments(service: AppContext) -> None:
    """Judge what was computed where the official text came, and compute what every amendment untold will change."""
    db = service.db
    rows, waiting = relations.untold_amendments(db), pending_versions.overtaken_versions(db)
    if not rows and not waiting:
        return
    from tracker.pipeline import event_derivation  # noqa: PLC0415 - lightness: most rounds find no amending act
    from tracker.pipeline.versions import predictions  # noqa: PLC0415 - the same

    for pending in waiting:
        subject = Subject.of_version(versions.get(db, pending.base_version_id))
        with ErrorBoundary(service, subject, Stage.COMPARE), transaction(db):
            predictions.judge_prediction(db, pending, service.clock())
    for row in rows:
        act = versions.get(db, row.version_id)
        subject = Subject.of_version(act, versions.page_of(db, act).url)
        tell_plainly = partial(_tell_plainly, service, row)
        with ErrorBoundary(service, subject, Stage.COMPARE, tell_plainly), transaction(db):
            if not _is_told(db, row):
                now = service.clock()
                relations.mark_told(db, row.id)
                if event_derivation.is_stale(act, now):
                    continue
                if not predictions.predict_target(db, row, now):
                    event_derivation.tell_amended(db, row, now)


def _is_told(db: Database, row: RelationRow) -> bool:
    return row.id not in {untold.id for untold in relations.untold_amendments(db)}


def _tell_plainly(service: AppContext, row: RelationRow) -> None:
    """Tell of an act that could not be carried out for a fault of ours: that it was published must not be lost."""
    from tracker.pipeline import event_derivation  # noqa: PLC0415 - lightness: faults are rare

    relations.mark_told(service.db, row.id)
    event_derivation.tell_amended(service.db, row, service.clock())
