"""Verify the log: every rewriting of what happened is found, and named with what it touches.

Rows are held against their leaves, leaves against the checkpoints that were signed over them, those against the key
that the first leaf names, and all of it against a checkpoint that somebody else has kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sqlite_utils import Database

from storage import log, log_rows
from storage.log import CheckpointRow, Leaf
from storage.log_rows import EntryKind
from tracker.evidence import log_entries, merkle, signed_note
from tracker.evidence.log_states import looks_file_faults, state_faults
from tracker.evidence.signed_note import Checkpoint, NoteError, NoteKey
from tracker.evidence.stamps import stamp_faults
from tracker.evidence.tiles import TileError, Tiles
from tracker.evidence.transparency_log import LogPlaces, own_key


def verify_log(db: Database, places: LogPlaces, witnesses: Sequence[str] = (), *, quick: bool = False) -> Iterator[str]:
    """Yield one line for each thing that does not fit; *witnesses* are notes of checkpoints kept elsewhere.

    A *quick* look holds leaves, checkpoints, tiles, key and witnesses against each other, and only counts the rows.
    """
    leaves = list(log.leaves(db))
    if not leaves:
        yield from ["the log is empty, but a checkpoint was signed"] if log.checkpoints(db) or witnesses else []
        yield from ["the log is empty, but its key is there"] if places.key.exists() else []
        return
    yield from _count_faults(leaves)
    try:
        key = own_key(places)
    except NoteError as error:
        yield f"log: {error}"
        return
    yield from _key_faults(leaves, key)
    yield from _checkpoint_faults(db, leaves, places, key)
    yield from _witness_faults(leaves, witnesses, key)
    yield from _row_faults(db, leaves, places, quick=quick)
    yield from stamp_faults(db)
    if not quick:
        yield from state_faults(db, leaves)
        yield from looks_file_faults(leaves, places.archive)


def _key_faults(leaves: Sequence[Leaf], key: NoteKey) -> Iterator[str]:
    first = leaves[0]
    try:
        entry = json.loads(first.entry or "{}")
    except ValueError:
        entry = {}
    if first.kind != log.GENESIS or not log_entries.fits(first, (first.entry or "").encode()):
        yield "log: the first leaf is not the one that names the key"
    elif not isinstance(entry, dict) or entry.get("key") != key.public.hex():
        yield "log: the key of this home is not the one that the first leaf names"


def _count_faults(leaves: Sequence[Leaf]) -> Iterator[str]:
    for place, leaf in enumerate(leaves):
        if leaf.number != place:
            yield f"log: leaf {place} is missing"
            return


def _checkpoint_faults(db: Database, leaves: Sequence[Leaf], places: LogPlaces, key: NoteKey) -> Iterator[str]:
    """Hold each checkpoint against the root of the leaves it was signed over, and the tiles against the newest."""
    rows = log.checkpoints(db)
    if not rows:
        yield "log: no checkpoint was ever signed"
    roots = _roots(leaves, {row.size for row in rows})
    for row in rows:
        try:
            checkpoint = _open(row, key)
        except NoteError as error:
            yield f"checkpoint of {row.size} leaves: {error}"
            continue
        if checkpoint.size != row.size or row.size not in roots:
            yield f"checkpoint of {row.size} leaves: the log has {len(leaves)}"
        elif checkpoint.root != roots[row.size]:
            yield f"checkpoint of {row.size} leaves: the leaves before it are not those that were signed"
    if not places.tiles.is_dir():  # a restored backup: the next round makes them again out of the leaves
        return
    yield from (f"log: {name} is not of these leaves" for name in _strange_tiles(leaves, places))
    if rows and rows[-1].size in roots:
        try:
            if Tiles(places.tiles, rows[-1].size).root_hash() != roots[rows[-1].size]:
                yield "log: the tiles are not those of the leaves"
        except TileError as error:
            yield f"log: {error}"


def _strange_tiles(leaves: Sequence[Leaf], places: LogPlaces) -> Iterator[str]:
    try:
        yield from Tiles(places.tiles, len(leaves)).strange_files([leaf.hash for leaf in leaves])
    except ValueError as error:
        yield f"a tile ({error})"


def _witness_faults(leaves: Sequence[Leaf], witnesses: Sequence[str], key: NoteKey) -> Iterator[str]:
    for note in witnesses:
        try:
            checkpoint = signed_note.parse_checkpoint(signed_note.open_note(note, key))
        except NoteError as error:
            yield f"witnessed checkpoint: {error}"
            continue
        root = _roots(leaves, {checkpoint.size}).get(checkpoint.size)
        if root is None:
            count = f"{checkpoint.size} leaves were signed, the log has {len(leaves)}"
            yield f"witnessed checkpoint: {count}: it was rolled back"
        elif root != checkpoint.root:
            yield f"witnessed checkpoint: the first {checkpoint.size} leaves are not those that were signed"


def _row_faults(db: Database, leaves: Sequence[Leaf], places: LogPlaces, *, quick: bool) -> Iterator[str]:
    """Make the entry of each row again, and hold it against its leaf."""
    by_subject = {(leaf.kind, leaf.subject): leaf for leaf in leaves}
    erasures = {leaf.subject for leaf in leaves if leaf.kind == log.ERASURE}
    last = log.last_checkpoint(db)
    for kind in log_rows.KINDS:
        subjects: set[str] = set()
        newest = log.newest_subject(db, kind.name) if kind.has_rising_numbers else 0
        for subject, entry in _entries(db, kind, places, quick=quick):
            subjects.add(subject)
            leaf = by_subject.get((kind.name, subject))
            if f"{kind.name} {subject}" in erasures:  # counted still, but its words are gone
                continue
            if leaf is None and kind.has_rising_numbers and int(subject) <= newest:
                yield f"{kind.name} {subject}: was never logged, but later ones were"
            elif leaf is None and last is not None and _is_older(entry, last.at):
                yield f"{kind.name} {subject}: says it is older than the last checkpoint, and was never logged"
            elif leaf is not None and entry is not None and not log_entries.fits(leaf, entry):
                yield f"{kind.name} {subject}: is not what was logged as leaf {leaf.number}"
        yield from _missing_rows(kind, leaves, subjects, erasures)


def _entries(db: Database, kind: EntryKind, places: LogPlaces, *, quick: bool) -> Iterator[tuple[str, bytes | None]]:
    if quick:
        yield from ((str(row["subject"]), None) for row in log_rows.rows_of(db, kind, only_new=False))
    else:
        yield from log_entries.entries_of(db, kind, places.archive, only_new=False)


def _is_older(entry: bytes | None, signed_at: str) -> bool:
    """Return whether an entry says that it happened well before a checkpoint was signed, which then should hold it."""
    fields = json.loads(entry or b"{}")
    times = [str(fields[name]) for name in _TIMES if fields.get(name)]
    try:
        return any(datetime.fromisoformat(time) + _SLACK < datetime.fromisoformat(signed_at) for time in times)
    except (ValueError, TypeError):
        return True


def _missing_rows(kind: EntryKind, leaves: Sequence[Leaf], subjects: set[str], erasures: set[str]) -> Iterator[str]:
    for leaf in leaves:
        if leaf.kind == kind.name and leaf.subject not in subjects:
            if kind.erasable and f"{kind.name} {leaf.subject}" in erasures:
                continue
            if kind.name in _SUPERSEDABLE:  # a later state took its place, and has a leaf of its own
                continue
            yield f"{kind.name} {leaf.subject}: was logged as leaf {leaf.number} and is gone"


_SUPERSEDABLE = frozenset({"text", "decision"})
_TIMES = ("fetched_at", "checked_at", "seen_at", "at", "owed_at", "sent_at", "composed_at", "closed_at", "opened_at")
_SLACK = timedelta(minutes=1)  # another process may have been writing while the checkpoint was signed


def _open(row: CheckpointRow, key: NoteKey) -> Checkpoint:
    return signed_note.parse_checkpoint(signed_note.open_note(row.note, key))


def _roots(leaves: Sequence[Leaf], sizes: set[int]) -> dict[int, bytes]:
    """Return the root of the log at each of *sizes* it has reached, in one pass over the leaves."""
    stack: list[tuple[int, bytes]] = []
    roots: dict[int, bytes] = {}
    for count, leaf in enumerate(leaves, 1):
        level, value = 0, leaf.hash
        while stack and stack[-1][0] == level:
            value = merkle.node_hash(stack.pop()[1], value)
            level += 1
        stack.append((level, value))
        if count in sizes:
            root = stack[-1][1]
            for _, left in reversed(stack[:-1]):
                root = merkle.node_hash(left, root)
            roots[count] = root
    return roots
