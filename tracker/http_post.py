"""One POST, or GET, to a web address somebody configured: within a time, following nobody, reading only so much."""

from __future__ import annotations

import http.client
import socket
import ssl
from contextlib import suppress
from threading import Timer
from urllib.parse import urlsplit

from crawlers.egress.address_policy import DEFAULT_PORTS, AddressPolicy
from crawlers.egress.checked_socket import connect_checked

_LONGEST = 3  # times the patience with one answer: who sends a byte now and then would hold us for days


def post_bytes(
    target: str, body: bytes, headers: dict[str, str], patience: float, most: int, policy: AddressPolicy
) -> tuple[int, bytes]:
    """Return status and at most *most* bytes of the answer; raise OSError, HTTPException or ValueError.

    The address that is connected to is one that *policy* allows.
    """
    return _exchange("POST", target, body, headers, patience, most, policy)


def get_bytes(
    target: str, headers: dict[str, str], patience: float, most: int, policy: AddressPolicy
) -> tuple[int, bytes]:
    """Return what a GET is answered; all else as with *post_bytes*."""
    return _exchange("GET", target, None, headers, patience, most, policy)


def _exchange(
    method: str, target: str, body: bytes | None, headers: dict[str, str], patience: float, most: int,
    policy: AddressPolicy,
) -> tuple[int, bytes]:  # fmt: skip
    parts = urlsplit(target)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("not a http or https address")
    port = parts.port or DEFAULT_PORTS[parts.scheme]
    connection = http.client.HTTPConnection(parts.hostname, port, timeout=patience)
    cut: Timer | None = None
    try:
        line = connect_checked(parts.hostname, port, patience, policy)
        connection.sock = _encrypted(line, parts.hostname) if parts.scheme == "https" else line
        cut = Timer(_LONGEST * patience, _hang_up, [connection.sock])
        cut.start()
        connection.request(method, (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read(most)
    finally:
        if cut is not None:
            cut.cancel()
        connection.close()


def _encrypted(line: socket.socket, host: str) -> socket.socket:
    try:
        return ssl.create_default_context().wrap_socket(line, server_hostname=host)
    except BaseException:
        line.close()
        raise


def _hang_up(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
