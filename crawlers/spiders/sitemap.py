"""A sitemap: every address of a site with the day it changed, or an index of such files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any
from urllib.parse import unquote

from parsel import Selector
from scrapy.http import Response

from crawlers.declaration.params import SitemapParams
from crawlers.items import FetchRequest
from crawlers.pages.url_identity import absolute
from crawlers.rows.list_rows import ListRow
from crawlers.rows.printed_dates import date_in
from crawlers.rows.row_words import one_line
from crawlers.spiders.base import Yields
from crawlers.spiders.list_spider import ListWalker

_MOST_MAPS = 10
_MOST_ENTRIES = 50_000  # as the protocol of sitemaps allows


class SitemapSpider(ListWalker):
    """Follows the addresses of a sitemap that the declaration wants; their titles are made of their last part."""

    list_formats = ("xml",)
    model = SitemapParams

    def rows(self, response: Response) -> Iterator[ListRow]:
        """Return the addresses with the day each was changed."""
        for entry in _entries(response, "url"):
            url = _text(entry, "loc")
            title = _text(entry, "news/title") or self._title(url)
            yield ListRow(url, title, date_in(_text(entry, "lastmod")))

    def parse_list(self, response: Response) -> Yields:
        """Read the sitemap, or each of those that an index names."""
        maps = [_text(entry, "loc") for entry in _entries(response, "sitemap")] if response.status == 200 else []
        map_urls = [url for url in map(partial(absolute, response.url), maps) if url and self.params.maps in url]
        if map_urls:
            yield self._next_map(response, map_urls[:_MOST_MAPS], [])
        else:
            yield from super().parse_list(response)

    def parse_map(self, response: Response, index: Response, rest: list[str], rows: list[ListRow]) -> Yields:
        """Add the rows of one sitemap of an index; without one of them the list would not be whole."""
        if response.status != 200:
            yield self.fetched_page(response)
            return
        rows = [*rows, *self.rows(response)]
        if rest:
            yield self._next_map(index, rest, rows)
        else:
            yield from self.emit(index, rows)

    def _next_map(self, index: Response, urls: list[str], rows: list[ListRow]) -> Any:
        look: FetchRequest = index.meta["look"]
        return self.ask(look, urls[0], self.parse_map, self.params.headers, index=index, rest=urls[1:], rows=rows)

    def _title(self, url: str) -> str:
        match = re.search(self.params.title_pattern, unquote(url))
        return one_line(re.sub(r"[-_+]+", " ", match[1])) if match else ""


def _entries(response: Response, name: str) -> list[Selector]:
    page = Selector(body=response.body, type="xml", encoding="utf-8")
    page.remove_namespaces()
    return list(page.xpath(f"(/*/{name})[position() <= {_MOST_ENTRIES}]"))


def _text(entry: Selector, path: str) -> str:
    return (entry.xpath(f"{path}/text()").get() or "").strip()
