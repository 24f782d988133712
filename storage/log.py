"""Log: one leaf for everything that happened, in order, only ever appended to, and the checkpoints that sign it.

A leaf keeps the hash of its entry; the entry itself is made again from the row it is about, so that an edited row no
longer fits. Only an entry whose row is erased by right is kept in words.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from storage.database.connection import execute, execute_many, query
from storage.serialise import utc_iso

GENESIS, ERASURE = "genesis", "erasure"
READING, COMPARISON, STANDING = "reading", "comparison", "standing"
STATES = (READING, COMPARISON, STANDING)
"""What may change later, each time with a leaf of its own, written together with its row."""
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Leaf:
    """One entry of the log: what it is about, and the hash of its words (RFC 6962)."""

    number: int
    kind: str
    subject: str
    hash: bytes
    entry: str | None = None


@dataclass(frozen=True, slots=True)
class CheckpointRow:
    """A checkpoint as it was signed: the size of the log, when, and the note with its signature."""

    size: int
    at: str
    note: str


@dataclass(frozen=True, slots=True)
class StampRow:
    """A stamp that somebody else gave a checkpoint: of which size, what kind, by whom, when, and the token itself."""

    size: int
    kind: str
    by: str
    at: str
    token: str
    asked_at: str = ""
    """When a calendar was last asked whether its promise is kept."""


def entry_bytes(kind: str, subject: str, fields: Mapping[str, Any]) -> bytes:
    """Return the words of one entry: a line of JSON, always the same for the same fields."""
    shape = {"v": _FORMAT, "kind": kind, "subject": subject, **fields}
    return json.dumps(shape, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of one leaf (RFC 6962, 2.1)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def append(db: Database, kind: str, entries: Iterable[tuple[str, bytes]], *, keep_words: bool = False) -> int:
    """Append (subject, entry) of one kind in their order; return the new size. Belongs inside a transaction.

    *keep_words* where no row is left to make the entry again from.
    """
    start = size(db)
    rows = [
        (start + place, kind, subject, leaf_hash(entry), entry.decode() if keep_words else None)
        for place, (subject, entry) in enumerate(entries)
    ]
    sql = "INSERT INTO log_leaves (number, kind, subject, hash, entry) VALUES (?, ?, ?, ?, ?)"
    execute_many(db, sql, rows)
    return start + len(rows)


def append_state(db: Database, kind: str, number: int, fields: Mapping[str, Any]) -> None:
    """Append what row *number* says now, unless its last leaf of this *kind* says so; nothing before the log begins."""
    at = size(db)
    last = latest_state(db, kind, number)
    if at == 0 or (last is not None and last.hash == leaf_hash(entry_bytes(kind, last.subject, fields))):
        return
    subject = f"{number}:{at}"
    append(db, kind, [(subject, entry_bytes(kind, subject, fields))])


def latest_state(db: Database, kind: str, number: int) -> Leaf | None:
    """Return the last leaf about what row *number* says."""
    sql = """
        SELECT * FROM log_leaves WHERE kind = :kind AND subject >= :first AND subject < :after
        ORDER BY number DESC LIMIT 1
    """
    rows = query(db, sql, kind=kind, first=f"{number}:", after=f"{number};")
    return Leaf(**rows[0]) if rows else None


def append_erasures(db: Database, subjects: Iterable[tuple[str, str]], at: datetime) -> None:
    """Append that the rows of these (kind, subject) were erased by right: they are gone, and nobody hid them."""
    fields = {"at": utc_iso(at)}
    names = [f"{kind} {subject}" for kind, subject in subjects if find_leaf(db, kind, subject)]
    append(db, ERASURE, ((name, entry_bytes(ERASURE, name, fields)) for name in names), keep_words=True)


def size(db: Database) -> int:
    """Return how many leaves the log has: they are numbered from 0."""
    return int(query(db, "SELECT ifnull(max(number), -1) + 1 AS size FROM log_leaves")[0]["size"])


def leaves(db: Database, after: int = 0) -> Iterator[Leaf]:
    """Yield the leaves from number *after* on."""
    for row in query(db, "SELECT * FROM log_leaves WHERE number >= :after ORDER BY number", after=after):
        yield Leaf(**row)


def find_leaf(db: Database, kind: str, subject: str) -> Leaf | None:
    """Return the leaf about *subject*, if it was logged."""
    rows = query(db, "SELECT * FROM log_leaves WHERE kind = :kind AND subject = :subject", kind=kind, subject=subject)
    return Leaf(**rows[0]) if rows else None


def newest_subject(db: Database, kind: str) -> int:
    """Return the largest numeric subject logged of a *kind* whose rows are numbered and never erased."""
    sql = "SELECT max(CAST(subject AS INTEGER)) AS newest FROM log_leaves WHERE kind = :kind"
    return int(query(db, sql, kind=kind)[0]["newest"] or 0)


def add_checkpoint(db: Database, row_size: int, at: datetime, note: str) -> None:
    """Keep a signed checkpoint; of one size the first stays. Belongs inside a transaction."""
    sql = "INSERT INTO log_checkpoints (size, at, note) VALUES (:size, :at, :note) ON CONFLICT DO NOTHING"
    execute(db, sql, size=row_size, at=utc_iso(at), note=note)


def checkpoints(db: Database) -> list[CheckpointRow]:
    """Return every checkpoint, the smallest log first."""
    return [CheckpointRow(**row) for row in query(db, "SELECT size, at, note FROM log_checkpoints ORDER BY size")]


def last_checkpoint(db: Database) -> CheckpointRow | None:
    """Return the newest checkpoint, if there is one."""
    rows = query(db, "SELECT size, at, note FROM log_checkpoints ORDER BY size DESC LIMIT 1")
    return CheckpointRow(**rows[0]) if rows else None


def add_stamp(db: Database, stamp: StampRow) -> None:
    """Keep a stamp beside its checkpoint. Belongs inside a transaction."""
    tokens = [asdict(kept) for kept in stamps(db) if kept.size == stamp.size] + [asdict(stamp)]
    sql = "UPDATE log_checkpoints SET tokens = :tokens WHERE size = :size"
    execute(db, sql, tokens=json.dumps(tokens), size=stamp.size)


def replace_stamp(db: Database, old: StampRow, new: StampRow) -> None:
    """Put a stamp that says more in the place of *old*. Belongs inside a transaction."""
    tokens = [asdict(new if kept == old else kept) for kept in stamps(db) if kept.size == old.size]
    sql = "UPDATE log_checkpoints SET tokens = :tokens WHERE size = :size"
    execute(db, sql, tokens=json.dumps(tokens), size=old.size)


def stamps(db: Database) -> list[StampRow]:
    """Return every stamp, the smallest log first."""
    rows = query(db, "SELECT tokens FROM log_checkpoints WHERE tokens <> '[]' ORDER BY size")
    return [StampRow(**token) for row in rows for token in json.loads(row["tokens"])]


def last_stamp(db: Database, by: str) -> StampRow | None:
    """Return the newest stamp that one authority or calendar gave."""
    return max((stamp for stamp in stamps(db) if stamp.by == by), key=lambda stamp: stamp.size, default=None)
