"""An RSS or Atom feed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import feedparser
from scrapy.http import Response

from crawlers.items import Discovered
from crawlers.params import FeedParams, params_of
from crawlers.spiders.walker import ListWalker, absolute


class FeedSpider(ListWalker):
    """Follows the entries of a feed."""

    list_formats = ("xml",)

    @property
    def params(self) -> FeedParams:
        """The declaration's ``[params]``."""
        return params_of(FeedParams, self.source.params)

    @property
    def most_new(self) -> int:
        """How many new pages are fetched in one run."""
        return self.params.max_new

    def rows(self, response: Response) -> Iterator[Discovered]:
        """Return the entries; a feed that brings entities of its own is no feed."""
        if b"<!ENTITY" in response.body:
            raise ValueError("a feed with entities of its own")
        # bytes only: given text that looks like an address, feedparser would fetch it
        for entry in feedparser.parse(response.body).entries:
            url = absolute(response, entry.get("link"))
            if url and self.params.only in url:
                yield Discovered(url, " ".join(str(entry.get("title", "")).split()), _published(entry))


def _published(entry: feedparser.FeedParserDict) -> date | None:
    told = entry.get("published_parsed") or entry.get("updated_parsed")
    return date(told.tm_year, told.tm_mon, told.tm_mday) if told else None
