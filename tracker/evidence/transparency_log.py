"""The transparency log: what happened since the last round becomes leaves, tiles and one signed checkpoint.

The leaves are written in one transaction, the tiles and the checkpoint after it out of the leaves: killed anywhere, the
next call goes on where this one stopped, and no leaf is without its row, no row for long without its leaf.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from sqlite_utils import Database

from storage import log, log_rows
from storage.database.connection import transaction
from storage.log import CheckpointRow
from storage.serialise import utc_iso
from tracker.context import AppContext
from tracker.evidence import log_entries, signed_note
from tracker.evidence.log_states import log_states
from tracker.evidence.signed_note import Checkpoint, NoteError, NoteKey
from tracker.evidence.tiles import TileError, Tiles

_KEY, _TILES, _CHECKPOINT = "log.key", "log", "checkpoint"


@dataclass(frozen=True, slots=True)
class LogPlaces:
    """Where one home keeps its log, and the name it signs by."""

    home: Path
    archive: Path
    name: str

    @property
    def tiles(self) -> Path:
        """The folder of tiles and of the newest checkpoint."""
        return self.home / _TILES

    @property
    def key(self) -> Path:
        """The file of the private key."""
        return self.home / _KEY


def places_of(service: AppContext) -> LogPlaces:
    """Return where a service keeps its log; it signs under the host of its address."""
    name = urlsplit(service.settings.base_url).hostname or "clausewatch.invalid"
    return LogPlaces(service.settings.home, service.archive.root, name)


def record_log(db: Database, places: LogPlaces, now: datetime) -> Checkpoint | None:
    """Log everything that was never logged, and sign the log's new size; return the checkpoint, or None if nothing new.

    Raises OSError when the home cannot be written: the leaves are kept, and signed the next time.
    """
    key = own_key(places, make=True)
    with transaction(db):
        if log.size(db) == 0:
            log.append(db, log.GENESIS, [_genesis(key, now)], keep_words=True)
        for kind in log_rows.KINDS:
            entries = log_entries.entries_of(db, kind, places.archive, only_new=True)
            log.append(db, kind.name, entries)
    log_states(db, places.archive)
    last = log.last_checkpoint(db)
    if last is not None and last.size == log.size(db):
        return None
    tiles = _caught_up(db, places, last)
    checkpoint = Checkpoint(f"{places.name}/log", tiles.size, tiles.root_hash())
    note = signed_note.sign(checkpoint.text(), places.name, places.key.read_bytes())
    with transaction(db):
        log.add_checkpoint(db, tiles.size, now, note)
    _write_atomically(places.tiles / _CHECKPOINT, note.encode(), mode=0o644)
    return checkpoint


def own_key(places: LogPlaces, *, make: bool = False) -> NoteKey:
    """Return the public key of the home's log; with *make* the private one is made once, for its owner's eyes only.

    Raises NoteError when there is none, or the file holds none.
    """
    if make and not places.key.exists():
        places.home.mkdir(parents=True, exist_ok=True)
        _write_atomically(places.key, signed_note.new_private_key(), mode=0o600, replace=False)
    try:
        return signed_note.public_key(places.name, places.key.read_bytes())
    except (OSError, ValueError) as error:
        raise NoteError(f"{places.key.name}: holds no key ({type(error).__name__})") from error


def _genesis(key: NoteKey, now: datetime) -> tuple[str, bytes]:
    """Return the first leaf, which names the key: who replaces the key has to rewrite the log from here on."""
    return "0", log.entry_bytes(log.GENESIS, "0", {"key": key.public.hex(), "at": utc_iso(now)})


def _caught_up(db: Database, places: LogPlaces, last: CheckpointRow | None) -> Tiles:
    """Return the tiles with all leaves in them; tiles that are missing or damaged are made again from the leaves.

    Damaged are those that do not come to the root of the last checkpoint: it would be signed over noise.
    """
    size = last.size if last else 0
    tiles = Tiles(places.tiles, size)
    try:
        is_whole = last is None or tiles.root_hash() == _signed_root(last.note, tiles)
        if is_whole:
            tiles.append(list(_hashes(db, size)))
            tiles.root_hash()
            return tiles
    except TileError:
        pass
    shutil.rmtree(places.tiles / "tile", ignore_errors=True)
    tiles = Tiles(places.tiles, 0)
    tiles.append(list(_hashes(db, 0)))
    return tiles


def _signed_root(note: str, tiles: Tiles) -> bytes:
    """Return the root that a checkpoint signs; that of the tiles where it states none, which verify finds."""
    try:
        return signed_note.parse_checkpoint(note).root
    except NoteError:
        return tiles.root_hash()


def _hashes(db: Database, after: int) -> Iterator[bytes]:
    return (leaf.hash for leaf in log.leaves(db, after))


def _write_atomically(path: Path, body: bytes, *, mode: int, replace: bool = True) -> None:
    """Write *path* whole; without *replace* who comes second leaves what is there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, partial_path = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            os.fchmod(file.fileno(), mode)
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        if replace:
            Path(partial_path).replace(path)
        elif not path.exists():
            os.link(partial_path, path)
    except FileExistsError:
        pass
    finally:
        Path(partial_path).unlink(missing_ok=True)
