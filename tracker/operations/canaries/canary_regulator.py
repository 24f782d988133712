"""The canaries' regulator: a server on loopback, one port a source, that serves a page as kept and then as planted."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

_PATH = "/act"


@dataclass(frozen=True, slots=True)
class ServedPage:
    """What one port serves: the page as it was kept, and with words planted in it."""

    media_type: str
    kept_body: bytes
    planted_body: bytes


class CanaryRegulator:
    """Serves the pages of all canaries; ``is_planted`` says which of the two."""

    def __init__(self, pages: Mapping[str, ServedPage]) -> None:
        self.is_planted = False
        self.urls: dict[str, str] = {}
        self._servers = []
        for source_id, page in pages.items():
            server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_CanaryHandler, self, page))
            server.daemon_threads = True
            self._servers.append(server)
            self.urls[source_id] = f"http://127.0.0.1:{server.server_port}{_PATH}"

    def __enter__(self) -> Self:
        for server in self._servers:
            threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        for server in self._servers:
            server.shutdown()
            server.server_close()


class _CanaryHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 10

    def __init__(self, regulator: CanaryRegulator, page: ServedPage, *args: Any) -> None:
        self._regulator, self._page = regulator, page
        super().__init__(*args)

    def do_GET(self) -> None:
        """Answer a GET: the page, or that there is no robots.txt."""
        is_page = self.path == _PATH
        body = (self._page.planted_body if self._regulator.is_planted else self._page.kept_body) if is_page else b""
        self.send_response(200 if is_page else 404)
        self.send_header("Content-Type", self._page.media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name http.server gives it
        """Say nothing."""
