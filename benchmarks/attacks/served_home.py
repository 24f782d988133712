"""A served home with hostile words in it, and what each answer of it is held against."""

from __future__ import annotations

import os
import re
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from benchmarks.attacks.requests import Attack

HOSTILE = "=HYPERLINK(1)<script>alert(1)</script>\r\nX-Injected: yes"
PASSWORD = "correct horse battery staple"
_LEAKS = (b"Traceback (most recent", b"root:x:0:0", b"sqlite3.", b"/site-packages/", b"X-Injected: yes\r\n")
_RAW_SCRIPT = re.compile(
    rb"<script>alert\(1\)|<svg/onload=alert|<img src=x onerror=alert|<iframe srcdoc=", re.IGNORECASE
)
_WATCHED_TABLES = ("subscriptions", "subscribers", "keys", "messages", "versions")


@contextmanager
def serve(home: Path, declarations: Path, password_hash: str) -> Iterator[tuple[int, subprocess.Popen[bytes], Path]]:
    """Run the real command over *home*; yield its port, its process and the file of its log."""
    _poison(home)
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        "CLAUSEWATCH_HOME": str(home), "CLAUSEWATCH_DECLARATIONS": str(declarations),
        "CLAUSEWATCH_OPERATOR_PASSWORD_HASH": password_hash, "CLAUSEWATCH_BASE_URL": f"http://127.0.0.1:{port}",
        "CLAUSEWATCH_PAGES_PER_MINUTE": "1000000", "CLAUSEWATCH_QUESTIONS_PER_MINUTE": "1000000",
    }  # fmt: skip
    log = home.parent / "serve.log"
    with log.open("wb") as out:
        command = [sys.executable, "-m", "tracker.cli", "serve", "--port", str(port)]
        with subprocess.Popen(command, env=os.environ | environment, stderr=out, stdout=out) as server:
            try:
                _wait(port)
                yield port, server, log
            finally:
                server.terminate()


def exchange(port: int, request: bytes, patience: float = 15.0) -> bytes:
    """Return all that a server answers to a request, until it closes or has been silent for long."""
    answer = b""
    with socket.create_connection(("127.0.0.1", port), timeout=patience) as line:
        with suppress(OSError):
            line.sendall(request)
        if b"onnection: close" not in request[:4000]:
            line.settimeout(2.0)
        with suppress(OSError):
            while piece := line.recv(65536):
                answer += piece
    return answer


def faults_of(attack: Attack, answer: bytes) -> Iterator[str]:
    """Yield what is wrong with the answer to an attack."""
    head, _, body = answer.partition(b"\r\n\r\n")
    status = int(head[9:12]) if head[9:12].isdigit() else 0
    if status >= 500 and status not in {501, 503}:
        yield f"status {status}"
    if attack.statuses and status not in attack.statuses:
        yield f"status {status}, not one of {sorted(attack.statuses)}"
    yield from (f"says {leak!r}" for leak in _LEAKS if leak in answer)
    headers = {
        name.strip().lower(): value.strip()
        for name, _, value in (line.partition(b":") for line in head.split(b"\r\n")[1:])
    }
    if b"x-injected" in headers or b"a=b" in headers.get(b"set-cookie", b""):
        yield "a header of the attacker's"
    location = headers.get(b"location", b"")
    if location.startswith((b"//", b"/\\")) or (
        b"evil.example" in location.split(b"?")[0] and not location.startswith(b"/")
    ):
        yield f"leads to {location[:80]!r}"
    if b"html" in headers.get(b"content-type", b"") and _RAW_SCRIPT.search(body):
        yield "a script of the attacker's in the page"
    if status == 200 and b"html" in headers.get(b"content-type", b"") and b"content-security-policy" not in headers:
        yield "no content security policy"
    if status and b"nosniff" not in headers.get(b"x-content-type-options", b"nosniff"):
        yield "may be sniffed"


def counts(home: Path) -> dict[str, int]:
    """Return how many rows there are that only a friend may add to."""
    with closing(sqlite3.connect(home / "clausewatch.db")) as db:
        return {table: db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in _WATCHED_TABLES}


def _poison(home: Path) -> None:
    """Put an attacker's words where a publisher's or a subscriber's would be."""
    with closing(sqlite3.connect(home / "clausewatch.db", isolation_level=None)) as db:
        db.execute("UPDATE instruments SET title = ?, title_native = ?", [HOSTILE, HOSTILE])
        db.execute("UPDATE pages SET title = ?", [HOSTILE])
        db.execute("UPDATE subscribers SET name = ?", [HOSTILE])


def _wait(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with suppress(OSError):
            if (
                b" 200 "
                in exchange(port, b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")[:20]
            ):
                return
        time.sleep(0.2)
    raise TimeoutError("the server did not start")
