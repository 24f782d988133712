"""Pages that say nothing without their scripts: what arrived is handed to a browser that itself reaches nobody."""

from __future__ import annotations

import asyncio
import codecs
import shutil
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.http import HtmlResponse, Response

from crawlers.browser.limits import LARGEST_ERRAND, LARGEST_PAGE, render_limit
from crawlers.checks.unusable_page import sniff
from crawlers.errors import NotAskedError, UnusablePageError
from crawlers.failure_causes import Cause
from crawlers.hosts.site import site_of
from crawlers.middlewares import Middleware

if TYPE_CHECKING:
    from crawlers.browser.chromium import BrowserReply, Errand

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_ONE_AT_A_TIME = asyncio.Semaphore(1)  # a browser is the largest thing in this process


class BrowserMiddleware(Middleware):
    """Runs the scripts of a page whose declaration says ``browser = true``.

    The scripts' own requests pass the other middlewares like any of ours: robots.txt, the pause of the host, limits
    and verified certificates hold for them too.
    """

    def process_request(self, request: Request) -> None:
        """Ask nobody for what could not be read; raises NotAskedError without the extra or a Chromium."""
        if request.meta.get("browser"):
            self._chromium(request.url)

    async def process_response(self, request: Request, response: Response) -> Response:
        """Return the page as it stands after its scripts; raises UnusablePageError when they come to no end."""
        if not request.meta.get("browser") or response.status != 200 or sniff(response.body) != "html":
            return response
        from crawlers.browser.chromium import Shell, render  # noqa: PLC0415 - the extra may not be installed

        shell = Shell(
            url=response.url,
            body=response.body,
            headers=_header_values(response),
            user_agent=self.crawler.settings["USER_AGENT"],
            waits_for=self._waits_for(request),
        )
        async with _ONE_AT_A_TIME:
            page = await render(shell, self._chromium(request.url), self._errand, render_limit(self.source))
        if len(page) > LARGEST_PAGE:
            raise UnusablePageError(Cause.TOO_LARGE, f"{response.url}: {len(page)} bytes once its scripts have run")
        request.meta["received"] = response.body
        # the mark of UTF-8 wins over what the page says of the charset in which it arrived
        return HtmlResponse(
            response.url,
            status=response.status,
            headers=response.headers,
            body=codecs.BOM_UTF8 + page,
            flags=response.flags,
            request=request,
            encoding="utf-8",
        )

    def _chromium(self, url: str) -> str:
        """Return the path of the browser; raises NotAskedError when there is none, or nothing to drive it with."""
        chosen_path = self.crawler.settings.get("CLAUSEWATCH_BROWSER")
        path = shutil.which(chosen_path) if chosen_path else next(filter(None, map(shutil.which, _NAMES)), None)
        try:
            import playwright.async_api  # noqa: F401, PLC0415 - an extra
        except ImportError:
            text = "is read in a browser, and the extra is not installed: pip install 'clausewatch[browser]'"
            raise NotAskedError(Cause.NO_BROWSER, f"{url}: {text}") from None
        if path is None:
            text = (
                f"is read in a browser, and {chosen_path or 'Chromium'} is not on this machine: set CLAUSEWATCH_BROWSER"
            )
            raise NotAskedError(Cause.NO_BROWSER, f"{url}: {text}")
        return path

    def _waits_for(self, request: Request) -> str:
        """Return the selector of what the scripts are run for."""
        look = request.meta["look"]
        return str(self.source.params.get("item", "")) if look.listing else self.source.select

    async def _errand(self, errand: Errand) -> BrowserReply:
        """Ask for what a script wants, as politely as for a page."""
        from crawlers.browser.chromium import BrowserReply  # noqa: PLC0415 - as above

        assert self.crawler.engine is not None
        longest = self.source.politeness.timeout.total_seconds()
        meta = {"download_maxsize": LARGEST_ERRAND, "download_timeout": longest}
        request = Request(
            errand.url,
            method=errand.method,
            headers=dict(errand.headers),
            body=errand.body,
            meta=meta,
            dont_filter=True,
        )
        for _ in range(self.crawler.settings.getint("REDIRECT_MAX_TIMES") + 1):
            answer: Response | Request = await self.crawler.engine.download_async(request)  # a Request: redirected
            if isinstance(answer, Response):
                return BrowserReply(answer.status, _header_values(answer), answer.body)
            if site_of(answer.url) != site_of(errand.url):
                raise UnusablePageError(Cause.ELSEWHERE, f"{errand.url}: redirected to {answer.url}")
            request = answer
        raise UnusablePageError(Cause.REDIRECTS, f"{errand.url}: redirected for ever")


def _header_values(answer: Response) -> dict[str, str]:
    return {str(name): str(value) for name, value in answer.headers.to_unicode_dict().items()}
