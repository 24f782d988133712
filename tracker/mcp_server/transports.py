"""How the MCP server is reached: standard input and output of a child process, or HTTP on one address."""

from __future__ import annotations

import logging
import socket
from urllib.parse import urlsplit

import uvicorn
from mcp.server import MCPServer
from mcp.server.transport_security import TransportSecuritySettings

from tracker.config import Settings

_LARGEST = 200_000  # bytes of a request; the longest question is short
_AT_ONCE = 100  # connections
PATH = "/mcp"


def serve_stdio(server: MCPServer) -> None:
    """Answer on standard output what standard input asks, until it ends."""
    server.run("stdio")


def serve_http(server: MCPServer, listener: socket.socket, settings: Settings) -> None:
    """Answer at /mcp until told to stop; only requests to a host that is ours are answered."""
    logging.getLogger("mcp").setLevel(logging.WARNING)
    app = server.streamable_http_app(
        streamable_http_path=PATH,
        json_response=True,
        stateless_http=True,
        max_request_body_size=_LARGEST,
        transport_security=host_rules(listener, settings.base_url),
    )
    config = uvicorn.Config(app, log_level="warning", access_log=False, ws="none", limit_concurrency=_AT_ONCE)
    uvicorn.Server(config).run(sockets=[listener])


def host_rules(listener: socket.socket, base_url: str) -> TransportSecuritySettings:
    """Return which Host and Origin headers are answered: a page of another site must not ask in a reader's name."""
    host, port = listener.getsockname()[:2]
    base = urlsplit(base_url)
    names = {host, "127.0.0.1", "localhost", base.hostname or "localhost"}
    hosts = [*(f"{name}:{port}" for name in sorted(names)), base.netloc, "[::1]:" + str(port)]
    origins = [*(f"http://{name}" for name in hosts), f"{base.scheme}://{base.netloc}"]
    return TransportSecuritySettings(allowed_hosts=hosts, allowed_origins=origins)
