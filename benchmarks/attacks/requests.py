"""The attacks: payloads by the places they are sent to, as raw requests that no browser would tidy up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

_XSS = (
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'-alert(1)-'", "javascript:alert(1)", "<svg/onload=alert(1)>",
    "{{7*7}}", "${7*7}", "</title><script>alert(1)</script>", "\u202e<script>alert(1)</script>", "<script>alert(1)//\x00",
    "<iframe srcdoc='<script>alert(1)</script>'>", "]]><script>alert(1)</script>",
)  # fmt: skip
_PAGE_TEMPLATES = (
    "/search?q={}", "/instruments?q={}", "/changes?topic={}", "/?jurisdiction={}", "/compare?old={}&new={}", "/sources?state={}",
    "/calendar?month={}", "/instruments/{}", "/topics/{}", "/subscribe?words={}", "/operators/sign-in?to={}", "/api/v1/search?q={}",
)  # fmt: skip
_TRAVERSALS = (
    "../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd", "....//....//etc/passwd", "..%252f..%252fsecret.key",
    "..\\..\\secret.key", "%00/etc/passwd", "/etc/passwd", "..;/secret.key", "%c0%ae%c0%ae/secret.key",
)  # fmt: skip
_FILES = ("/static/{}", "/evidence/{}", "/instruments/{}", "/api/v1/versions/{}", "/{}")
_ELSEWHERE = (
    "//evil.example", "https://evil.example", "/\\evil.example", "https:evil.example", "/%09/evil.example", "///evil.example/%2f..",
    "http://evil.example\\@watch.example", "/%5cevil.example", "javascript:alert(1)", "//evil.example/",
)  # fmt: skip
_LEADS = ("/operators/sign-in?to={}", "/{}/", "/language/zh?back={}", "/language/zh?to={}")
_BREAKS = (
    "%0d%0aX-Injected:%20yes",
    "%0aX-Injected:%20yes",
    "%0d%0a%0d%0a<script>",
    "%E5%98%8A%E5%98%8DX-Injected:yes",
    "%00",
    "%0d%0aSet-Cookie:%20a=b",
)
_HOSTS = (
    "evil.example",
    "evil.example:80",
    "127.0.0.1.evil.example",
    "",
    "a" * 5000,
    "127.0.0.1@evil.example",
    "[::1",
    "evil.example, 127.0.0.1",
)
_FORMS = (
    "/subscribe", "/confirm", "/manage", "/manage/forget", "/manage/1", "/manage/1/end", "/unsubscribe",
    "/operators/sign-in", "/operators/sign-out", "/operators/quarantine/1", "/operators/declare",
)  # fmt: skip
_METHODS = ("PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND", "XYZZY")
_PLACES = ("/", "/instruments", "/subscribe", "/operators", "/api/v1/subscriptions", "/evidence/1")
_KEYS = (
    "", "Bearer", "Bearer ", "Bearer x", "Bearer null", "Basic YTpi", "bearer cw_" + "a" * 43, "Bearer cw_' OR 1=1 --",
    "Bearer " + "a" * 8000, "Bearer \u00e9", "Bearer ../../secret.key", "Token x",
)  # fmt: skip
_KEY_ENDPOINTS = (
    ("GET", "/api/v1/subscriptions"), ("POST", "/api/v1/subscriptions"), ("DELETE", "/api/v1/subscriptions/1"),
    ("POST", "/api/v1/problems/1/approve"), ("GET", "/api/v1/problems"),
)  # fmt: skip
_COOKIES = (
    "clausewatch-session=x", "clausewatch-session=", "clausewatch-session=eyJhIjoxfQ.x.y", "clausewatch-session=" + "a" * 6000,
    "clausewatch-session=operator; clausewatch-session=x", "session=operator", "clausewatch-session=null.null.null",
    "__Host-clausewatch-session=x",
)  # fmt: skip
_OFFICE = ("/operators", "/operators/problems", "/operators/outbox", "/operators/quarantine", "/operators/declare")
_NUMBERS = ("-1", "1e30", "9" * 40, "NaN", "%D9%A3", "0x1", "1;DROP TABLE keys", "' OR '1'='1")
_ID_PATHS = (
    "/changes/{}",
    "/evidence/{}",
    "/changes/{}/word",
    "/api/v1/changes/{}",
    "/operators/quarantine/{}",
    "/manage/{}",
)
_POISONS: Mapping[str, str] = {
    "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "javascript", "X-Original-URL": "/operators", "X-Rewrite-URL": "/operators",
    "X-Forwarded-For": "1.2.3.4", "Forwarded": "host=evil.example", "X-HTTP-Method-Override": "DELETE", "Accept-Language": "<script>alert(1)</script>",
    "X-Remote-User": "operator", "Remote-User": "operator",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Attack:
    """One request that means harm, as bytes; ``statuses`` holds the statuses it must get, when it must get any."""

    name: str
    method: str
    target: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    statuses: frozenset[int] = frozenset()
    raw: bytes = b""

    def request(self, host: str) -> bytes:
        """Return the request as it goes over the wire."""
        if self.raw:
            return self.raw.replace(b"HOST", host.encode())
        headers = {"Host": host, "Connection": "close", **self.headers}
        if self.body or self.method in {"POST", "PUT", "PATCH"}:
            headers.setdefault("Content-Length", str(len(self.body)))
        lines = [f"{self.method} {self.target} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
        return "\r\n".join(lines).encode("utf-8", "surrogateescape") + b"\r\n\r\n" + self.body


def attacks() -> Iterator[Attack]:
    """Yield every attack."""
    yield from _of_words()
    yield from _of_addresses()
    yield from _of_strangers()
    yield from _of_the_wire()


def _of_words() -> Iterator[Attack]:
    for payload in _XSS:
        for place in _PAGE_TEMPLATES:
            yield Attack(f"script: {payload!r} at {place}", "GET", place.replace("{}", quote(payload, safe="")))
    for number in _NUMBERS:
        for place in _ID_PATHS:
            yield Attack(f"number: {number[:20]} at {place}", "GET", place.replace("{}", quote(number, safe="%")))


def _of_addresses() -> Iterator[Attack]:
    for payload in _TRAVERSALS:
        for place in _FILES:
            yield Attack(f"path: {payload} at {place}", "GET", place.replace("{}", payload.replace("\\", "%5c")))
    for payload in _ELSEWHERE:
        for place in _LEADS:
            value = payload if place == "/{}/" else quote(payload, safe="")
            yield Attack(f"redirect: {payload} at {place}", "GET", place.replace("{}", value.replace("\\", "%5c")))
    for payload in _BREAKS:
        for place in ("/search?q={}", "/operators/sign-in?to={}", "/{}/", "/language/{}"):
            yield Attack(f"header: {payload} at {place}", "GET", place.replace("{}", payload))


def _of_strangers() -> Iterator[Attack]:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for path in _FORMS:
        wrong = {
            "form": "forged",
            "address": "victim@policy.example",
            "verdict": "approve",
            "token": "x",
            "password": "x",
        }
        body = "&".join(f"{name}={value}" for name, value in wrong.items()).encode()
        statuses = frozenset({400, 401, 403, 404, 405, 410, 415, 422, 429})
        yield Attack(
            f"forgery: no form token at {path}", "POST", path, form, b"address=a@b.example&verdict=approve", statuses
        )
        yield Attack(
            f"forgery: a forged token at {path}", "POST", path, {**form, "Cookie": "clausewatch-form=x"}, body, statuses
        )
        yield Attack(
            f"forgery: from another site at {path}",
            "POST",
            path,
            {**form, "Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
            body,
            statuses,
        )
        yield Attack(f"forgery: as JSON at {path}", "POST", path, {"Content-Type": "text/plain"}, b'{"a": 1}', statuses)
    for key in _KEYS:
        for method, path in _KEY_ENDPOINTS:
            yield Attack(
                f"key: {key[:20]!r} at {path}",
                method,
                path,
                {"Authorization": key, "Content-Type": "application/json"},
                b"",
                frozenset({400, 401}),
            )
    for cookie in _COOKIES:
        for path in _OFFICE:
            yield Attack(
                f"session: {cookie[:30]} at {path}",
                "GET",
                path,
                {"Cookie": cookie},
                b"",
                frozenset({303, 302, 307, 400, 401, 403, 431}),
            )
    for name, value in _POISONS.items():
        for path in ("/", "/operators", "/subscribe"):
            yield Attack(f"cache: {name} at {path}", "GET", path, {name: value})
    for host in _HOSTS:
        statuses = (
            frozenset({400, 404, 421, 431}) if "." in host or "[" in host else frozenset()
        )  # nobody owns a bare name
        yield Attack(f"host: {host[:30]!r}", "GET", "/", {"Host": host}, b"", statuses)


def _of_the_wire() -> Iterator[Attack]:
    for method in _METHODS:
        for path in _PLACES:
            yield Attack(f"method: {method} {path}", method, path, {}, b"", frozenset({400, 401, 403, 404, 405, 501}))
    for name, raw in (
        (
            "two lengths",
            b"POST /subscribe HTTP/1.1\r\nHost: HOST\r\nContent-Length: 5\r\nContent-Length: 50\r\n\r\nhello",
        ),
        (
            "length and chunks",
            b"POST /subscribe HTTP/1.1\r\nHost: HOST\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /operators HTTP/1.1\r\n\r\n",
        ),
        ("a negative length", b"POST /subscribe HTTP/1.1\r\nHost: HOST\r\nContent-Length: -1\r\n\r\n"),
        ("no HTTP", b"hello\r\n\r\n"),
        ("a header of 1 MB", b"GET / HTTP/1.1\r\nHost: HOST\r\nX-Long: " + b"a" * 1_000_000 + b"\r\n\r\n"),
        ("20,000 headers", b"GET / HTTP/1.1\r\nHost: HOST\r\n" + b"X-Many: 1\r\n" * 20_000 + b"\r\n"),
        ("an address of 1 MB", b"GET /" + b"a" * 1_000_000 + b" HTTP/1.1\r\nHost: HOST\r\n\r\n"),
        (
            "a body of 20 MB",
            b"POST /subscribe HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 20000000\r\n\r\n"
            + b"a" * 3_000_000,
        ),
        (
            "10,000 fields",
            b"POST /subscribe HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 39999\r\n\r\n"
            + b"a=1&" * 10_000,
        ),
        ("bytes of no kind", bytes(range(256)) * 40),
        ("a line folded", b"GET / HTTP/1.1\r\nHost: HOST\r\nX-A: b\r\n c\r\n\r\n"),
        ("a space before the colon", b"GET / HTTP/1.1\r\nHost : HOST\r\n\r\n"),
        ("an absolute address", b"GET http://evil.example/ HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n"),
        ("a star", b"OPTIONS * HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n"),
        (
            "JSON 100,000 deep",
            b"POST /api/v1/subscriptions HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n"
            + b"[" * 100_000,
        ),
    ):
        yield Attack(f"wire: {name}", "", "", raw=raw)
