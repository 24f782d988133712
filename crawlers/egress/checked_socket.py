"""Sockets of our own that are checked as they are opened, and a guard around those that libraries open."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from crawlers.egress.address_policy import AddressPolicy

_POLICY: ContextVar[AddressPolicy | None] = ContextVar("_POLICY", default=None)
_CONNECTS = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
_STARTS = frozenset({"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn"})


class ForbiddenAddressError(OSError):
    """A connection that policy refuses: a private address, or a port that is none of the web's.

    Raised before anything is sent; who asked for the connection records a failed delivery.
    """


def connect_checked(host: str, port: int, timeout: float, policy: AddressPolicy) -> socket.socket:
    """Return a socket connected to *host*, at the first of its addresses that *policy* allows.

    Raises ForbiddenAddressError when it allows none, and OSError when none answers.
    """
    failure: OSError | None = None
    for family, kind, protocol, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        if refusal := policy.refusal(host, str(address[0]), port):
            failure = failure or ForbiddenAddressError(f"not connected: {refusal}")
            continue
        line = socket.socket(family, kind, protocol)
        line.settimeout(timeout)
        try:
            line.connect(address)
            return line
        except OSError as error:
            line.close()
            failure = error
    raise failure or OSError(f"{host} has no address")


@contextmanager
def connecting_only_to(policy: AddressPolicy) -> Iterator[None]:
    """Refuse, within this block and thread, every connection of any library that *policy* does not allow.

    Where the block's library starts a program, that is refused, too: it would connect for itself.
    """
    _watch_connections()
    token = _POLICY.set(policy)
    try:
        yield
    finally:
        _POLICY.reset(token)


@cache
def _watch_connections() -> None:
    sys.addaudithook(_check)  # cannot be taken away again; without a policy it does nothing


def _check(event: str, arguments: tuple[Any, ...]) -> None:
    if event not in _CONNECTS and event not in _STARTS:
        return
    policy = _POLICY.get()
    if policy is None:
        return
    address = arguments[1] if event in _CONNECTS else None
    if not isinstance(address, tuple):
        raise ForbiddenAddressError(f"not allowed here: {event}")
    if refusal := policy.refusal("", str(address[0]), int(address[1])):
        raise ForbiddenAddressError(f"not connected: {refusal}")
