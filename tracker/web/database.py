"""The database as one request sees it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from queue import Empty, LifoQueue
from typing import Annotated

from fastapi import Depends, Request
from sqlite_utils import Database

from storage.database import open_database

_KEPT = 8  # as many as are ever read from at once on a small machine; more are opened and closed


class Pool:
    """Open connections, each lent to one request at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._idle: LifoQueue[Database] = LifoQueue(_KEPT)

    def take(self) -> Database:
        """Return a connection nobody else has."""
        try:
            return self._idle.get_nowait()
        except Empty:
            return open_database(self._path)

    def give_back(self, db: Database) -> None:
        """Keep *db* for the next request, or close it when enough are kept."""
        if self._idle.full():
            db.close()
        else:
            self._idle.put_nowait(db)

    def close(self) -> None:
        """Close every connection that is not lent."""
        with suppress(Empty):
            while True:
                self._idle.get_nowait().close()


def _of_request(request: Request) -> Iterator[Database]:
    pool: Pool = request.app.state.pool
    lent = pool.take()
    try:
        yield lent
    except BaseException:
        lent.close()
        raise
    pool.give_back(lent)


RequestDatabase = Annotated[Database, Depends(_of_request)]
