"""The world of the drill: a web of hostile sites on one address, a service inside on another, and one real crawl."""

from __future__ import annotations

import json
import os
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from benchmarks.hostile.inside import INSIDE, LAW, NAMES, PUBLIC, HostileSite, html
from crawlers.child.fetch import FetchJob, FetchPlace, fetch
from crawlers.declaration.load import load
from storage import checks, pages, sources
from storage.records import Check
from storage.schema.open import open_database

_RESOLVER = Path(__file__).parent / "resolver"
_CONTROL = "control.law.example"


@dataclass(frozen=True, slots=True)
class SiteFinding:
    """What came of one site: its looks, and whether it got us inside."""

    site: HostileSite
    looks: tuple[Check, ...]
    led_inside: bool

    @property
    def is_held(self) -> bool:
        """Whether the inside was left alone, and what came of the site is on record with a cause that was expected."""
        if self.led_inside or not self.looks:
            return False
        return not self.site.causes or bool({look.cause for look in self.looks} & self.site.causes)


@dataclass(frozen=True, slots=True)
class DrillResult:
    """What came of all sites; ``control_was_read`` says whether honest sites were read beside them."""

    findings: tuple[SiteFinding, ...]
    control_was_read: bool
    seconds: float


class HostileWorld:
    """The servers of the drill."""

    def __init__(self) -> None:
        self.sites: dict[str, HostileSite] = {}
        self.asked_inside: list[str] = []
        self.servers = [_server(PUBLIC, 0, self._answer_outside)]
        self.port = self.servers[0].server_address[1]
        for address in (INSIDE, "::1"):
            with suppress(OSError):  # no IPv6 here
                self.servers.append(_server(address, self.port, self._answer_inside))

    def close(self) -> None:
        """End the servers."""
        for server in self.servers:
            server.shutdown()
            server.server_close()

    def _answer_outside(self, handler: BaseHTTPRequestHandler) -> None:
        host = (handler.headers.get("Host") or "").partition(":")[0].lower()
        site = self.sites.get(host)
        answer = site.pages.get(handler.path, site.pages.get("*")) if site else None
        if callable(answer):
            answer = answer(handler.path)
        if callable(answer):  # it writes for itself
            answer(handler)
            return
        status, headers, body = answer or (404, {}, b"not here")
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        if "Content-Length" not in headers:
            handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        with suppress(OSError):
            handler.wfile.write(body)

    def _answer_inside(self, handler: BaseHTTPRequestHandler) -> None:
        self.asked_inside.append(f"{handler.headers.get('Host')} {handler.path} {handler.headers.get('Referer', '')}")
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(b"<h1>Inside</h1><p>Article 1. The password of the lighthouse is beacon.</p>" * 5)


def run_drill(
    world: HostileWorld, sites: Sequence[HostileSite], folder: Path, *, also_allowed: str = ""
) -> DrillResult:
    """Crawl every site once, in one child, beside an honest one; *also_allowed* opens the inside, to see it seen."""
    hosts = {f"site{number}.law.example": site for number, site in enumerate(sites)}
    control = HostileSite("control: an honest site", {"/": html(LAW)})
    world.sites = {**hosts, _CONTROL: control}
    declarations = folder / "declarations"
    for number, site in enumerate(sites):
        _declare(declarations, f"eu_site_{number}", f"http://site{number}.law.example:{world.port}/", site)
    _declare(declarations, "eu_control", f"http://{_CONTROL}:{world.port}/", control)
    start = time.monotonic()
    _crawl(folder, declarations, f"{PUBLIC}:{world.port},{also_allowed}")
    seconds = time.monotonic() - start
    with closing(open_database(folder / "db")) as db:
        looks = {source: tuple(_looks(db, source)) for source in load([declarations])}
    findings = tuple(
        SiteFinding(site, looks[f"eu_site_{number}"], led_inside=_led_inside(folder, number))
        for number, site in enumerate(sites)
    )
    if world.asked_inside:  # whose it was is not known for sure: all that could have are counted
        findings = tuple(SiteFinding(finding.site, finding.looks, led_inside=True) for finding in findings)
    return DrillResult(findings, any(look.snapshot_id for look in looks["eu_control"]), seconds)


def _led_inside(folder: Path, number: int) -> bool:
    """Return whether the words of the inside were kept of a site."""
    with closing(open_database(folder / "db")) as db:
        rows = db.execute("SELECT count(*) FROM snapshots s JOIN pages p ON p.id = s.page_id WHERE p.source_id = ? AND "
                          "s.url LIKE '%secret.html%'", [f"eu_site_{number}"]).fetchone()  # fmt: skip
    return bool(rows[0])


def _crawl(folder: Path, declarations: Path, targets: str) -> None:
    source_list = load([declarations])
    with closing(open_database(folder / "db")) as db:
        sources.sync(db, source_list.values(), datetime.now(UTC))
    names = folder / "names.json"
    names.write_text(json.dumps(NAMES), encoding="utf-8")
    place = FetchPlace(
        folder, folder / "db", folder / "archive", (declarations,), "drill@law.example",
        private_targets=targets,
    )  # fmt: skip
    with _environment(
        CLAUSEHOSTILE_NAMES=str(names), PYTHONPATH=f"{_RESOLVER}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"
    ):
        fetch([FetchJob(source_id) for source_id in source_list], place)


@contextmanager
def _environment(**changes: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in changes}
    os.environ.update(changes)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _looks(db: Any, source_id: str) -> Iterator[Check]:
    for page in pages.of_source(db, source_id):
        yield from checks.of_page(db, page.id)


def _declare(folder: Path, source_id: str, url: str, site: HostileSite) -> None:
    path = folder / "eu" / f"{source_id}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f'title = "Lighthouse Act"\nauthority = "eu_ep"\nlanguage = "en"\nspider = "{site.spider}"\n'
        f'urls = ["{url}"]\nevery = "1 day"\n{site.more}[politeness]\npause = "{site.pause}"\ntimeout = "8 seconds"\n',
        encoding="utf-8",
    )


def _server(address: str, port: int, answer: Any) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        timeout = 20

        def do_GET(self) -> None:
            with suppress(OSError):
                answer(self)

        def log_message(self, *_: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        address_family = socket.AF_INET6 if ":" in address else socket.AF_INET
        daemon_threads = True
        request_queue_size = 64

    server = Server((address, port), Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    return server
