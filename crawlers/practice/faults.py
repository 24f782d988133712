"""Bad days: how a host in trouble answers, each fault by its name. A host keeps its fault until it is mended.

A fault spoils the answer the site would give (``spoils``), the way it is sent (``sends``), or both. What else can go
wrong with a host, a name that is not found, a certificate that is not trusted, is not in its answers.
"""

from __future__ import annotations

import gzip
import re
import socket
import struct
import time
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from http.server import BaseHTTPRequestHandler
from itertools import count

from crawlers.practice.model import PracticeAnswer
from crawlers.practice.texts import ROOT

_HUGE = 200_000_000
_PIECE = bytes(65_536)
_LONGEST_TIME_OUT = 20.0  # seconds that a silent host holds a connection; a guest has long gone by then

Spoil = Callable[[PracticeAnswer], PracticeAnswer]
Send = Callable[[BaseHTTPRequestHandler, PracticeAnswer], None]


def whole(handler: BaseHTTPRequestHandler, answer: PracticeAnswer) -> None:
    """Send an answer as a good host does."""
    head(handler, answer, {} if answer.status == 304 else {"Content-Length": str(len(answer.body))})
    if handler.command != "HEAD":
        handler.wfile.write(answer.body)


def head(handler: BaseHTTPRequestHandler, answer: PracticeAnswer, more: Mapping[str, str]) -> None:
    """Send the status and the headers."""
    handler.send_response_only(answer.status)
    for name, value in {**answer.headers, **more}.items():
        handler.send_header(name, value)
    handler.end_headers()


@dataclass(frozen=True, slots=True)
class Fault:
    """What a host does to its answers: to its ``pages``, its ``robots`` (robots.txt), or both."""

    spoils: Spoil = lambda answer: answer
    sends: Send = whole
    pages: bool = True
    robots: bool = False

    def spoils_path(self, path: str) -> bool:
        """Say whether what is asked for at *path* is spoiled."""
        return self.robots if path == "/robots.txt" else self.pages


def fault(name: str, elsewhere: str = "") -> Fault:
    """Return the fault with this name; one that leads to another host leads to the address *elsewhere*."""
    if name == "redirect-to-another-host":
        return Fault(partial(_instead, status=302, headers={"Location": elsewhere}))
    return _FAULTS[name]


def fault_names() -> tuple[str, ...]:
    """Return the name of every fault."""
    return (*_FAULTS, "redirect-to-another-host")


def _instead(
    answer: PracticeAnswer,  # noqa: ARG001 - one shape for all faults
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    says: str = "",
) -> PracticeAnswer:
    """Answer something else; *says* names a page of ``faults.toml``."""
    page = _pages()[says] if says else ""
    return PracticeAnswer(page.encode(), status, {"Content-Type": "text/html; charset=utf-8", **(headers or {})})


@cache
def _pages() -> dict[str, str]:
    return tomllib.loads((ROOT / "faults.toml").read_text(encoding="utf-8"))


def _status(status: int, **headers: str) -> Fault:
    header_values = {name.replace("_", "-"): value for name, value in headers.items()}
    return Fault(partial(_instead, status=status, headers=header_values, says="error"))


def _page(says: str) -> Fault:
    return Fault(partial(_instead, says=says))


def _rewrite_page(pattern: str, put: str) -> Fault:
    def spoil(answer: PracticeAnswer) -> PracticeAnswer:
        text, times = re.subn(pattern, put, answer.body.decode(), flags=re.DOTALL)
        assert times, "a fault that spoils nothing"
        return replace(answer, body=text.encode())

    return Fault(spoil)


def _spelt(charset: str, claim: str) -> Fault:
    """Write the page in one charset and say that it is in another, in the header and in the page."""

    def spoil(answer: PracticeAnswer) -> PracticeAnswer:
        text = answer.body.decode().replace('charset="UTF-8"', f'charset="{claim}"')
        return PracticeAnswer(text.encode(charset), answer.status, {"Content-Type": f"text/html; charset={claim}"})

    return Fault(spoil)


def _twice_encoded(answer: PracticeAnswer) -> PracticeAnswer:
    """Take the bytes of UTF-8 for Windows Latin and write them as UTF-8 once more."""
    return replace(answer, body=answer.body.decode("latin-1").encode())


def _half_the_articles(answer: PracticeAnswer) -> PracticeAnswer:
    pieces = re.split(r"(?=<p[^>]*><strong>第[一二三四五六七八九十]+条)", answer.body.decode())
    half = pieces[: len(pieces) // 2 + 1]
    after = pieces[-1].partition("</p>")[2]
    return replace(answer, body=("".join(half) + after).encode())


def _zip_body(answer: PracticeAnswer) -> PracticeAnswer:
    return replace(answer, body=gzip.compress(answer.body), headers={**answer.headers, "Content-Encoding": "gzip"})


def _zipped_in_part(answer: PracticeAnswer) -> PracticeAnswer:
    archive = _zip_body(answer)
    return replace(archive, body=archive.body[: len(archive.body) * 2 // 3])


def _bomb(answer: PracticeAnswer) -> PracticeAnswer:
    return _zip_body(replace(answer, body=bytes(_HUGE)))


def _never(handler: BaseHTTPRequestHandler, answer: PracticeAnswer) -> None:  # noqa: ARG001 - nothing is answered
    """Say nothing until the guest has gone."""
    handler.connection.settimeout(_LONGEST_TIME_OUT)
    handler.rfile.read(1)
    handler.close_connection = True


def _drop_by_drop(handler: BaseHTTPRequestHandler, answer: PracticeAnswer) -> None:
    """Send a byte, wait, send a byte, until the guest has gone."""
    head(handler, answer, {"Content-Length": str(len(answer.body))})
    for at in count():
        handler.wfile.write(answer.body[at : at + 1])
        time.sleep(0.2)


def _claim_length(share: float) -> Send:
    """Return a way of sending a share of the body under the whole length, or the whole under a share of the length."""

    def send(handler: BaseHTTPRequestHandler, answer: PracticeAnswer) -> None:
        part = int(len(answer.body) * share)
        head(handler, answer, {"Content-Length": str(part), "Connection": "close"})
        handler.wfile.write(answer.body)
        handler.close_connection = True

    return send


def _reset(handler: BaseHTTPRequestHandler, answer: PracticeAnswer) -> None:
    """Send half the body, then break the connection off without a word."""
    head(handler, answer, {"Content-Length": str(len(answer.body))})
    handler.wfile.write(answer.body[: len(answer.body) // 2])
    handler.wfile.flush()
    time.sleep(0.1)  # what was sent arrives before the reset, which overtakes it
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()
    handler.close_connection = True


def _hang_up(handler: BaseHTTPRequestHandler, answer: PracticeAnswer) -> None:  # noqa: ARG001 - nothing is answered
    """Close the connection instead of answering."""
    handler.connection.shutdown(socket.SHUT_RDWR)
    handler.close_connection = True


def _endless(handler: BaseHTTPRequestHandler, answer: PracticeAnswer) -> None:
    """Send 200 MB in pieces, without saying so before."""
    head(handler, answer, {"Transfer-Encoding": "chunked"})
    for _ in range(_HUGE // len(_PIECE)):
        handler.wfile.write(b"%x\r\n%b\r\n" % (len(_PIECE), _PIECE))
    handler.wfile.write(b"0\r\n\r\n")


def _announce_huge(handler: BaseHTTPRequestHandler, answer: PracticeAnswer) -> None:
    """Announce 200 MB and send them."""
    head(handler, answer, {"Content-Length": str(_HUGE)})
    for _ in range(_HUGE // len(_PIECE)):
        handler.wfile.write(_PIECE)
    handler.close_connection = True


_FAULTS: dict[str, Fault] = {
    "202-empty": Fault(partial(_instead, status=202, headers={"x-amzn-waf-action": "challenge"})),
    "403": _status(403),
    "429-retry-after": _status(429, Retry_After="600"),
    "500": _status(500),
    "503": _status(503),
    "503-everywhere": replace(_status(503), robots=True),
    "robots-500": replace(_status(500), pages=False, robots=True),
    "time-out": Fault(sends=_never),
    "silent-host": Fault(sends=_never, robots=True),
    "slow-drip": Fault(sends=_drop_by_drop),
    "hung-up": Fault(sends=_hang_up),
    "reset-mid-body": Fault(sends=_reset),
    "truncated-gzip": Fault(_zipped_in_part),
    "gzip-bomb": Fault(_bomb),
    "body-of-200-mb": Fault(sends=_announce_huge),
    "endless-body": Fault(sends=_endless),
    "shorter-than-its-length": Fault(sends=_claim_length(1.5)),
    "longer-than-its-length": Fault(sends=_claim_length(0.6)),
    "redirect-loop": Fault(partial(_instead, status=302, headers={"Location": "?"})),
    "header-says-latin-1": Fault(
        lambda answer: replace(answer, headers={"Content-Type": "text/html; charset=iso-8859-1"})
    ),
    "gb18030-called-utf-8": _spelt("gb18030", "utf-8"),
    "utf-8-called-gb2312": _spelt("utf-8", "gb2312"),
    "utf-8-encoded-twice": Fault(_twice_encoded),
    "empty-body": Fault(_instead),
    "empty-shell": _page("shell"),
    "challenge-page": _page("challenge"),
    "login-page": _page("login"),
    "maintenance-notice": _page("maintenance"),
    "soft-404": _page("soft_404"),
    "press-release": _page("press_release"),
    "another-law": _page("another_law"),
    "selector-renamed": _rewrite_page("id=BodyLabel", "id=ArticleText"),
    "half-the-articles": Fault(_half_the_articles),
}
