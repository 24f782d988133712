"""The turns of hosts over all machines of a fleet: a session advisory lock of PostgreSQL, and a row per host."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress

from sqlite_utils import Database

from crawlers.errors import NotAskedError
from crawlers.failure_causes import Cause
from crawlers.hosts.turn_files import SecondsLeft
from storage import host_turns
from storage.database.connection import refuse_zombie
from storage.database.fence import unfenced_place
from storage.errors import FencedError, StorageError
from storage.schema.open import open_database

POLL = 0.1
"""Seconds between two tries for a lock that another machine holds."""
_PATIENCE = 60.0  # seconds in which a database that is away may come back


class TurnRows:
    """The turns in the store at *address*; a worker whose job was given to another gets no more of them.

    Its connection is its own: a session that ends with the store gives every lock back, and is opened again.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        self._db: Database | None = None
        self._fenced: Database | None = None

    async def take(self, host: str, seconds_left: SecondsLeft, longest: float) -> None:
        """Wait for the lock of *host* and its pause; raises NotAskedError for a zombie, and when the store stays away.

        The host counts as asked until *longest* seconds from now: the lock may be lost while we ask.
        """
        end = time.monotonic() + _PATIENCE
        while True:
            try:
                self._refuse_zombie()
                if await self._try(host, seconds_left, longest):
                    return
                end = time.monotonic() + _PATIENCE
                await asyncio.sleep(POLL)
            except FencedError as error:
                raise NotAskedError(Cause.BACK_OFF, str(error)) from error
            except StorageError as error:
                self.close()
                if time.monotonic() > end:
                    raise NotAskedError(Cause.BACK_OFF, f"whose turn it is cannot be known: {error}") from error
                await asyncio.sleep(0.5)

    def give_back(self, host: str, request: str) -> None:
        """Note when *host* was asked, and give the lock back.

        When the store is away, the lock is gone with the session, and what *take* noted keeps others waiting.
        """
        with suppress(StorageError):
            host_turns.note(self._connection(), host, request)
            host_turns.unlock(self._connection(), host)

    async def _try(self, host: str, seconds_left: SecondsLeft, longest: float) -> bool:
        db = self._connection()
        if not host_turns.try_lock(db, host):
            return False
        try:
            if left := seconds_left(host_turns.seconds_since(db, host)):
                await asyncio.sleep(left)
            host_turns.note(db, host, "page", ahead=longest)
        except BaseException:
            with suppress(StorageError):
                host_turns.unlock(db, host)
            raise
        return True

    def _refuse_zombie(self) -> None:
        """Raise FencedError when the job that we ask for was given to another worker."""
        self._fenced = self._fenced or open_database(self._address)
        refuse_zombie(self._fenced)

    def _connection(self) -> Database:
        if self._db is None:
            self._db = open_database(unfenced_place(self._address))
        return self._db

    def close(self) -> None:
        """Close the connections, which gives every lock back; the next request opens them again."""
        for db in filter(None, (self._db, self._fenced)):
            db.close()
        self._db = self._fenced = None
