"""Verify: everything that was kept is there, whole, and agrees with itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from storage import archive, changes, snapshots, versions
from storage.changes import ChangeSetRow
from storage.database.connection import find_damage
from storage.errors import StorageError
from storage.records import Version
from storage.versions import VersionRow
from tracker.context import AppContext

VerifyProgress = Callable[[str], None]
_EVERY = 200


@dataclass
class Verified:
    """What was looked at, by kind, and each fault that was found."""

    looked_at: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the shape ``clausewatch/verify/1``."""
        return {"schema": "clausewatch/verify/1", "looked_at": dict(self.looked_at), "faults": self.faults}


def verify(service: AppContext, tell: VerifyProgress) -> Verified:
    """Look at the database, every archived page, every record of a look, every version and every change set."""
    done = Verified()
    tell("database")
    done.faults += [f"database: {fault}" for fault in find_damage(service.db)]
    if done.faults:  # whatever else is wrong follows from it
        return done
    for kind, numbers, check in _KINDS:
        found = list(numbers(service))
        for number, each in enumerate(found, 1):
            if number % _EVERY == 0 or number == len(found):
                tell(f"{kind}: {number} of {len(found)}")
            done.looked_at[kind] += 1
            try:
                done.faults += check(service, each)
            except StorageError as error:
                done.faults.append(f"{kind} {_name(each)}: {error}")
    tell("looks that brought nothing new")
    done.faults += archive.unresolved_revisits(service.archive.root)
    return done


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
    named = [(each.eid, each.pid) for each in version.reading.walk()]
    if row.first or row.compared:
        nameless = [eid for eid, pid in named if not pid]
        if nameless:
            yield f"version {row.id}: {len(nameless)} provisions have no persistent id ({nameless[0]})"
    eids_of: dict[str, set[str]] = {}
    for eid, pid in named:
        eids_of.setdefault(pid, set()).add(eid)
    yield from (
        f"version {row.id}: {' and '.join(sorted(eids))} have one persistent id, {pid}"
        for pid, eids in eids_of.items()
        if pid and len(eids) > 1
    )
    snapshot = snapshots.get(service.db, row.snapshot_id)
    if snapshot.page_id != row.page_id:
        yield f"version {row.id}: its snapshot is of another page"


def _change_set(service: AppContext, row: ChangeSetRow) -> Iterator[str]:
    comparison = changes.get_set(service.db, row.id)
    old, new = (_eids(versions.get(service.db, name)) for name in (row.old, row.new))
    for change in comparison.changes:
        for eid, held, name in ((change.old_eid, old, row.old), (change.new_eid, new, row.new)):
            if eid and eid not in held and eid not in _FRONT:
                yield f"change set {row.id}: {eid} is no provision of {name}"


_FRONT = frozenset({"preface", "preamble", "conclusions"})  # units that are no provisions


def _eids(version: Version) -> set[str]:
    return {each.eid for each in version.reading.walk()}


def _name(each: Any) -> str:
    return str(each) if isinstance(each, int) else str(each.id)


_KINDS: tuple[tuple[str, Callable[[AppContext], Any], Callable[[AppContext, Any], Iterator[str]]], ...] = (
    ("snapshot", lambda service: snapshots.all_ids(service.db), _snapshot),
    ("version", lambda service: versions.all_versions(service.db), _version),
    ("change set", lambda service: changes.all_sets(service.db), _change_set),
)
