"""The server: one process, or several that each make the application for themselves and share one socket."""

from __future__ import annotations

import socket

import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

from crawlers.declaration.load import load as load_sources
from tracker import logs
from tracker.config import load as load_settings
from tracker.context import open_context
from tracker.errors import UsageError
from tracker.web.app import make_app
from tracker.web.middleware.timeouts import TimeoutProtocol

_BACKLOG = 512  # connections not yet accepted
_AT_ONCE = 200  # connections of a process; each may open four files, and systems allow a process some thousand


def application() -> FastAPI:
    """Return the application over the home that the environment names."""
    settings = load_settings()
    logs.configure(settings.log_level, settings.log_format, settings.secrets)
    declarations = load_sources(settings.folders)
    return make_app(open_context(settings, declarations, settings.folders, to_watch=False))


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens there; raises UsageError when that cannot be."""
    try:
        addresses = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, _, _, _, address = addresses[0]
        return socket.create_server(address[:2], family=family, backlog=_BACKLOG)
    except OSError as error:
        why = str(error.strerror or error).partition(" (while")[0]  # Python names the address once more
        raise UsageError(f"cannot listen on {host}, port {port}: {why}") from error


def serve(listener: socket.socket, processes: int = 1) -> None:
    """Serve until told to stop; of several *processes* one that dies, or answers nothing, is started again."""
    config = server_config("tracker.web.server:application", processes)
    if processes > 1:
        Multiprocess(config, sockets=[listener]).run()
    else:
        uvicorn.Server(config).run(sockets=[listener])


def server_config(app: FastAPI | str, processes: int = 1) -> uvicorn.Config:
    """Return how *app*, or the one that a function of this name makes, is served."""
    return uvicorn.Config(
        app,
        factory=isinstance(app, str),
        workers=processes,
        log_level="warning",
        log_config=None,  # our own lines, in our own form
        access_log=False,  # it would write the tokens of links
        http=TimeoutProtocol,
        ws="none",
        limit_concurrency=_AT_ONCE,
        # who is beyond a proxy is worked out by ourselves: the other end of the connection must stay known
        proxy_headers=False,
    )
