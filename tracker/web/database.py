"""The database as one request sees it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Request
from sqlite_utils import Database

from storage.database import open_database


def _of_request(request: Request) -> Iterator[Database]:
    """Open the database for one request: SQLite connections do not cross threads."""
    opened = open_database(request.app.state.database)
    try:
        yield opened
    finally:
        opened.close()


RequestDatabase = Annotated[Database, Depends(_of_request)]
