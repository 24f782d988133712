"""What every walk has in common: looks go out, and each comes back as a fetched or a failed page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, Self
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure

from crawlers.checks.transport import cause_of, words_of
from crawlers.checks.unusable_page import inspect
from crawlers.errors import NotAskedError, UnusablePageError
from crawlers.failure_causes import Cause
from crawlers.hosts.host_lock import site_of
from crawlers.items import Exchange, FailedPage, FetchedPage, FetchRequest, FoundLink
from crawlers.pages.known_pages import KnownPages, open_shared
from storage.records import Source

Yields = Iterator[Request | FetchedPage | FailedPage]
Callback = Callable[..., Iterable[Request | FetchedPage | FailedPage]]

ANY_TEXT = ("html", "xml", "pdf", "text", "zip")
"""The families of format a law may arrive in."""
_FOR_GOOD = {301, 308}
_FORM = "application/x-www-form-urlencoded"
_MAY_PASS = {Cause.UNREACHABLE, Cause.NO_SUCH_HOST, Cause.BROKEN_OFF}


class SourceSpider(Spider):
    """A walk over one source, bound to it by the loader.

    *urls* are the pages to look at, all declared ones if none; those in *whole* are fetched unconditionally.
    A *patient* walk leaves a host alone that asked an earlier one to wait.
    """

    source: ClassVar[Source]
    memory: KnownPages

    def __init__(
        self, urls: Sequence[str] = (), whole: Collection[str] = (), *, patient: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.patient = patient
        self.page_urls = tuple(urls) or self.source.urls
        self.whole = frozenset(whole)
        self._seen_urls: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Let Scrapy make it, and let it remember what is known of its source."""
        spider: Self = super().from_crawler(crawler, *args, **kwargs)
        spider.memory = KnownPages(open_shared(Path(crawler.settings["CLAUSEWATCH_DATABASE"])), cls.source.id)
        return spider

    def now(self) -> datetime:
        """Return the time: the given one of a demo, else the real one."""
        given_time = self.settings.get("CLAUSEWATCH_NOW")
        return datetime.fromisoformat(given_time) if given_time else datetime.now(UTC)

    def today(self) -> date:
        """Return the publisher's own day."""
        return self.now().astimezone(ZoneInfo(self.source.timezone)).date()

    async def start(self) -> AsyncIterator[Any]:
        """Look at every wanted page: at a declared one in the spider's own way, at a found one directly."""
        for url in self.page_urls:
            for request in self.walk(url) if url in self.source.urls else self.leaf(FoundLink(url)):
                yield request

    def walk(self, url: str) -> Yields:
        """Look at one declared address."""
        raise NotImplementedError

    def leaf(self, link: FoundLink) -> Yields:
        """Look at one page found on a list, once per run."""
        if link.url in self._seen_urls:
            return
        self._seen_urls.add(link.url)
        yield self.look(FetchRequest(link.url, self.leaf_formats(link.url), listing=link.notice, link=link), self.keep)

    def leaf_formats(self, url: str) -> tuple[str, ...]:
        """Return the formats a page found on a list may arrive in."""
        return ("pdf",) if url.lower().split("?", 1)[0].endswith(".pdf") else ANY_TEXT

    def look(
        self,
        look: FetchRequest,
        callback: Callback,
        url: str = "",
        headers: dict[str, str] | None = None,
        post: Mapping[str, str] | bytes | None = None,
        **callback_arguments: Any,
    ) -> Request:
        """Return the request for one look; *url* is asked for when the page's identity is another address.

        *post* is a form, or a body of JSON.
        """
        form = post is not None and not isinstance(post, bytes)
        kind = {} if post is None else {"Content-Type": _FORM if form else "application/json"}
        browser = bool(self.source.params.get("browser")) and "html" in look.expects
        return Request(
            url or look.page_url,
            method="GET" if post is None else "POST",
            body=post if isinstance(post, bytes) else urlencode(post or {}).encode(),
            callback=callback,
            errback=self.on_error,
            headers={**kind, **(headers or {})},
            dont_filter=True,
            meta={
                "look": look,
                "browser": browser,
                "whole": browser or look.page_url in self.whole,  # a shell stays the same when its content does not
                "download_timeout": self.source.politeness.timeout.total_seconds(),
            },
            cb_kwargs=callback_arguments,
        )

    def ask(
        self,
        look: FetchRequest,
        url: str,
        callback: Callback,
        headers: dict[str, str] | None = None,
        post: Mapping[str, str] | bytes | None = None,
        **callback_arguments: Any,
    ) -> Request:
        """Return a request on the way to a look; never conditional, since its answer is needed."""
        request = self.look(look, callback, url, headers, post, **callback_arguments)
        request.meta["whole"] = True
        return request

    def keep(self, response: Response) -> Yields:
        """Hand over what arrived."""
        yield self.fetched_page(response)

    def fetched_page(
        self, response: Response, links: Sequence[FoundLink] | None = None, row_count: int | None = None
    ) -> FetchedPage:
        """Return what arrived as an item; *links* is what a list led to, out of the rows *row_count*."""
        assert response.request is not None
        meta = response.request.meta
        exchange: Exchange = meta["exchange"]
        asked_url = meta.get("redirect_urls", [response.request.url])[0]
        is_move = bool(meta.get("redirect_reasons")) and set(meta["redirect_reasons"]) <= _FOR_GOOD
        return FetchedPage(
            source_id=self.source.id,
            look=meta["look"],
            url=asked_url,
            final_url=response.url,
            status=response.status,
            exchange=exchange,
            body=response.body,
            fetched_at=self.now(),
            links=None if links is None else tuple(links),
            moved_for_good=is_move,
            row_count=len(links or ()) if row_count is None else row_count,
            least_items=self.source.expect.min_items if meta["look"].page_url in self.source.urls else 0,
            wire_body=meta.get("received"),
            other_site="" if is_move or self._is_home(asked_url, response.url) else response.url,
        )

    def usable(self, page: FetchedPage) -> bool:
        """Say whether *page* is what was asked for, so that what it says may be followed."""
        if page.status != 200:
            return False
        try:
            inspect(page)
        except UnusablePageError:
            return False
        return True

    def _is_home(self, asked_url: str, answer_url: str) -> bool:
        """Say whether an answer comes from the site that was asked, or from one that the declaration names."""
        return answer_url == asked_url or site_of(answer_url) in {site_of(asked_url), *self._homes}

    @cached_property
    def _homes(self) -> frozenset[str]:
        return frozenset(map(site_of, self.source.urls))

    def fail(self, look: FetchRequest, url: str, cause: Cause, text: str, status: int | None = None) -> FailedPage:
        """Return a look that failed as an item."""
        return FailedPage(self.source.id, look, url, cause, text, self.now(), status)

    def on_error(self, failure: Failure) -> Yields:
        """Hand over what went wrong; a broken connection is tried once more."""
        request: Request = failure.request  # type: ignore[attr-defined]  # set by Scrapy
        cause = cause_of(failure.value)
        most = self.settings.getint("REDIRECT_MAX_TIMES")
        if isinstance(failure.value, IgnoreRequest) and request.meta.get("redirect_times", 0) >= most:
            cause = Cause.REDIRECTS
        may_retry = cause in _MAY_PASS and not isinstance(failure.value, NotAskedError)
        if may_retry and not request.meta.get("again"):
            yield request.replace(meta={**request.meta, "again": True}, dont_filter=True)
            return
        yield self.fail(request.meta["look"], request.url, cause, words_of(failure.value, request.url))


def spider_of(crawler: Crawler) -> SourceSpider:
    """Return the spider that *crawler* runs; all of ours are walks over a source."""
    spider = crawler.spider
    assert isinstance(spider, SourceSpider)
    return spider
