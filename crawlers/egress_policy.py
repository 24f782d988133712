"""Egress policy (SSRF): who may be asked at all, judged before each request and again where its name leads."""

from __future__ import annotations

import asyncio
import socket
from functools import cached_property
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from scrapy import Request
from scrapy.crawler import Crawler

from crawlers.declaration.load import is_loopback
from crawlers.egress.address_policy import (
    DEFAULT_PORTS,
    WEB_PORTS,
    AddressPolicy,
    AllowedTarget,
    allowed_targets,
    not_public,
    odd_spelling,
)
from crawlers.egress.guarded_resolver import guard
from crawlers.errors import NotAskedError
from crawlers.failure_causes import Cause
from crawlers.middlewares import Middleware


class EgressPolicyMiddleware(Middleware):
    """Who may be asked at all (SSRF): nobody beyond this machine without a contact, and only the public web.

    What an address says is judged here, and what a name leads to by the resolver, when the connection is made.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._targets = allowed_targets(crawler.settings.get("CLAUSEWATCH_PRIVATE_TARGETS") or "")
        self._proxies = tuple(filter(None, (_target_of_proxy(url) for url in getproxies().values())))
        at_home = (AllowedTarget("localhost", None),)  # who may ask for it is said below
        self._resolver = guard(_reactor(), AddressPolicy((*self._targets, *self._proxies, *at_home), None))

    async def process_request(self, request: Request) -> None:
        """Refuse what must not be asked; raises NotAskedError."""
        url = request.url
        host, port = _host_and_port(url)
        if odd := odd_spelling(host):
            raise NotAskedError(Cause.PRIVATE_ADDRESS, f"{url}: {odd}")
        if is_loopback(url) and (self._at_home or self._is_target(host, port)):
            request.meta["proxy"] = None  # a proxy of the environment has nothing to do with this machine
            return
        if is_loopback(url):
            raise NotAskedError(Cause.PRIVATE_ADDRESS, f"{url}: a public page led to this machine")
        if not self.crawler.settings.get("CLAUSEWATCH_CONTACT"):
            text = "nothing beyond this machine is fetched without a contact: set CLAUSEWATCH_CONTACT"
            raise NotAskedError(Cause.NO_CONTACT, f"{url}: {text}")
        if self._is_target(host, port):
            return
        if _is_private(host):
            raise NotAskedError(Cause.PRIVATE_ADDRESS, f"{url}: {not_public(host)}")
        if port not in self._ports:
            text = "neither 80 nor 443, and not declared: name it in `urls` if the publisher uses it"
            raise NotAskedError(Cause.FORBIDDEN_PORT, f"{url}: port {port} is {text}")
        if self._proxies and not proxy_bypass(host):
            await self._check_behind_proxy(url, host, port)

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Name the refusal where the resolver kept every address back; raises NotAskedError."""
        refusal = self._resolver.refusals.get(_host_and_port(request.url))
        if refusal and not isinstance(exception, NotAskedError):
            raise NotAskedError(Cause.PRIVATE_ADDRESS, f"{request.url}: leads to {refusal}") from exception

    async def _check_behind_proxy(self, url: str, host: str, port: int) -> None:
        """Resolve what the proxy will resolve again, as far as we can; raises NotAskedError when it leads inside."""
        policy = AddressPolicy(self._targets, None)
        try:
            answers = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError:  # only the proxy knows the names of the world
            return
        for refusal in filter(None, (policy.refusal(host, str(answer[4][0]), port) for answer in answers)):
            raise NotAskedError(Cause.PRIVATE_ADDRESS, f"{url}: leads to {refusal}")

    def _is_target(self, host: str, port: int) -> bool:
        return any(target.fits(host, host, port) for target in self._targets)

    @cached_property
    def _ports(self) -> frozenset[int]:
        return WEB_PORTS | {_host_and_port(url)[1] for url in self.source.urls}

    @cached_property
    def _at_home(self) -> bool:
        """Whether all that the source declares is on this machine."""
        return all(is_loopback(url) for url in self.source.urls)


def _reactor() -> Any:
    """Return the reactor of this process; importing it any earlier would install another one."""
    from twisted.internet import reactor  # noqa: PLC0415 - as said

    return reactor


def _host_and_port(url: str) -> tuple[str, int]:
    """Return what would be connected to; raises NotAskedError for what is no address of the web."""
    try:
        parts = urlsplit(url)
        return parts.hostname or "", parts.port or DEFAULT_PORTS[parts.scheme]
    except (ValueError, KeyError):
        raise NotAskedError(Cause.PRIVATE_ADDRESS, f"{url}: no address of the web") from None


def _target_of_proxy(url: str) -> AllowedTarget | None:
    parts = urlsplit(url if "://" in url else f"http://{url}")
    return AllowedTarget(parts.hostname, parts.port) if parts.hostname else None


def _is_private(host: str) -> bool:
    try:
        return bool(ip_address(host)) and bool(not_public(host))
    except ValueError:
        return False
