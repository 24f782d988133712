"""What is logged of each kind of thing that happened: the fields that no later step may alter.

An entry is one line of JSON with sorted names and no spaces, so that the same row always gives the same bytes. Times
and hashes stand in it, never an address or a name of a person: who is erased must not live on in the log.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from storage import log_rows
from storage.log import Leaf, entry_bytes, leaf_hash
from storage.log_rows import EntryKind

Fields = Mapping[str, Any]


def entries_of(db: Database, kind: EntryKind, archive: Path, *, only_new: bool) -> Iterator[tuple[str, bytes]]:
    """Yield (subject, entry) of the rows of one kind: all, or *only_new* those that were never logged."""
    for row in log_rows.rows_of(db, kind, only_new=only_new):
        yield str(row["subject"]), _entry(kind, row, archive)


def entry_of(db: Database, kind: str, subject: str, archive: Path) -> bytes | None:
    """Return the entry about one subject as its row gives it now, if the row is there."""
    row = log_rows.row_of(db, log_rows.BY_NAME[kind], subject)
    return _entry(log_rows.BY_NAME[kind], row, archive) if row else None


def fits(leaf: Leaf, entry: bytes) -> bool:
    """Return whether *leaf* is the hash of *entry*."""
    return leaf.hash == leaf_hash(entry)


def _entry(kind: EntryKind, row: Fields, archive: Path) -> bytes:
    fields = {name: value for name, value in row.items() if name not in {"subject", "number"}}
    return entry_bytes(kind.name, str(row["subject"]), _ADD_HASHES.get(kind.name, _as_it_is)(fields, archive))


def _as_it_is(fields: Fields, _archive: Path) -> Fields:
    return fields


def _with_record(fields: Fields, archive: Path) -> Fields:
    """Bind the WARC record itself, not only the page inside it: headers and times stand there, too."""
    path = archive / str(fields["archived_as"])
    record = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None
    return {**fields, "record_sha256": record}


def _with_mail(fields: Fields, _archive: Path) -> Fields:
    mime = bytes(fields["mime"])
    return {
        **{name: value for name, value in fields.items() if name != "mime"},
        "mime_sha256": hashlib.sha256(mime).hexdigest(),
    }


_ADD_HASHES: dict[str, Callable[[Fields, Path], Fields]] = {"snapshot": _with_record, "message": _with_mail}
