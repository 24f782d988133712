"""Links that lead inside: every spelling of an address that is not public, by every way in which a site leads us."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape

LAW = (
    "<!DOCTYPE html><html><head><title>Lighthouse Act</title></head><body><h1>Lighthouse Act</h1>"
    + "".join(f"<p>Article {n}. A keeper of lighthouses shall keep light number {n} lit.</p>" for n in range(1, 6))
    + "</body></html>"
).encode()
PUBLIC, INSIDE = "127.0.0.1", "127.0.0.2"
"""The address that plays the public web, allowed by setting, and the one of the service that must never be asked."""
NAMES: Mapping[str, list[list[str]]] = {
    "*.law.example": [[PUBLIC]],
    "inside.example": [[INSIDE]],
    "inside-mapped.example": [["::ffff:127.0.0.2"]],
    "inside-six.example": [["::1"]],
    "private.example": [["10.0.0.8"]],
    "metadata.google.internal": [["169.254.169.254"]],
    "localhost": [[INSIDE]],
    "localhost.": [[INSIDE]],
    "rebind.example": [[PUBLIC], [INSIDE]],
    "rebind-late.example": [[PUBLIC], [PUBLIC], [INSIDE]],
    "all-inside.example": [["10.0.0.8", INSIDE, "::1"]],
}
SPELLINGS = (
    "127.0.0.2", "127.2", "127.0.2", "0x7f.2", "0x7f.0x0.0x0.0x2", "0x7f000002", "2130706434", "0177.2", "017700000002",
    "0177.0.0.2", "127.0.0.2.", "127.000.000.002", "[::ffff:127.0.0.2]", "[::ffff:7f00:2]", "[::127.0.0.2]",
    "[64:ff9b::7f00:2]", "[64:ff9b:1::7f00:2]", "[2002:7f00:2::1]", "[::1]", "[0:0:0:0:0:0:0:1]", "[::]", "0.0.0.0",
    "0",    "localhost", "localhost.", "LOCALHOST", "inside.example", "inside-mapped.example", "inside-six.example",
    "private.example", "metadata.google.internal", "rebind.example", "rebind-late.example", "all-inside.example",
    "169.254.169.254", "0xa9fea9fe", "10.0.0.8", "192.168.1.1", "172.16.0.1", "100.64.0.1", "[fe80::1]",
    "[fd00:ec2::254]",    "[fec0::1]", "224.0.0.1", "255.255.255.255",
    "%31%32%37.0.0.2", "\uff11\uff12\uff17.0.0.2", "law.example@127.0.0.2",
    "a%00.law.example", "127.0.0.2%23.law.example",
)  # fmt: skip
_PORTS = (21, 22, 25, 110, 3306, 5432, 6379, 8080, 9200, 11211)
_OTHER = (
    "file:///etc/passwd", "ftp://127.0.0.2/law", "gopher://127.0.0.2:70/_x", "dict://127.0.0.2:11211/stats",
    "data:text/html,law",    "javascript:alert(1)", "http:///secret.html", "http://", "//127.2/secret.html", "http://127.0.0.2:0/",
    "http://127.0.0.2:99999/",    "http://[::1/", "http://exa mple/", "http:\\\\127.0.0.2\\secret.html",
)  # fmt: skip

_FAILS = frozenset(
    {"private address", "port not allowed", "unreachable", "no such host", "http status", "redirect loop", "robots.txt"}
)

Answer = tuple[int, Mapping[str, str], bytes]
Page = Callable[[str], Answer]


@dataclass(frozen=True, slots=True)
class HostileSite:
    """One site of the drill: how it answers each path, how it is declared, and whether its page may be kept."""

    name: str
    pages: Mapping[str, Answer | Page]
    spider: str = "page"
    more: str = ""
    causes: frozenset[str] = field(default_factory=frozenset)  # none: nothing but "never asked, never stalled" is held
    pause: str = "1 second"

    @property
    def kind(self) -> str:
        """The group of the case in the table."""
        return self.name.partition(":")[0]


def html(body: bytes, status: int = 200, **headers: str) -> Answer:
    """Return an answer that is a page."""
    return status, {"Content-Type": "text/html; charset=utf-8", **headers}, body


def leading_inside(port: int) -> Iterator[HostileSite]:
    """Yield every site that leads inside, where the public web and the inside are on *port*."""
    targets = [f"http://{spelling}:{port}/secret.html" for spelling in SPELLINGS]
    targets += [f"http://other.law.example:{other}/secret.html" for other in _PORTS]
    for number, target in enumerate([*targets, *_OTHER]):
        status = (301, 302, 303, 307, 308)[number % 5]
        yield HostileSite(
            f"redirect: {status} to {target}", {"/": html(b"", status, Location=_header(target))}, causes=_FAILS
        )
    for target in [*targets, *_OTHER]:
        rows = f'<ul><li><a href="{escape(target)}">Decree on lights</a> 2026-01-02</li></ul>' + _honest_rows()
        yield HostileSite(
            f"list: {target}", {"/": html(rows.encode()), **_honest()}, "listing", '[params]\nitem = "li"\n'
        )
    for target in targets[::2]:
        yield HostileSite(
            f"robots.txt: {target}",
            {"/robots.txt": html(b"", 302, Location=_header(target)), "/": html(LAW)},
            causes=_FAILS,
        )
        refresh = f'<meta http-equiv="refresh" content="0;url={escape(target)}">'.encode()
        yield HostileSite(f"meta refresh: {target}", {"/": html(LAW.replace(b"<title>", refresh + b"<title>"))})
    for target in targets[1::2]:
        yield HostileSite(f"sitemap: {target}", {"/": _sitemap(target), **_honest()}, "sitemap")
        yield HostileSite(f"feed: {target}", {"/": _feed(target), **_honest()}, "feed")


def _header(target: str) -> str:
    return target.encode("utf-8").decode("latin-1")


def _honest() -> Mapping[str, Answer]:
    return {"/act.html": html(LAW)}


def _honest_rows() -> str:
    return '<ul><li><a href="/act.html">Lighthouse Act</a> 2026-01-02</li></ul>'


def _sitemap(target: str) -> Answer:
    index = f"<urlset><url><loc>{escape(target)}</loc><lastmod>2026-01-02</lastmod></url></urlset>"
    return 200, {"Content-Type": "application/xml"}, index.encode()


def _feed(target: str) -> Answer:
    item = f"<item><title>Decree on lights</title><link>{escape(target)}</link></item>"
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{item}</channel></rss>'
    return 200, {"Content-Type": "application/rss+xml"}, feed.encode()
