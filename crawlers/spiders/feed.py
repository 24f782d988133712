"""An RSS or Atom feed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import feedparser
from scrapy.http import Response

from crawlers.declaration.params import FeedParams
from crawlers.rows.list_rows import ListRow
from crawlers.spiders.list_spider import ListWalker


class FeedSpider(ListWalker):
    """Follows the entries of a feed."""

    list_formats = ("xml",)
    model = FeedParams

    def rows(self, response: Response) -> Iterator[ListRow]:
        """Return the entries; a feed that brings entities of its own is no feed."""
        if b"<!ENTITY" in response.body:
            raise ValueError("a feed with entities of its own")
        # bytes only: given text that looks like an address, feedparser would fetch it
        for entry in feedparser.parse(response.body).entries:
            if entry.get("link"):
                title = " ".join(str(entry.get("title", "")).split())
                yield ListRow(str(entry["link"]), title, _publication_day(entry))


def _publication_day(entry: feedparser.FeedParserDict) -> date | None:
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    return date(moment.tm_year, moment.tm_mon, moment.tm_mday) if moment else None
