"""Repair the archive: what a crash tore in a file of looks is set aside and named, before anything is appended."""

from __future__ import annotations

from storage import log, problems
from storage.database.connection import transaction
from storage.records import Stage, Subject
from storage.repair_looks import repair_looks
from tracker.context import AppContext
from tracker.pipeline.error_boundary import ErrorBoundary

_ARCHIVE = Subject.of_step("archive")
_LOOKS_FILE = "looks file"  # the kind of leaf that says how long such a file was when it was whole


def repair_archive(service: AppContext) -> None:
    """Set aside torn records; operators are told what was lost, and that it is over with the next round."""
    db = service.db
    with ErrorBoundary(service, Subject.of_step("repair archive"), Stage.FETCH):
        torn_records = list(repair_looks(service.archive.root, lambda name, size: _was_logged(service, name, size)))
        if not torn_records and not problems.stand(db, _ARCHIVE):
            return
        with transaction(db):
            if torn_records:
                words = "; ".join(map(str, torn_records))
                problems.open_or_touch(db, _ARCHIVE, Stage.FETCH, "torn file", words, service.clock())
            else:
                problems.resolve(db, _ARCHIVE, Stage.FETCH, service.clock(), "torn file")


def _was_logged(service: AppContext, name: str, size: int) -> bool:
    return log.find_leaf(service.db, _LOOKS_FILE, f"{name}:{size}") is not None
