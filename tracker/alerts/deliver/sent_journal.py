"""Journal of what a mail server took while the database could not be told; its room is reserved before anything goes.

A disk that is full in the middle of a pass must not have a reader told twice. What stands here is marked as sent by the
next pass, before it sends anything.
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from storage import messages
from storage.database.connection import transaction
from storage.serialise import utc_iso

_NAME = "deliver.sent"
_ROOM = 4096  # bytes; a line for each message in the air, of which there are a few at most
_BLANK = b" " * _ROOM


class SentJournal:
    """The journal of one home, for as long as a pass has the lock of delivery. Raises OSError when there is no room."""

    def __init__(self, home: Path) -> None:
        self._path = home / _NAME
        self._at = 0
        if not self._path.exists() or self._path.stat().st_size < _ROOM:
            with self._path.open("wb") as file:
                file.write(_BLANK)
                file.flush()
                os.fsync(file.fileno())

    def settle(self, db: Database) -> None:
        """Mark as sent what the last pass could only note here."""
        content = self._path.read_bytes()
        if not content.strip():
            return
        with transaction(db):
            for line in content.decode("ascii", "replace").splitlines():
                number, _, at = line.strip().partition(" ")
                if number.isdigit() and at:
                    messages.mark_sent(db, int(number), datetime.fromisoformat(at.strip()))
        self._write(0, _BLANK)

    def note(self, message_id: int, at: datetime) -> None:
        """Note that the server has taken a message which the database could not mark."""
        line = f"{message_id} {utc_iso(at)}\n".encode("ascii")
        self._write(self._at, line)
        self._at += len(line)

    def _write(self, at: int, content: bytes) -> None:
        handle = os.open(self._path, os.O_WRONLY)
        try:
            os.pwrite(handle, content, at)
            os.fsync(handle)
        finally:
            os.close(handle)
