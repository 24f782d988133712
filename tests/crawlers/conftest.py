"""A small regulator on a port of this machine, and a crawl of it by the real child process."""

from __future__ import annotations

import importlib.util
import os
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from crawlers.child.fetch import FetchJob, FetchPlace, fetch
from crawlers.declaration.load import load
from storage import checks, pages, problems, snapshots, sources
from storage.archive import Archive
from storage.records import Check, Page, Problem, Snapshot
from storage.schema.open import open_database

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LAW = (
    "<!DOCTYPE html><html><head><title>Practice Act</title></head><body><h1>Practice Act</h1>"
    + "".join(f"<p>Article {n}. A keeper of lighthouses shall keep light number {n} lit.</p>" for n in range(1, 6))
    + "</body></html>"
)


@dataclass
class Reply:
    body: str | bytes = LAW
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})
    claims: int | None = None  # a Content-Length that is not true
    before: Callable[[], None] = lambda: None


class Regulator:
    """Answers what it is told to, and remembers what it was asked."""

    def __init__(self) -> None:
        self.replies: dict[str, Reply | Callable[[Mapping[str, str]], Reply]] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.posts: list[tuple[str, str]] = []
        self.otherwise: Callable[[str], tuple[int, str, bytes]] | None = None
        self.open = self.busiest = 0
        self.lock = threading.Lock()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, self))
        self.origin = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def says(self, path: str, body: str | bytes = LAW, status: int = 200, **reply: Any) -> str:
        """Answer *path* so from now on; return its address."""
        kind = reply.pop("kind", "text/html; charset=utf-8")
        headers = {"Content-Type": kind, **reply.pop("headers", {})}
        self.replies[path] = Reply(body, status, headers, **reply)
        return self.origin + path

    def says_once(self, path: str, etag: str) -> str:
        """Answer *path* with an ETag, and 304 to who has it."""
        whole = Reply(headers={"Content-Type": "text/html", "ETag": etag})
        self.replies[path] = lambda headers: (
            Reply("", 304, {"ETag": etag}) if headers.get("if-none-match") == etag else whole
        )
        return self.origin + path

    def paths(self) -> list[str]:
        return [path for path, _ in self.requests if path != "/robots.txt"]

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 5

    def __init__(self, regulator: Regulator, *args: Any) -> None:
        self.regulator = regulator
        super().__init__(*args)

    def do_GET(self) -> None:
        regulator = self.regulator
        headers = {name.lower(): value for name, value in self.headers.items()}
        with regulator.lock:
            regulator.requests.append((self.path, headers))
            regulator.open += 1
            regulator.busiest = max(regulator.busiest, regulator.open)
        own_reply = regulator.replies.get(self.path) or regulator.replies.get(self.path.partition("?")[0])
        answer = own_reply or self._otherwise() or Reply("<h1>Not Found</h1>", 404)
        reply = answer(headers) if callable(answer) else answer
        reply.before()
        with regulator.lock:
            regulator.open -= 1
        body = reply.body.encode() if isinstance(reply.body, str) else reply.body
        self.send_response_only(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.status != 304:
            self.send_header("Content-Length", str(reply.claims if reply.claims is not None else len(body)))
        self.end_headers()
        self.wfile.write(body)
        if reply.claims is not None:
            self.close_connection = True

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        self.regulator.posts.append((self.path, body))
        self.do_GET()

    def _otherwise(self) -> Reply | None:
        if self.regulator.otherwise is None or self.path == "/robots.txt":
            return None
        status, kind, body = self.regulator.otherwise(self.path)
        return Reply(body, status, {"Content-Type": kind})

    def log_message(self, *args: Any) -> None:
        pass


class Watch:
    """A home with declarations in it, crawled by the real child process."""

    noon = NOON

    def __init__(self, folder: Path) -> None:
        self.home = folder / "home"
        self.declarations = folder / "declarations"
        self.home.mkdir()
        self.declarations.mkdir()
        self.db = open_database(self.home / "watch.db")
        self.archive = Archive(self.home / "archive")

    def declare(
        self, source_id: str, url: str, *, spider: str = "page", more: str = "", pause: str = "0 seconds"
    ) -> str:
        path = self.declarations / source_id.partition("_")[0] / f"{source_id}.toml"
        path.parent.mkdir(exist_ok=True)
        text = f'''
            title = "Practice Act"
            authority = "eu_ep"
            language = "en"
            spider = "{spider}"
            urls = ["{url}"]
            every = "1 day"
        '''
        more = dedent(more)
        path.write_text(
            dedent(text) + more + ("" if "[politeness]" in more else f'\n[politeness]\npause = "{pause}"\n')
        )
        return source_id

    def crawl(
        self, *jobs: FetchJob, now: datetime | None = NOON, contact: str = "", trust_clock: bool = True, **options: Any
    ) -> None:
        declarations = load([self.declarations])
        sources.sync(self.db, declarations.values(), now or datetime.now(UTC))
        place = FetchPlace(
            self.home,
            self.home / "watch.db",
            self.home / "archive",
            (self.declarations,),
            contact=contact,
            now=now,
            trust_clock=trust_clock,
        )
        fetch(jobs or [FetchJob(source_id) for source_id in declarations], place, **options)

    def pages(self, source_id: str) -> dict[str, Page]:
        return {page.url: page for page in pages.of_source(self.db, source_id)}

    def looks(self, source_id: str) -> list[Check]:
        return [c for page in pages.of_source(self.db, source_id) for c in checks.of_page(self.db, page.id)]

    def look(self, source_id: str) -> Check:
        return self.looks(source_id)[-1]

    def snapshots(self, source_id: str) -> list[Snapshot]:
        return [s for page in pages.of_source(self.db, source_id) for s in snapshots.of_page(self.db, page.id)]

    def problems(self, source_id: str) -> list[Problem]:
        return [p for p in problems.open_problems(self.db) if p.source_id == source_id]


@pytest.fixture(scope="session")
def open_regulator() -> type[Regulator]:
    return Regulator


@pytest.fixture(scope="session")
def open_watch() -> type[Watch]:
    return Watch


@pytest.fixture
def regulator() -> Iterator[Regulator]:
    new_regulator = Regulator()
    yield new_regulator
    new_regulator.close()


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    new_watch = Watch(tmp_path)
    yield new_watch
    new_watch.db.close()


@pytest.fixture(scope="session")
def chromium() -> str:
    """A browser and what drives it; without them a test is skipped, and fails in CI."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    has_playwright = importlib.util.find_spec("playwright") is not None
    if path and has_playwright:
        return path
    reason = "no Chromium on this machine" if has_playwright else "the package playwright is not installed"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
