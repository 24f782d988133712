"""A server on loopback that counts: `python -m benchmarks.watching.server PORT [--no-validators] [--delay-ms N]`.

``/p/N`` is a page; ``/__v?n=2`` turns to another edition; ``/__stats`` returns the counts since it was last asked.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import threading
import time
import urllib.request
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from benchmarks.watching.pages import page

_COUNTS = ("req", "full", "n304", "maxconc")


class Server:
    """The server as a process of its own, while inside ``with``."""

    def __init__(self, port: int, *options: str) -> None:
        self.port, self._options = port, options

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "benchmarks.watching.server", str(self.port), *self._options]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2])
        assert self._process.stdout is not None
        assert self._process.stdout.readline(), "the server did not start"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.communicate()

    def version(self, edition: int) -> None:
        """Turn to another edition of every page."""
        self._fetch(f"/__v?n={edition}")

    def stats(self) -> dict[str, Any]:
        """Return requests, whole answers, answers 304 and the most at once, and begin to count anew."""
        counts: dict[str, Any] = json.loads(self._fetch("/__stats"))
        return counts

    def _fetch(self, path: str) -> bytes:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            return bytes(answer.read())


class _CountingHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # a body would wait 40 ms for the acknowledgement of its headers
    edition = 1
    now = 0
    counts = dict.fromkeys(_COUNTS, 0)
    lock = threading.Lock()
    validators = True
    delay = 0.0

    def do_GET(self) -> None:
        kind = type(self)
        if self.path.startswith("/p/"):
            self._page(kind)
        elif self.path.startswith("/__v"):
            kind.edition = int(self.path.rpartition("=")[2])
            self._answer(200, b"ok")
        elif self.path == "/__stats":
            with kind.lock:
                counts, kind.counts = kind.counts, dict.fromkeys(_COUNTS, 0)
            self._answer(200, json.dumps(counts).encode())
        else:
            self._answer(404, b"no")

    def _page(self, kind: type[_CountingHandler]) -> None:
        with kind.lock:
            kind.now += 1
            kind.counts["req"] += 1
            kind.counts["maxconc"] = max(kind.counts["maxconc"], kind.now)
        time.sleep(kind.delay)
        body, tag = _page_and_tag(int(self.path[3:]), kind.edition)
        same = kind.validators and self.headers.get("If-None-Match") == tag
        with kind.lock:
            kind.now -= 1
            kind.counts["n304" if same else "full"] += 1
        self._answer(304 if same else 200, b"" if same else body, tag if kind.validators else "")

    def _answer(self, status: int, body: bytes, tag: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        if tag:
            self.send_header("ETag", tag)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: Any) -> None:
        """Say nothing."""


@lru_cache(maxsize=4096)
def _page_and_tag(number: int, edition: int) -> tuple[bytes, str]:
    body = page(number, edition)
    return body, f'"{hashlib.sha256(body).hexdigest()[:16]}"'


def main() -> None:
    """Serve until ended."""
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("--no-validators", action="store_true")
    parser.add_argument("--delay-ms", type=float, default=0)
    options = parser.parse_args()
    _CountingHandler.validators = not options.no_validators
    _CountingHandler.delay = options.delay_ms / 1000
    server = ThreadingHTTPServer(("127.0.0.1", options.port), _CountingHandler)
    print("ready", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
