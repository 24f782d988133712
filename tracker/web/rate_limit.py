"""Rate limit: who asks, and how often one reader may ask for what costs us work."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import ip_address, ip_network
from threading import Lock

from fastapi import HTTPException, Request

_MOST_READERS = 10_000
_NEIGHBOURHOOD = 64  # bits: one customer of a provider has all addresses of version 6 that begin so


class RateLimit:
    """So many questions in *seconds* for each reader; what is not used is saved up to that many."""

    def __init__(self, most: int, seconds: float = 60.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._rate = most / seconds
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def spend(self, reader: str) -> float:
        """Take one question from the allowance of *reader*; return how many seconds are to wait when none is left."""
        with self._lock:
            now = self._clock()
            left, since = self._left.pop(reader, (float(self._most), now))
            left = min(self._most, left + (now - since) * self._rate)
            is_allowed = left >= 1
            self._left[reader] = (left - 1 if is_allowed else left, now)
            if len(self._left) > _MOST_READERS:
                self._left.popitem(last=False)
            return 0.0 if is_allowed else (1 - left) / self._rate


def limit_pages(request: Request) -> None:
    """Refuse a reader for whom too many pages had to be made: any new query makes an address a new one."""
    within(request, request.app.state.pages, "That was a lot of pages at once. Please wait a little.")


async def limit_questions(request: Request) -> None:
    """Refuse a reader who searches or compares too much; a dependency of costly pages."""
    within(request, request.app.state.questions, "That was a lot of questions at once. Please wait a little.")


def limit_sign_ups(request: Request) -> None:
    """Refuse a reader who signs up, or asks for links, too often: of what sends mail, and once the form is ours."""
    within(request, request.app.state.sign_ups, "That was a lot of requests for mail. Please try again later.")


def within(request: Request, allowance: RateLimit, refusal: str) -> None:
    """Refuse with *refusal*, and say when to come back, when the reader has nothing left of *allowance*."""
    wait = allowance.spend(reader_of(request))
    if wait:
        raise HTTPException(429, refusal, {"Retry-After": str(math.ceil(wait))})


def reader_of(request: Request) -> str:
    """Return who asks, for counting: the address beyond our own proxies; of version 6 its neighbourhood."""
    hops = ",".join(request.headers.getlist("x-forwarded-for")).split(",") if from_proxy(request) else []
    proxies = _proxies(request)
    address_text = next((hop for hop in map(_address, reversed(hops)) if not _is_within(hop, proxies)), _peer(request))
    try:
        address = ip_address(address_text)
    except ValueError:
        return _peer(request)
    if address.version == 6 and address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ip_network(f"{address}/{_NEIGHBOURHOOD}", strict=False)) if address.version == 6 else str(address)


def from_proxy(request: Request) -> bool:
    """Return whether the other end of the connection is a proxy that is trusted."""
    return _is_within(_peer(request), _proxies(request))


def _address(hop: str) -> str:
    """Return the address of one hop, without the port that some proxies write behind it."""
    hop = hop.strip().strip('"')
    if hop.startswith("["):
        return hop[1:].partition("]")[0]
    return hop.partition(":")[0] if hop.count(":") == 1 else hop


def _peer(request: Request) -> str:
    return request.client.host if request.client else ""


def _proxies(request: Request) -> tuple[str, ...]:
    setting: str = request.app.state.service.settings.trusted_proxies
    return tuple(filter(None, setting.replace(" ", "").split(",")))


def _is_within(address: str, networks: tuple[str, ...]) -> bool:
    try:
        return any(ip_address(address) in ip_network(network, strict=False) for network in networks)
    except ValueError:
        return False
