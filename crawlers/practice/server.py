"""The practice server: four regulators on four ports of 127.0.0.1, on a day that the caller sets.

More hosts may play one of them, each on a port of its own, and have a bad day of their own.
"""

from __future__ import annotations

import ssl
import sys
import threading
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, time
from email.utils import format_datetime
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import ModuleType, TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, unquote, urlsplit

from crawlers.practice.cac import site as cac
from crawlers.practice.cellar import site as cellar
from crawlers.practice.faults import Fault, whole
from crawlers.practice.fedreg import site as fedreg
from crawlers.practice.meity import site as meity
from crawlers.practice.model import PracticeAnswer, PracticeRequest, Request
from crawlers.practice.story import days

SITES: dict[str, ModuleType] = {"cac": cac, "cellar": cellar, "fedreg": fedreg, "meity": meity}

_BODY_LIMIT = 1_000_000
_IDLE_SECONDS = 5


class Practice:
    """The practice regulators; start them, set the day, and look at what was asked of them."""

    def __init__(self) -> None:
        self.origins: dict[str, str] = {}
        self.now: datetime | None = None  # what the hosts' clocks say; None: nine o'clock of the day being played
        self._lock = threading.Lock()
        self._day = 1
        self._count = 0
        self._requests: list[Request] = []
        self._open: Counter[str] = Counter()
        self._busiest: Counter[str] = Counter()
        self._servers: list[ThreadingHTTPServer] = []
        self._faults: dict[str, Fault] = {}

    @property
    def day(self) -> int:
        """The day being played."""
        with self._lock:
            return self._day

    @day.setter
    def day(self, number: int) -> None:
        if not 1 <= number <= len(days()):
            raise ValueError(f"there are {len(days())} days, not a day {number}")
        with self._lock:
            self._day = number

    @property
    def requests(self) -> tuple[Request, ...]:
        """Every request so far, in the order of their answers."""
        with self._lock:
            return tuple(self._requests)

    @property
    def trap_hits(self) -> dict[str, int]:
        """How often each regulator's disallowed path was asked for."""
        hits = Counter(r.role for r in self.requests if r.path.startswith(SITES[r.role].TRAP))
        return {role: hits[role] for role in SITES}

    @property
    def busiest(self) -> dict[str, int]:
        """The most requests that each port was answering at the same time."""
        with self._lock:
            return {role: self._busiest[role] for role in SITES}

    def start(self) -> Self:
        """Listen on four free ports of 127.0.0.1."""
        for role in SITES:
            self.origins[role] = self.another(role)
        return self

    def another(self, role: str, tls: ssl.SSLContext | None = None) -> str:
        """Let one more host of 127.0.0.1 play *role*, with *tls* on a port for HTTPS; return its origin."""
        server = _Server(("127.0.0.1", 0), partial(_PracticeHandler, self, role))
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        self._servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.05,), name=f"practice-{role}", daemon=True).start()
        return f"{'http' if tls is None else 'https'}://127.0.0.1:{server.server_port}"

    def breaks(self, origin: str, fault: Fault) -> None:
        """Let the host at *origin* answer with *fault* from now on."""
        with self._lock:
            self._faults[origin] = fault

    def mend(self) -> None:
        """Let every host answer as it should."""
        with self._lock:
            self._faults.clear()

    def fault_of(self, origin: str) -> Fault | None:
        """Return the fault of the host at *origin*, if it has one."""
        with self._lock:
            return self._faults.get(origin)

    def stop(self) -> None:
        """Stop listening; the log stays."""
        while self._servers:
            server = self._servers.pop()
            server.shutdown()
            server.server_close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.stop()

    def answer(
        self, role: str, origin: str, method: str, target: str, headers: dict[str, str], form: str
    ) -> tuple[PracticeAnswer, int]:
        """Answer one request to the host at *origin* and log it; return the answer and the day it was given on."""
        with self._lock:
            self._open[role] += 1
            self._busiest[role] = max(self._busiest[role], self._open[role])
            self._count += 1
            day, token = self._day, self._count
        try:
            answer = self._route(role, origin, method, target, headers, form, day, token)
        finally:
            with self._lock:
                self._open[role] -= 1
        with self._lock:
            self._requests.append(Request(day, role, method, target, headers, answer.status))
        return answer, day

    def _route(
        self, role: str, origin: str, method: str, target: str, headers: dict[str, str], form: str, day: int, token: int
    ) -> PracticeAnswer:
        url = urlsplit(target)
        site = SITES[role]
        if url.path == "/robots.txt":
            return PracticeAnswer(site.ROBOTS.encode(), headers={"Content-Type": "text/plain"})
        question = PracticeRequest(
            day=day,
            on=days()[day - 1].on,
            origin=origin,
            method=method,
            path=unquote(url.path),
            query=parse_qs("&".join(filter(None, (url.query, form))), keep_blank_values=True),
            headers=headers,
            token=token,
        )
        answer: PracticeAnswer = site.answer(question)
        return answer


class _Server(ThreadingHTTPServer):
    """A server that does not mind guests who go away in the middle."""

    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a broken connection: breaking them is what a bad day is about."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


class _PracticeHandler(BaseHTTPRequestHandler):
    """Turn HTTP into one question to the practice."""

    protocol_version = "HTTP/1.1"
    timeout = _IDLE_SECONDS

    def __init__(self, practice: Practice, role: str, *args: Any) -> None:
        self._practice = practice
        self._role = role
        super().__init__(*args)

    def do_GET(self) -> None:
        """Answer a GET."""
        self._reply()

    def do_HEAD(self) -> None:
        """Answer a HEAD."""
        self._reply()

    def do_POST(self) -> None:
        """Answer a POST with a form."""
        self._reply()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name http.server gives it
        """Say nothing: the log of requests is in memory."""

    def _reply(self) -> None:
        length = min(int(self.headers.get("Content-Length") or 0), _BODY_LIMIT)
        form = self.rfile.read(length).decode("utf-8", "replace") if length else ""
        headers = {name.lower(): value for name, value in self.headers.items()}
        answer, day = self._practice.answer(self._role, self._origin, self.command, self.path, headers, form)
        answer = replace(answer, headers={"Date": _clock(day, self._practice.now), **answer.headers})
        fault = self._practice.fault_of(self._origin)
        if fault is None or not fault.spoils_path(self.path):
            whole(self, answer)
        else:
            fault.sends(self, fault.spoils(answer))

    @property
    def _origin(self) -> str:
        """Return the origin this host is known by."""
        secure = isinstance(self.connection, ssl.SSLSocket)
        return f"{'https' if secure else 'http'}://127.0.0.1:{self.connection.getsockname()[1]}"


def _clock(day: int, now: datetime | None) -> str:
    return format_datetime(now or datetime.combine(days()[day - 1].on, time(9), tzinfo=UTC), usegmt=True)
