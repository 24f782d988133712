"""Answers that cost too much: without end, packed beyond measure, in no charset, too deep, too many, too slow."""

from __future__ import annotations

import gzip
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from http.server import BaseHTTPRequestHandler

from benchmarks.hostile.inside import LAW, HostileSite, html

_MB = 1_000_000
_NO_CHARSETS = (
    "punycode", "idna", "undefined", "rot13", "base64", "hex", "zip", "bz2", "uu", "quopri", "unicode_escape",
    "raw_unicode_escape", "mbcs", "utf-7", "charmap", "no-such-charset", "x" * 300, "", "utf-8\x00",
)  # fmt: skip
_LIST = ("listing", '[params]\nitem = "li"\n')
_JSON = ("json", '[params]\nitems = "data"\ntitle = "title"\nlink = "url"\n')
_TOO_LARGE = frozenset({"too large", "timed out", "connection broken off"})
_FAILURES = _TOO_LARGE | {
    "unreachable", "http status", "redirect loop", "truncated body", "unreadable answer", "too few items", "empty body",
    "empty shell", "robots.txt", "asked to wait", "wrong media type", "too many items", "shape changed", "challenge",
}  # fmt: skip

Writes = Callable[[BaseHTTPRequestHandler], None]


def costly_sites() -> Iterator[HostileSite]:
    """Yield every site that would cost more than a page may."""
    yield from _bodies()
    yield from _bombs()
    yield from _charsets()
    yield from _structures()
    yield from _protocol()
    yield from _robots()


def _bodies() -> Iterator[HostileSite]:
    yield _site("body: without end", _streams(b"<p>law</p>" * 6_000), _TOO_LARGE)
    yield _site("body: a byte a second", _drips(b"<html>", 1.0), frozenset({"timed out"}))
    yield _site("body: nothing after the headers", _drips(b"", 30.0), frozenset({"timed out"}))
    yield _site("body: markup of 25 MB", lambda _: html(_law(25 * _MB)), _TOO_LARGE)
    yield _site("body: text of 25 MB", lambda _: (200, {"Content-Type": "text/plain"}, b"law " * 6 * _MB), _TOO_LARGE)
    yield _site("body: 70 MB that say they are a PDF", lambda _: _pdf(70 * _MB), _TOO_LARGE)
    yield _site(
        "body: says 10 GB and sends a page",
        html(LAW, **{"Content-Length": "10000000000"}),
        _TOO_LARGE | {"truncated body"},
    )
    yield _site("body: a list of 25 MB", lambda _: html(b"<li><a href=/a>Act</a></li>" * _MB), _TOO_LARGE, *_LIST)
    yield _site("body: a PDF of 25 MB of nothing", lambda _: _pdf(25 * _MB), frozenset())


def _bombs() -> Iterator[HostileSite]:
    zeros = bytes(100 * _MB)
    for name, pack in (("gzip", gzip.compress), ("deflate", zlib.compress)):
        body = pack(zeros, 9)
        yield _site(f"packed: {name} of 100 MB", html(body, **{"Content-Encoding": name}), _TOO_LARGE)
        twice = html(pack(body, 9), **{"Content-Encoding": f"{name}, {name}"})
        yield _site(f"packed: {name} twice", twice, _TOO_LARGE)
        law = html(pack(_law(30 * _MB), 9), **{"Content-Encoding": name})
        yield _site(f"packed: {name} of 30 MB of markup", law, _TOO_LARGE)
        dense = html(pack(b"<p>" + bytes(15 * _MB) + b"</p>", 9), **{"Content-Encoding": name})
        yield _site(f"packed: {name} a thousandfold", dense, _TOO_LARGE)
    bad = html(b"\x1f\x8b" + b"x" * 500, **{"Content-Encoding": "gzip"})
    yield _site("packed: no gzip at all", bad, _FAILURES)
    yield _site("packed: by nobody knows what", html(LAW, **{"Content-Encoding": "lzma, gzip, br"}), frozenset())
    robots = {"/robots.txt": html(gzip.compress(zeros), **{"Content-Encoding": "gzip"}), "/": html(LAW)}
    yield HostileSite("packed: robots.txt", robots, causes=_FAILURES)
    many = ", ".join(["gzip"] * 500)
    yield _site(
        "packed: five hundred times, it says", html(gzip.compress(LAW), **{"Content-Encoding": many}), frozenset()
    )


def _charsets() -> Iterator[HostileSite]:
    words = "第一条 练习者应当练习。café-".encode() * 12_000
    rows = b'<li><a href="/act.html">Lighthouse Act</a></li>'
    for charset in _NO_CHARSETS:
        name = charset[:20].encode("unicode_escape").decode()
        header = {"Content-Type": f"text/html; charset={charset}".replace("\x00", "")}
        meta = f'<meta charset="{charset}">'.encode()
        yield _site(f"charset: {name!r} in the header", (200, header, _around(words)), frozenset())
        yield _site(f"charset: {name!r} in the page", html(meta + _around(words)), frozenset())
        yield _site(f"charset: {name!r} of a list", (200, header, meta + rows * 5 + words), frozenset(), *_LIST)


def _structures() -> Iterator[HostileSite]:
    deep = b"<div>" * 400_000 + LAW
    yield _site("structure: 400,000 elements deep", html(deep), frozenset())
    yield _site("structure: a list 400,000 elements deep", html(b"<ul><li>" * 300_000), frozenset(), *_LIST)
    yield _site(
        "structure: 400,000 links on a list", html(b"<li><a href=/a%d>Act</a></li>" * 400_000), frozenset(), *_LIST
    )
    links = b"".join(b'<li><a href="/a/%d.html">Act on lights, number %d</a></li>' % (n, n) for n in range(60_000))
    yield _site("structure: 60,000 new addresses", html(links), _FAILURES, *_LIST)
    yield _site("structure: one attribute of 15 MB", html(b'<p title="' + b"x" * 15 * _MB + b'">' + LAW), frozenset())
    yield _site("structure: a title of 10 MB", html(b"<title>" + b"y" * 10 * _MB + b"</title>" + LAW), frozenset())
    yield _site(
        "structure: a link of 5 MB", html(b'<li><a href="/' + b"z" * 5 * _MB + b'">Act</a></li>'), frozenset(), *_LIST
    )
    yield _site("structure: an open bracket a million times", html(b"<" * _MB + LAW), frozenset())
    yield _site("structure: comments without end", html(b"<!--" * 500_000 + LAW), frozenset())
    yield _site("structure: scripts without end", html(b"<script>" * 500_000 + LAW), frozenset())
    yield _site(
        "structure: a row of a million digits",
        html(b"<li><a href=/a>Act " + b"2026-" * 200_000 + b"</a></li>"),
        frozenset(),
        *_LIST,
    )
    yield _site("structure: entities that multiply", _xml(_LAUGHS), frozenset(), "sitemap")
    yield _site("structure: entities that multiply in a feed", _xml(_LAUGHS), frozenset(), "feed")
    yield _site("structure: an entity that is a file", _xml(_FILE), frozenset(), "sitemap")
    yield _site("structure: a feed that is a file", _xml(_FILE), frozenset(), "feed")
    yield _site("structure: XML 300,000 deep", _xml(b"<urlset>" + b"<url>" * 300_000), frozenset(), "sitemap")
    yield _site("structure: a feed of 100,000 entries", _xml(_feed(100_000)), frozenset(), "feed")
    yield _site("structure: JSON 200,000 deep", _json(b"[" * 200_000), frozenset(), *_JSON)
    yield _site(
        "structure: JSON of 500,000 rows",
        _json(b'{"data": [' + b'{"title": "Act", "url": "/a"},' * 500_000 + b"{}]}"),
        frozenset(),
        *_JSON,
    )
    yield _site(
        "structure: a number of a million digits", _json(b'{"data": [' + b"9" * _MB + b"]}"), frozenset(), *_JSON
    )
    yield _site("structure: a sitemap of itself", _self_map, frozenset(), "sitemap")


def _protocol() -> Iterator[HostileSite]:
    for status in (301, 302, 303, 307, 308):
        yield _site(f"protocol: {status} to itself", html(b"", status, Location="/"), _FAILURES)
        yield HostileSite(
            f"protocol: {status} ever further", {"*": _further(status), "/robots.txt": html(b"", 404)}, causes=_FAILURES
        )
    yield _site("protocol: a Location of 200 kB", html(b"", 302, Location="/" + "a" * 200_000), _FAILURES)
    yield _site("protocol: a header of 1 MB", html(LAW, **{"X-Long": "a" * _MB}), frozenset())
    yield _site(
        "protocol: 20,000 headers",
        _raw(b"HTTP/1.1 200 OK\r\n" + b"X-Many: 1\r\n" * 20_000 + b"\r\n" + LAW),
        frozenset(),
    )
    yield _site("protocol: headers without end", _streams(b"X-More: 1\r\n" * 5_000, b"HTTP/1.1 200 OK\r\n"), _FAILURES)
    yield _site(
        "protocol: 100 Continue without end", _streams(b"HTTP/1.1 100 Continue\r\n\r\n" * 2_000, b""), _FAILURES
    )
    yield _site("protocol: no status line", _raw(LAW), _FAILURES)
    yield _site(
        "protocol: a status of nine hundred", _raw(b"HTTP/1.1 999 Denied\r\nContent-Length: 0\r\n\r\n"), _FAILURES
    )
    yield _site("protocol: a status that is a word", _raw(b"HTTP/1.1 two-hundred OK\r\n\r\n" + LAW), _FAILURES)
    yield _site("protocol: a negative length", html(LAW, **{"Content-Length": "-5"}), _FAILURES)
    yield _site(
        "protocol: two lengths",
        _raw(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 9\r\n\r\n" + LAW),
        _FAILURES,
    )
    chunk = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n"
    yield _site("protocol: a chunk of sixteen exabytes", _raw(chunk + LAW), _FAILURES)
    yield _site(
        "protocol: a chunk that is a word",
        _raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nlaw\r\n" + LAW),
        _FAILURES,
    )
    yield _site("protocol: hangs up at once", _raw(b""), _FAILURES)
    yield _site("protocol: 304 to who never asked before", html(b"", 304), _FAILURES)
    yield _site("protocol: 503 and back in ten years", html(b"", 503, **{"Retry-After": "315360000"}), _FAILURES)
    yield _site("protocol: 429 and back on no day", html(b"", 429, **{"Retry-After": "9" * 400}), _FAILURES)
    yield _site(
        "protocol: 5,000 cookies",
        _raw(b"HTTP/1.1 200 OK\r\n" + b"Set-Cookie: a=b\r\n" * 5_000 + b"Content-Length: %d\r\n\r\n" % len(LAW) + LAW),
        frozenset(),
    )


def _robots() -> Iterator[HostileSite]:
    pages = {"/": html(LAW)}
    for name, text in (
        ("a wait of a billion seconds", b"User-agent: *\nCrawl-delay: 1000000000\n"),
        ("a wait that is no number", b"User-agent: *\nCrawl-delay: nan\nCrawl-delay: inf\nCrawl-delay: -1\n"),
        ("200,000 rules", b"User-agent: *\n" + b"Disallow: /x\n" * 200_000),
        ("a rule that branches", b"User-agent: *\nDisallow: /" + b"*a" * 2_000 + b"$\n"),
        ("one line of 5 MB", b"User-agent: *\nDisallow: /" + b"a" * 5 * _MB),
        ("bytes that are no text", bytes(range(256)) * 100),
    ):
        yield HostileSite(f"robots: {name}", {"/robots.txt": (200, {"Content-Type": "text/plain"}, text), **pages})
    yield HostileSite("robots: without end", {"/robots.txt": _streams(b"Disallow: /x\n" * 5_000), **pages})
    yield HostileSite(
        "robots: a byte a second", {"/robots.txt": _drips(b"User-agent: *", 1.0), **pages}, causes=_FAILURES
    )
    yield HostileSite("robots: ever further", {"/robots.txt": _further(302), "*": _further(302)}, causes=_FAILURES)


def _site(name: str, answer: object, causes: frozenset[str], spider: str = "page", more: str = "") -> HostileSite:
    pages: Mapping[str, object] = {"/": answer, "/robots.txt": html(b"", 404), "/act.html": html(LAW)}
    return HostileSite(name, pages, spider, more, causes)  # type: ignore[arg-type]


def _law(size: int) -> bytes:
    return LAW + b"<p>Article 6. A keeper of lighthouses keeps the light.</p>" * (size // 58)


def _around(words: bytes) -> bytes:
    return b"<html><body>" + LAW + words + b"</body></html>"


def _pdf(size: int) -> tuple[int, Mapping[str, str], bytes]:
    return 200, {"Content-Type": "application/pdf"}, b"%PDF-1.7\n" + b"x" * size


def _xml(body: bytes) -> tuple[int, Mapping[str, str], bytes]:
    return 200, {"Content-Type": "application/xml"}, body


def _json(body: bytes) -> tuple[int, Mapping[str, str], bytes]:
    return 200, {"Content-Type": "application/json"}, body


def _feed(entries: int) -> bytes:
    item = b"<item><title>Act</title><link>/a</link></item>"
    return b'<rss version="2.0"><channel><title>News</title>' + item * entries + b"</channel></rss>"


def _self_map(_: str) -> tuple[int, Mapping[str, str], bytes]:
    return _xml(b"<sitemapindex>" + b"<sitemap><loc>/</loc></sitemap>" * 500 + b"</sitemapindex>")


def _further(status: int) -> Callable[[str], tuple[int, Mapping[str, str], bytes]]:
    return lambda path: html(b"", status, Location=f"{path.rstrip('/')}/x")


def _streams(
    piece: bytes, head: bytes = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
) -> Callable[[str], Writes]:
    """Return an answer that never ends."""

    def write(handler: BaseHTTPRequestHandler) -> None:
        with suppress(OSError):
            handler.wfile.write(head)
            for _ in range(200_000_000 // max(len(piece), 1)):
                handler.wfile.write(piece)

    return lambda _: write


def _drips(piece: bytes, pause: float) -> Callable[[str], Writes]:
    """Return an answer that comes a byte at a time."""

    def write(handler: BaseHTTPRequestHandler) -> None:
        with suppress(OSError):
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + piece)
            for _ in range(30):
                time.sleep(pause)
                handler.wfile.write(b"x")

    return lambda _: write


def _raw(answer: bytes) -> Callable[[str], Writes]:
    """Return bytes as they are, whatever they are."""

    def write(handler: BaseHTTPRequestHandler) -> None:
        with suppress(OSError):
            handler.wfile.write(answer)
        handler.close_connection = True

    return lambda _: write


_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a0 "lol">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))
    + b"]><urlset><url><loc>/&a9;</loc></url></urlset>"
)
_FILE = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY f SYSTEM "file:///etc/passwd">'
    b'<!ENTITY % d SYSTEM "http://127.0.0.2/d.dtd"> %d;]><rss version="2.0"><channel><title>&f;</title>'
    b"<item><title>&f;</title><link>/&f;</link></item></channel></rss>"
)
