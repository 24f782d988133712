"""What every walk has in common: looks go out, and each comes back as a fetched or a failed page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any, ClassVar, Protocol, cast
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
from crawlers.hosts.site import site_of
from crawlers.items import Exchange, FailedPage, FetchedPage, FetchRequest, FoundLink
from crawlers.spiders.api_keys import headers_without_key, key_headers, with_key, without_key
from storage.records import Source

Yields = Iterator[Request | FetchedPage | FailedPage]
Callback = Callable[..., Iterable[Request | FetchedPage | FailedPage]]

ANY_TEXT = ("html", "xml", "pdf", "text", "zip")
"""The families of format a law may arrive in."""
_FOR_GOOD = {301, 308}
_KNOWN_AT_ONCE = 100  # pages of which what is known is read together, and no more is held
_FORM = "application/x-www-form-urlencoded"
_MAY_PASS = {Cause.UNREACHABLE, Cause.NO_SUCH_HOST, Cause.BROKEN_OFF}


class KnownPages(Protocol):
    """What a walk may know of its source's pages, read-only: spiders collect, and only the pipeline writes."""

    def prepare(self, urls: Sequence[str]) -> None:
        """Read at once what is known of the pages at *urls*, which are about to be looked at."""

    def known_urls(self) -> frozenset[str]:
        """Return the addresses that need no first look: every page of the source, and what any source declares."""

    def link(self, url: str) -> FoundLink:
        """Return what is known of a page that a list led to: a page is looked at again as what it was found to be."""

    def led_to(self) -> frozenset[str]:
        """Return the addresses that lists of this source led to."""

    def titles(self) -> frozenset[str]:
        """Return the titles of the pages that lists of this source led to."""

    def latest_url(self, page_url: str) -> str:
        """Return the address that the newest snapshot of a page came from; empty when there is none."""

    def validators(self, page_url: str, url: str, now: datetime, longest: timedelta) -> dict[str, str]:
        """Return the headers that make a request for *url* conditional."""


class SourceSpider(Spider):
    """A walk over one source, bound to it by the loader together with what is known of it.

    *urls* are the pages to look at, all declared ones if none; those in *whole* are fetched unconditionally.
    A *patient* walk leaves a host alone that asked an earlier one to wait.
    """

    source: ClassVar[Source]
    memory: ClassVar[KnownPages]

    def __init__(
        self, urls: Sequence[str] = (), whole: Collection[str] = (), *, patient: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.patient = patient
        self.page_urls = tuple(urls) or self.source.urls
        self.whole = frozenset(whole)
        self._seen_urls: set[str] = set()

    def now(self) -> datetime:
        """Return the time: the given one of a demo, else the real one."""
        given_time = self.settings.get("CLAUSEWATCH_NOW")
        return datetime.fromisoformat(given_time) if given_time else datetime.now(UTC)

    def today(self) -> date:
        """Return the publisher's own day."""
        return self.now().astimezone(ZoneInfo(self.source.timezone)).date()

    async def start(self) -> AsyncIterator[Any]:
        """Look at every wanted page: at a declared one in the spider's own way, at a found one directly."""
        declared_urls = frozenset(self.source.urls)
        for position, url in enumerate(self.page_urls):
            if position % _KNOWN_AT_ONCE == 0:
                self.memory.prepare(self.page_urls[position : position + _KNOWN_AT_ONCE])
            for request in self.walk(url) if url in declared_urls else self.leaf(self.memory.link(url)):
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
        key = self.source.key
        return Request(
            with_key(url or look.page_url, key),
            method="GET" if post is None else "POST",
            body=post if isinstance(post, bytes) else urlencode(post or {}).encode(),
            callback=callback,
            errback=self.on_error,
            headers={**kind, **(headers or {}), **key_headers(key)},
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
        key, exchange = self.source.key, cast("Exchange", meta["exchange"])
        asked_url = without_key(meta.get("redirect_urls", [response.request.url])[0], key)
        final_url = without_key(response.url, key)
        is_declared, expect = meta["look"].page_url in self.source.urls, self.source.expect
        is_move = bool(meta.get("redirect_reasons")) and set(meta["redirect_reasons"]) <= _FOR_GOOD
        return FetchedPage(
            source_id=self.source.id,
            look=meta["look"],
            url=asked_url,
            final_url=final_url,
            status=response.status,
            exchange=replace(exchange, request_headers=headers_without_key(exchange.request_headers, key)),
            body=response.body,
            fetched_at=self.now(),
            links=None if links is None else tuple(links),
            moved_for_good=is_move,
            row_count=len(links or ()) if row_count is None else row_count,
            least_items=expect.min_items if is_declared else 0,
            least_rows=self._least_rows(meta) if is_declared else 0,
            wire_body=meta.get("received"),
            note=meta.get("note", ""),
            other_site="" if is_move or self._is_home(asked_url, final_url) else final_url,
        )

    @property
    def least_rows(self) -> int:
        """How many rows a list has, wanted or not, when nothing is declared."""
        return 0

    def _least_rows(self, meta: Mapping[str, Any]) -> int:
        """Return how many rows must be there: where no list is, one is missing, whatever may be empty."""
        declared = self.source.expect.min_rows
        return max(self.least_rows if declared is None else declared, int(meta.get("no_list", False)))

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
        key = self.source.key
        return FailedPage(
            self.source.id, look, without_key(url, key), cause, without_key(text, key), self.now(), status
        )

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
