"""The database, and the service around it, as one request sees them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from queue import Empty, LifoQueue
from typing import Annotated

from fastapi import Depends, Request
from sqlite_utils import Database

from storage.database import open_database
from tracker.service import Service

_KEPT = 8  # as many as are ever read from at once on a small machine; more are opened and closed


class Pool:
    """Open connections, each lent to one request at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._idle: LifoQueue[Database] = LifoQueue(_KEPT)

    @contextmanager
    def lent(self) -> Iterator[Database]:
        """Lend a connection nobody else has; one that saw an error is not lent again."""
        db = self._take()
        try:
            yield db
        except BaseException:
            db.close()
            raise
        self._give_back(db)

    def close(self) -> None:
        """Close every connection that is not lent."""
        with suppress(Empty):
            while True:
                self._idle.get_nowait().close()

    def _take(self) -> Database:
        try:
            return self._idle.get_nowait()
        except Empty:
            return open_database(self._path)

    def _give_back(self, db: Database) -> None:
        if self._idle.full():
            db.close()
        else:
            self._idle.put_nowait(db)


async def _of_request(request: Request) -> AsyncIterator[Database]:  # async: no thread is needed to lend
    pool: Pool = request.app.state.pool
    with pool.lent() as db:
        yield db


RequestDatabase = Annotated[Database, Depends(_of_request)]


async def _service(request: Request, db: RequestDatabase) -> Service:
    service: Service = request.app.state.service
    return replace(service, db=db)


RequestService = Annotated[Service, Depends(_service)]


@contextmanager
def own_service(request: Request) -> Iterator[Service]:
    """Lend a service with a connection of its own, for work that goes on after the answer."""
    pool: Pool = request.app.state.pool
    with pool.lent() as db:
        service: Service = request.app.state.service
        yield replace(service, db=db)
