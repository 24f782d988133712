"""Relate instruments: join what laws say about each other, and note the events of what is newly published.

It comes after everything that arrived was read, so that the order in which two related acts are read does not matter.
"""

from __future__ import annotations

from functools import partial

from storage import identifiers, version_queue, versions
from storage.database.connection import transaction
from storage.records import ReviewState, Stage, Subject
from tracker.context import AppContext
from tracker.logs import logged_step
from tracker.pipeline.error_boundary import ErrorBoundary
from tracker.pipeline.versions.release import release_stamp


@logged_step
def relate_instruments(service: AppContext) -> None:
    """Join relations, tell those that are news, and announce new instruments."""
    db = service.db
    release = release_stamp()
    without_identity, first_versions = (
        identifiers.unidentified_instruments(db),
        version_queue.unannounced_versions(db, release),
    )
    if not without_identity and not first_versions:
        return
    from tracker.pipeline import event_derivation  # noqa: PLC0415 - lightness: most rounds find no new instrument
    from tracker.pipeline.versions import instrument_relations  # noqa: PLC0415 - the same

    for instrument_id in without_identity:
        with transaction(db):
            latest = versions.find_latest(db, instrument_id, standing=ReviewState.CONFIRMED)
            if latest is not None and latest.source_id in service.sources:
                instrument_relations.remember_identity(db, latest, service.sources[latest.source_id])
    with ErrorBoundary(service, Subject.of_step("relate instruments"), Stage.COMPARE), transaction(db):
        instrument_relations.join_relations(db)
        event_derivation.events_of_relations(db, service.clock())
    for row in first_versions:
        mark = partial(version_queue.mark_failed, db, row.id, release)
        subject = Subject.of_version(row, versions.page_of(db, row).url)
        with ErrorBoundary(service, subject, Stage.COMPARE, mark), transaction(db):
            if version_queue.is_uncompared(db, row.id):
                version = versions.get(db, row.id)
                event_derivation.events_for_new_instrument(db, version, versions.page_of(db, version), service.clock())
                version_queue.mark_compared(db, row.id)
