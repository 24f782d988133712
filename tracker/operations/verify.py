"""Verify: everything that was kept is there, whole, and agrees with itself."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from storage import archive, changes, log, log_rows, provisions, snapshots, versions
from storage.changes import ChangeSetRow
from storage.database.connection import find_damage
from storage.derived_faults import derived_faults
from storage.errors import StorageError
from storage.records import Version
from storage.versions import VersionRow
from tracker.context import AppContext
from tracker.errors import UsageError
from tracker.evidence import verify_bundle as verify_bundle_script
from tracker.evidence.signed_note import NoteError
from tracker.evidence.stamps import pending_stamps, unstamped_leaves
from tracker.evidence.transparency_log import places_of
from tracker.evidence.verify_log import verify_log

VerifyProgress = Callable[[str], None]
_EVERY = 200
# what a row or a file that somebody wrote over may run into
_DAMAGE = (StorageError, NoteError, ValueError, TypeError, LookupError, AttributeError, OSError, sqlite3.Error)


@dataclass
class VerifyReport:
    """What was looked at, by kind, and each fault that was found."""

    looked_at: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the shape ``clausewatch/verify/1``."""
        return {
            "schema": "clausewatch/verify/1",
            "looked_at": dict(self.looked_at),
            "notes": self.notes,
            "faults": self.faults,
        }


def verify(
    service: AppContext, tell: VerifyProgress, witnesses: Sequence[str] = (), *, quick: bool = False
) -> VerifyReport:
    """Look at the database, every archived page, every record of a look, every version, every change set and the log.

    *witnesses* are checkpoints of the log that somebody else kept, as notes. A *quick* look reads no page and no text:
    it holds the log, its checkpoints, key and tiles against each other, and counts the rows.
    """
    result = VerifyReport()
    tell("database")
    result.faults += [f"database: {fault}" for fault in find_damage(service.db)]
    result.faults += provisions.find_lost(service.db)
    if result.faults:  # whatever else is wrong follows from it
        return result
    for kind, numbers, check in () if quick else _KINDS:
        rows = list(numbers(service))
        for number, row in enumerate(rows, 1):
            if number % _EVERY == 0 or number == len(rows):
                tell(f"{kind}: {number} of {len(rows)}")
            result.looked_at[kind] += 1
            try:
                result.faults += check(service, row)
            except _DAMAGE as error:
                result.faults.append(f"{kind} {_name(row)}: {error or type(error).__name__}")
    tell("log")
    result.looked_at["leaf"] = log.size(service.db)
    result.faults += _log_faults(service, witnesses, quick=quick)
    if service.settings.stamp_urls or service.settings.calendar_urls:
        first, count = unstamped_leaves(service.db)
        pending = pending_stamps(service.db)
        result.notes += [f"{pending} stamps are promises of a calendar so far, in no block yet"] if pending else []
        result.notes += [f"{count} leaves from {first} on are not stamped yet"] if count else []
    if quick:
        return result
    tell("looks that brought nothing new")
    result.faults += archive.unresolved_revisits(service.archive.root)
    return result


def _log_faults(service: AppContext, witnesses: Sequence[str], *, quick: bool) -> Iterator[str]:
    """Yield what is wrong with the log; what cannot even be read is one more line."""
    try:
        yield from verify_log(service.db, places_of(service), witnesses, quick=quick)
    except _DAMAGE as error:
        yield f"log: cannot be read to its end ({type(error).__name__}: {error})"


def verify_bundle(path: Path) -> VerifyReport:
    """Look at a bundle of evidence as its own script does. Raises UsageError when it is none."""
    result = VerifyReport()
    try:
        with zipfile.ZipFile(path) as bundle:
            result.looked_at["leaf"] = len(json.loads(bundle.read("manifest.json"))["leaves"])
            result.faults += verify_bundle_script.faults(bundle)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise UsageError(f"{path}: no bundle of evidence ({why})") from error
    return result


def _snapshot(service: AppContext, number: int) -> Iterator[str]:
    snapshot = snapshots.get(service.db, number)
    archive.check_whole(service.archive.root, snapshot.archived_as)
    body = service.archive.body(snapshot.archived_as)  # its name says its hash, and it is checked
    if not snapshot.archived_as.split("/")[-1].startswith(snapshot.sha256):
        yield f"snapshot {number}: the archive holds another page than the database says"
    if len(body) != snapshot.length:
        yield f"snapshot {number}: {len(body)} bytes are kept, {snapshot.length} arrived"


def _version(service: AppContext, row: VersionRow) -> Iterator[str]:
    version = versions.get(service.db, row.id)
    names = [(provision.eid, provision.pid) for provision in version.reading.walk()]
    if row.first or row.compared:
        nameless = [eid for eid, pid in names if not pid]
        if nameless:
            yield f"version {row.id}: {len(nameless)} provisions have no persistent id ({nameless[0]})"
    eids_of: dict[str, set[str]] = {}
    for eid, pid in names:
        eids_of.setdefault(pid, set()).add(eid)
    yield from (
        f"version {row.id}: {' and '.join(sorted(eids))} have one persistent id, {pid}"
        for pid, eids in eids_of.items()
        if pid and len(eids) > 1
    )
    yield from derived_faults(service.db, version, int(log_rows.version_subject(service.db, row.id)))
    snapshot = snapshots.get(service.db, row.snapshot_id)
    if snapshot.page_id != row.page_id:
        yield f"version {row.id}: its snapshot is of another page"


def _change_set(service: AppContext, row: ChangeSetRow) -> Iterator[str]:
    comparison = changes.get_set(service.db, row.id)
    old, new = (_eids(versions.get(service.db, name)) for name in (row.old, row.new))
    for change in comparison.changes:
        for eid, eids, name in ((change.old_eid, old, row.old), (change.new_eid, new, row.new)):
            if eid and eid not in eids and eid not in _FRONT:
                yield f"change set {row.id}: {eid} is no provision of {name}"


_FRONT = frozenset({"preface", "preamble", "conclusions"})  # units that are no provisions


def _eids(version: Version) -> set[str]:
    return {provision.eid for provision in version.reading.walk()}


def _name(row: Any) -> str:
    return str(row) if isinstance(row, int) else str(row.id)


_KINDS: tuple[tuple[str, Callable[[AppContext], Any], Callable[[AppContext, Any], Iterator[str]]], ...] = (
    ("snapshot", lambda service: snapshots.all_ids(service.db), _snapshot),
    ("version", lambda service: versions.all_versions(service.db), _version),
    ("change set", lambda service: changes.all_sets(service.db), _change_set),
)
