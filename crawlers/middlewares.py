"""robots.txt, conditional request, limits, capture and throttle: what every request and answer passes."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response, TextResponse

from crawlers.checks.answer_limits import check_size
from crawlers.checks.charsets import is_charset
from crawlers.checks.compressed import reaches_its_end
from crawlers.checks.transport import cause_of, words_of
from crawlers.errors import NotAskedError
from crawlers.failure_causes import Cause
from crawlers.hosts import backoff, robots_cache
from crawlers.hosts.host_lock import HOSTS, host_key
from crawlers.hosts.robots import ROBOTS
from crawlers.items import Exchange, HttpHeaders
from crawlers.spiders.base import spider_of
from storage.records import Source

_BACK_OFF_STATUS = {429, 503}


class Middleware:
    """A middleware that knows its crawler."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Let Scrapy make it."""
        return cls(crawler)

    @property
    def source(self) -> Source:
        """The source being walked."""
        return spider_of(self.crawler).source

    @cached_property
    def locks(self) -> Path:
        """The folder that says of each host when it was asked, and what it asks for."""
        return Path(self.crawler.settings["CLAUSEWATCH_HOME"]) / "locks"


class RobotsMiddleware(Middleware):
    """robots.txt, and the pause it asks for."""

    async def process_request(self, request: Request) -> None:
        """Refuse what robots.txt forbids; raises NotAskedError."""
        if request.meta.get("for_robots") or not self.source.politeness.obey_robots:
            return
        rules = await ROBOTS.rules(request.url, self._fetch)
        if not rules.allows(request.url):
            raise NotAskedError(rules.cause, f"{request.url}: {rules.reason}")
        manners = rules.manners
        robots_cache.note(self.locks, host_key(request.url), manners)
        if hours := rules.outside_hours(spider_of(self.crawler).now()):
            raise NotAskedError(Cause.BACK_OFF, f"{request.url}: robots.txt asks for visits from {hours}")
        HOSTS.respect(request.url, manners.crawl_delay)

    async def _fetch(self, url: str) -> tuple[int, bytes]:
        try:
            return await self._answer(url)
        except NotAskedError:
            raise
        except Exception as error:
            if cause_of(error) is Cause.TIMED_OUT:  # once is long enough
                raise NotAskedError(Cause.TIMED_OUT, words_of(error, url)) from error
            return await self._answer_or_error(url)

    async def _answer_or_error(self, url: str) -> tuple[int, bytes]:
        try:
            return await self._answer(url)
        except Exception as error:
            raise NotAskedError(cause_of(error), words_of(error, url)) from error

    async def _answer(self, url: str) -> tuple[int, bytes]:
        assert self.crawler.engine is not None
        longest = self.source.politeness.timeout.total_seconds()
        meta = {"for_robots": True, "download_maxsize": 2 * 1024 * 1024, "download_timeout": longest}
        request = Request(url, meta=meta, dont_filter=True)
        for _ in range(self.crawler.settings.getint("REDIRECT_MAX_TIMES") + 1):
            answer: Response | Request = await self.crawler.engine.download_async(request)  # a Request: redirected
            if isinstance(answer, Response):
                return answer.status, answer.body
            request = answer
        return 404, b""  # redirected for ever: as good as none (RFC 9309, 2.3.1.2)


class ConditionalMiddleware(Middleware):
    """If-None-Match and If-Modified-Since, out of what we kept ourselves."""

    def process_request(self, request: Request) -> None:
        """Make the look conditional unless it is to be whole."""
        look = request.meta.get("look")
        spider = spider_of(self.crawler)
        if look is None or request.meta.get("whole") or request.method != "GET":
            return
        longest = timedelta(days=self.crawler.settings.getint("CLAUSEWATCH_FULL_FETCH_DAYS"))
        url = request.meta.get("redirect_urls", [request.url])[0]
        validators = spider.memory.validators(look.page_url, url, spider.now(), longest)
        for name, value in validators.items():
            request.headers.setdefault(name, value)


class CaptureExchangeMiddleware(Middleware):
    """Notes what went over the wire, for the archive and the guard against cut-off bodies."""

    def process_response(self, request: Request, response: Response) -> Response:
        """Keep the headers and the length as they arrived."""
        request.meta["exchange"] = Exchange(
            request_headers=(("Host", urlsplit(request.url).netloc), *_plain(request.headers)),
            headers=_plain(response.headers),
            length=len(response.body),
            is_truncated="dataloss" in response.flags or self._is_cut_off(response),
            method=request.method,
        )
        return response

    def _is_cut_off(self, response: Response) -> bool:
        """Say whether a compressed body ends before its end; Scrapy takes what it gets of one for the whole."""
        encoding = (response.headers.get("Content-Encoding") or b"").decode("latin-1").strip().lower()
        if encoding not in {"gzip", "x-gzip"} or not response.body:
            return False
        return not reaches_its_end(response.body, self.crawler.settings.getint("DOWNLOAD_MAXSIZE"))


class AnswerLimitsMiddleware(Middleware):
    """Refuses what is larger than a law once unpacked, and decodes by charsets only."""

    def process_response(self, request: Request, response: Response) -> Response:
        """Raise UnusablePageError for what costs too much; read as UTF-8 what says that it is in no charset."""
        exchange = request.meta.get("exchange")
        check_size(response.url, response.body, exchange.length if exchange else len(response.body))
        if isinstance(response, TextResponse) and not is_charset(response.encoding or ""):
            return response.replace(encoding="utf-8")
        return response


class HostThrottleMiddleware(Middleware):
    """One request at a time per host, and the pause between two."""

    async def process_request(self, request: Request) -> None:
        """Wait for the host's turn; raises NotAskedError while it has asked us to wait."""
        spider = spider_of(self.crawler)
        if spider.patient:
            self._respect_waits(request.url, spider.now())
        politeness = self.source.politeness
        pause, longest = politeness.pause.total_seconds(), politeness.timeout.total_seconds()
        request.meta["turn"] = await HOSTS.take_turn(request.url, self.locks, pause, longest)

    def process_response(self, request: Request, response: Response) -> Response:
        """Give the turn back, and note when the host asks us to wait."""
        self._give_back(request)
        host = host_key(request.url)
        if response.status in _BACK_OFF_STATUS:
            now = spider_of(self.crawler).now()
            retry_after = (response.headers.get("Retry-After") or b"").decode("ascii", "replace").strip()
            wait = backoff.ask_later(self.locks, host, now, _wait(retry_after, now))
            HOSTS.back_off(request.url, (wait.until - now).total_seconds())
        elif response.status < 400:
            backoff.forget_wait(self.locks, host)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:  # noqa: ARG002 - Scrapy's signature
        """Give the turn back."""
        self._give_back(request)

    def _respect_waits(self, url: str, now: datetime) -> None:
        host = host_key(url)
        left = backoff.left(self.locks, host, now)
        if left:
            raise NotAskedError(Cause.BACK_OFF, f"{host} asked us to wait; {left.total_seconds():.0f} s are left")

    def _give_back(self, request: Request) -> None:
        turn = request.meta.pop("turn", None)
        if turn is not None:
            HOSTS.give_back(turn, for_robots=bool(request.meta.get("for_robots")))


def _plain(headers: Any) -> HttpHeaders:
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1")) for name, values in headers.items() for value in values
    )


def _wait(retry_after: str, now: datetime) -> timedelta | None:
    """Return what a Retry-After header asks for, as seconds or as a date; None when it asks for nothing we know."""
    if retry_after.isdigit():
        return timedelta(seconds=min(int(retry_after[:9]), int(backoff.LONGEST.total_seconds())))
    try:
        until = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    return max(until - now, timedelta()) if until.tzinfo else None
