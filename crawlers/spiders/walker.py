"""A list of any kind: it is kept, and what is new on it is fetched in the same run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from scrapy.http import Response

from crawlers.items import Discovered, Look
from crawlers.spiders.base import SourceSpider, Yields
from storage.records import SourceKind


class ListWalker(SourceSpider):
    """A walk over lists; a subclass says what a list looks like."""

    list_formats: tuple[str, ...] = ("html",)

    def walk(self, url: str) -> Yields:
        """Look at one list."""
        yield self.look(Look(url, self.list_formats, listing=True), self.parse_list)

    def rows(self, response: Response) -> Iterable[Discovered]:
        """Return what the list in *response* leads to, in its own order; raises ValueError when it cannot be read."""
        raise NotImplementedError

    @property
    def most_new(self) -> int:
        """How many new pages are fetched in one run; the others are watched from the next round on."""
        return 50

    def parse_list(self, response: Response) -> Yields:
        """Hand the list over and follow what is new on it."""
        if response.status != 200:
            yield self.fetched(response)
            return
        found = self._readable_rows(response)
        page = self.fetched(response, found)
        known = self.memory.known()  # asked before the pipeline adds what this list leads to
        yield page
        if self.source.kind is not SourceKind.NEWS and self.usable(page):  # news is listed, not read
            for new in [row for row in found if row.url not in known][: self.most_new]:
                yield from self.leaf(new)

    def _readable_rows(self, response: Response) -> Sequence[Discovered]:
        try:
            return tuple({row.url: row for row in reversed(tuple(self.rows(response)))}.values())[::-1]
        except ValueError:
            return ()  # the pipeline's guard names the empty list, or what arrived instead of it


def absolute(response: Response, href: Any) -> str:
    """Return *href* as a web address without its fragment; empty when it leads elsewhere than to the web."""
    try:
        url = urldefrag(urljoin(response.url, str(href or "").strip())).url
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and parts.hostname else ""
