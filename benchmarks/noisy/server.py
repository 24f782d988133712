"""A server on loopback that shows the made pages, each request with other noise; several ports stand for hosts."""

from __future__ import annotations

import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from typing import Any, Self

from benchmarks.noisy.pages import MadePage, page


class Noisy:
    """The server, and whether the fifth of its pages that change have changed."""

    def __init__(self, hosts: int) -> None:
        self.has_changed = False
        self.requests = 0
        self.chance = Random(1)
        self.lock = threading.Lock()
        self.servers = [ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, self)) for _ in range(hosts)]

    def __enter__(self) -> Self:
        for server in self.servers:
            threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        for server in self.servers:
            server.shutdown()
            server.server_close()

    def url(self, made_page: MadePage) -> str:
        """Return the address of a page."""
        server = self.servers[made_page.number % len(self.servers)]
        return f"http://127.0.0.1:{server.server_port}/page/{made_page.number}"

    def answer(self, number: int) -> bytes:
        """Return the page of that number as it is now."""
        with self.lock:
            self.requests += 1
            return page(MadePage(number), has_changed=self.has_changed, request=self.requests, chance=self.chance)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, noisy: Noisy, *args: Any) -> None:
        self.noisy = noisy
        super().__init__(*args)

    def do_GET(self) -> None:
        is_page = self.path.startswith("/page/")
        body = self.noisy.answer(int(self.path[6:])) if is_page else b"nothing here"
        self.send_response(200 if is_page else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""
