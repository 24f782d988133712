"""The database, and the service around it, as one request sees them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from queue import Empty, LifoQueue
from typing import Annotated

from fastapi import Depends, Request
from sqlite_utils import Database

from storage.database.place import StorePlace
from storage.schema.open import open_database
from tracker.context import AppContext

_MAX_IDLE = 8  # as many as are ever read from at once on a small machine; more are opened and closed


class Pool:
    """Open connections, each lent to one request at a time."""

    def __init__(self, place: StorePlace) -> None:
        self._place = place
        self._idle: LifoQueue[tuple[Database, int]] = LifoQueue(_MAX_IDLE)

    @contextmanager
    def connection(self) -> Iterator[Database]:
        """Lend a connection nobody else has; one that saw an error is not lent again.

        Raises NewerSchemaError when a newer Clausewatch has changed the tables meanwhile.
        """
        db, schema = self._take()
        try:
            yield db
        except BaseException:
            db.close()
            raise
        self._give_back(db, schema)

    def close(self) -> None:
        """Close every connection that is not lent."""
        with suppress(Empty):
            while True:
                self._idle.get_nowait()[0].close()

    def _take(self) -> tuple[Database, int]:
        with suppress(Empty):
            while True:
                db, schema = self._idle.get_nowait()
                if _schema(db) == schema:
                    return db, schema
                db.close()  # opening it again tells whether we still know what is in there
        db = open_database(self._place)
        return db, _schema(db)

    def _give_back(self, db: Database, schema: int) -> None:
        if self._idle.full():
            db.close()
        else:
            self._idle.put_nowait((db, schema))


def _schema(db: Database) -> int:
    """Return the number that counts up whenever a table changes its form."""
    number: int = db.execute("PRAGMA schema_version").fetchone()[0]
    return number


async def _of_request(request: Request) -> AsyncIterator[Database]:  # async: no thread is needed to lend
    pool: Pool = request.app.state.pool
    with pool.connection() as db:
        yield db


RequestDatabase = Annotated[Database, Depends(_of_request)]


async def _service(request: Request, db: RequestDatabase) -> AppContext:
    service: AppContext = request.app.state.service
    return replace(service, db=db)


RequestService = Annotated[AppContext, Depends(_service)]


@contextmanager
def own_service(request: Request) -> Iterator[AppContext]:
    """Lend a service with a connection of its own, for work that goes on after the answer."""
    pool: Pool = request.app.state.pool
    with pool.connection() as db:
        service: AppContext = request.app.state.service
        yield replace(service, db=db)
