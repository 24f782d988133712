"""What may change later and is logged each time: the words of versions and change sets, standing, files of looks.

A leaf of its own, written together with the row, binds each state; the last one must fit what is stored now.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from storage import archive, changes, log, log_rows, versions
from storage.database.connection import transaction
from storage.errors import StorageError
from storage.log import Leaf

LOOKS_FILE = "looks file"
_BATCH = 100

StateFields = Mapping[str, Mapping[str, Any]]


def log_states(db: Database, root: Path) -> None:
    """Log the states that no leaf speaks of yet: of rows from before the log knew them, and of files that grew."""
    for known_kind, numbers, states_of in _STATES:
        missing = [number for number, _ in numbers(db) if log.latest_state(db, known_kind, number) is None]
        for start in range(0, len(missing), _BATCH):
            with transaction(db):
                for number in missing[start : start + _BATCH]:
                    for kind, fields in states_of(db, number).items():
                        log.append_state(db, kind, number, fields)
    with transaction(db):
        for path in archive.looks_files(root):
            size = path.stat().st_size
            subject = f"{path.name}:{size}"
            if log.find_leaf(db, LOOKS_FILE, subject) is None:
                found = {"sha256": _prefix_hashes(path, [size])[size]}
                log.append(db, LOOKS_FILE, [(subject, log.entry_bytes(LOOKS_FILE, subject, found))])


def fields_of(db: Database, kind: str, number: int) -> Mapping[str, Any]:
    """Return what a row says now, as a leaf of this kind of state binds it."""
    row_fields = _set_fields if kind == log.COMPARISON else _version_fields
    return row_fields(db, number)[kind]


def state_faults(db: Database, leaves: Sequence[Leaf]) -> Iterator[str]:
    """Yield each state that is not what its last leaf says, and each that was changed without a leaf."""
    last: dict[tuple[str, int], Leaf] = {}
    for leaf in leaves:
        if leaf.kind in log.STATES and leaf.subject.partition(":")[0].isdigit():
            last[leaf.kind, int(leaf.subject.partition(":")[0])] = leaf
    kinds = {kind for kind, _ in last}
    for known_kind, numbers, states_of in _STATES:
        for number, name in numbers(db):
            try:
                states = states_of(db, number)
            except StorageError as error:
                yield f"{known_kind} {name}: cannot be read ({error})"
                continue
            for kind, fields in states.items():
                logged = last.get((kind, number))
                if logged is None and kind in kinds:
                    yield f"{kind} of {name}: was never logged"
                elif logged is not None and logged.hash != log.leaf_hash(log.entry_bytes(kind, logged.subject, fields)):
                    yield f"{kind} of {name}: is not what was logged as leaf {logged.number}"


def looks_file_faults(leaves: Sequence[Leaf], root: Path) -> Iterator[str]:
    """Yield each file of looks whose logged beginning is not what it was; such files only ever grow."""
    logged: dict[str, dict[int, Leaf]] = {}
    for leaf in leaves:
        name, _, size = leaf.subject.partition(":")
        if leaf.kind == LOOKS_FILE and size.isdigit():
            logged.setdefault(name, {})[int(size)] = leaf
    paths = {path.name: path for path in archive.looks_files(root)}
    for name, by_size in logged.items():
        if name not in paths:
            yield f"{LOOKS_FILE} {name}: was logged and is gone"
            continue
        hashes_by_size = _prefix_hashes(paths[name], sorted(by_size))
        for length, leaf in sorted(by_size.items()):
            found = {"sha256": hashes_by_size.get(length, "")}
            if leaf.hash != log.leaf_hash(log.entry_bytes(LOOKS_FILE, leaf.subject, found)):
                yield f"{LOOKS_FILE} {name}: its first {length} bytes are not what was logged as leaf {leaf.number}"
                break


def _prefix_hashes(path: Path, sizes: Sequence[int]) -> dict[int, str]:
    """Return the hash of the first bytes of a file, for each of the rising *sizes* that it has."""
    hashes: dict[int, str] = {}
    digest, at = hashlib.sha256(), 0
    with path.open("rb") as file:
        for size in sizes:
            digest.update(file.read(size - at))
            at = file.tell()
            if at == size:
                hashes[size] = digest.hexdigest()
    return hashes


def _version_numbers(db: Database) -> list[tuple[int, str]]:
    return [
        (int(row["number"]), str(row["id"]))
        for row in log_rows.rows_of(db, log_rows.BY_NAME["version"], only_new=False)
    ]


def _version_fields(db: Database, number: int) -> StateFields:
    row = log_rows.row_of(db, log_rows.BY_NAME["version"], str(number))
    return versions.state_fields(versions.get(db, str(row["id"]))) if row else {}


def _set_numbers(db: Database) -> list[tuple[int, str]]:
    return [(row.id, f"change set {row.id}") for row in changes.all_sets(db)]


def _set_fields(db: Database, number: int) -> StateFields:
    return {log.COMPARISON: changes.state_fields(changes.get_set(db, number))}


_STATES: tuple[tuple[str, Callable[[Database], list[tuple[int, str]]], Callable[[Database, int], StateFields]], ...] = (
    (log.READING, _version_numbers, _version_fields),
    (log.COMPARISON, _set_numbers, _set_fields),
)
