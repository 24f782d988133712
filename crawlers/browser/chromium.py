"""The browser: runs the scripts of one page in Chromium. Only imported where Playwright is installed.

Chromium resolves no name and opens no connection. The page is what was already fetched, and what its scripts ask for
is either fetched by us, under our manners, or refused: images, fonts, media, frames, other sites, other windows,
downloads, sockets and beacons.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from playwright.async_api import Browser, Page, Request, Route, WebSocketRoute, async_playwright
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import TimeoutError as PlaywrightTimeoutError

from crawlers.browser.limits import MOST_ERRANDS
from crawlers.errors import NotAskedError, UnusablePageError
from crawlers.failure_causes import Cause
from crawlers.hosts.site import site_of

_FLAGS = (
    "--disable-gpu",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # nothing gets out but through us
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
)
_CONTENT_TYPES = frozenset({"script", "xhr", "fetch"})
_METHODS = frozenset({"GET", "POST"})
_OURS = frozenset(
    "user-agent cookie referer accept-encoding accept-language host connection content-length "
    "upgrade-insecure-requests".split()
)
_TRANSPORT = frozenset(
    "content-encoding content-length transfer-encoding connection set-cookie strict-transport-security".split()
)
_CLOSING = 10
_APPEARANCE_LIMIT = 10_000  # milliseconds


@dataclass(frozen=True, slots=True)
class Shell:
    """A page as it arrived; ``waits_for`` selects what its scripts are run for, if that is known."""

    url: str
    body: bytes
    headers: Mapping[str, str]
    user_agent: str
    waits_for: str = ""


@dataclass(frozen=True, slots=True)
class Errand:
    """What a script asks for."""

    url: str
    method: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class BrowserReply:
    """What a script gets."""

    status: int
    headers: Mapping[str, str]
    body: bytes


BrowserFetch = Callable[[Errand], Awaitable[BrowserReply]]


async def render(shell: Shell, chromium: str, fetch: BrowserFetch, limit: timedelta) -> bytes:
    """Return *shell* as its scripts leave it, in UTF-8.

    Raises UnusablePageError when that takes longer than *limit*, the browser fails or a script gets too little, and
    what *fetch* raises for something that could not be had. The browser is closed whatever happens.
    """
    visit = _Visit(shell, fetch)
    try:
        async with asyncio.timeout(limit.total_seconds()), async_playwright() as player:
            browser = await player.chromium.launch(
                executable_path=chromium, chromium_sandbox=os.geteuid() != 0, args=list(_FLAGS), timeout=0
            )
            try:
                page = await _run(browser, visit)
            finally:
                with contextlib.suppress(PlaywrightError, TimeoutError):
                    await asyncio.wait_for(browser.close(), _CLOSING)
    except TimeoutError:
        seconds = f"{limit.total_seconds():.0f} s"
        raise visit.failure or UnusablePageError(
            Cause.TIMED_OUT, f"{shell.url}: its scripts came to no end within {seconds}"
        ) from None
    except PlaywrightError as error:
        raise visit.failure or UnusablePageError(
            Cause.NOT_RENDERED, f"{shell.url}: {error.message.strip().partition(chr(10))[0][:300]}"
        ) from None
    if visit.failure:
        raise visit.failure
    return page.encode("utf-8", "replace")


async def _run(browser: Browser, visit: _Visit) -> str:
    context = await browser.new_context(
        user_agent=visit.shell.user_agent, accept_downloads=False, service_workers="block"
    )
    context.set_default_timeout(0)  # the limit is around everything
    await context.route("**/*", visit.answer)
    await context.route_web_socket("**/*", _refuse_socket)
    page = await context.new_page()
    context.on("page", _close)
    await page.goto(visit.shell.url, wait_until="networkidle")
    if visit.shell.waits_for:
        with contextlib.suppress(PlaywrightTimeoutError):  # the guards and the reader say what is missing
            await page.wait_for_selector(visit.shell.waits_for, state="attached", timeout=_APPEARANCE_LIMIT)
    return await page.content()


async def _refuse_socket(socket: WebSocketRoute) -> None:
    await socket.close()


async def _close(window: Page) -> None:
    with contextlib.suppress(PlaywrightError):
        await window.close()


class _Visit:
    """One page and what it asks for; ``failure`` is why the page cannot be whole."""

    def __init__(self, shell: Shell, fetch: BrowserFetch) -> None:
        self.shell = shell
        self.failure: Exception | None = None
        self._fetch = fetch
        self._has_begun = False
        self._errands = 0

    async def answer(self, route: Route) -> None:
        """Serve one request of the page, or refuse it."""
        request = route.request
        with contextlib.suppress(PlaywrightError):  # the page has gone meanwhile
            if request.resource_type == "document" and not self._has_begun:
                self._has_begun = True
                await route.fulfill(status=200, headers=_back(self.shell.headers), body=self.shell.body)
            elif request.resource_type == "stylesheet":  # nobody looks, but scripts may wait for it
                await route.fulfill(status=200, content_type="text/css", body="")
            elif self._is_needed(request):
                await self._serve(route)
            else:
                await route.abort("blockedbyclient")

    def _is_needed(self, request: Request) -> bool:
        home = self.shell.url
        same = site_of(request.url) == site_of(home) and urlsplit(request.url).scheme == urlsplit(home).scheme
        return same and request.resource_type in _CONTENT_TYPES and request.method in _METHODS

    async def _serve(self, route: Route) -> None:
        reply = await self._answer_to(route.request)
        if reply is None:
            await route.abort("blockedbyclient")
        else:
            await route.fulfill(status=reply.status, headers=_back(reply.headers), body=reply.body)

    async def _answer_to(self, request: Request) -> BrowserReply | None:
        """Return what was asked for; what is missing on a bad day makes the page unusable, half of it is no page."""
        self._errands += 1
        if self._errands > MOST_ERRANDS:
            self._fail(UnusablePageError(Cause.TOO_LARGE, f"{self.shell.url}: asks for more than {MOST_ERRANDS} files"))
        if self.failure:
            return None
        headers = {k: v for k, v in request.headers.items() if k not in _OURS and not k.startswith("sec-")}
        errand = Errand(request.url, request.method, headers, request.post_data_buffer or b"")
        try:
            reply = await self._fetch(errand)
        except Exception as error:
            if not (isinstance(error, NotAskedError) and error.cause is Cause.ROBOTS):  # never to be had: goes without
                self._fail(error)
            return None
        if reply.status == 429 or reply.status >= 500:
            self._fail(UnusablePageError(Cause.HTTP_STATUS, f"{request.url} answers {reply.status}"))
        return reply

    def _fail(self, error: Exception) -> None:
        self.failure = self.failure or error


def _back(headers: Mapping[str, str]) -> dict[str, str]:
    """Return headers for the browser: the transport's coding is undone, and nobody is remembered."""
    return {name: value for name, value in headers.items() if name.lower() not in _TRANSPORT}
