"""An RSS or Atom feed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any

from scrapy.http import Response

from crawlers.declaration.params import FeedParams
from crawlers.rows.first_elements import MOST_ROWS
from crawlers.rows.list_rows import ListRow
from crawlers.spiders.list_spider import ListWalker

_ENTRY_END = re.compile(rb"</(?:item|entry)\s*>", re.IGNORECASE)


class FeedSpider(ListWalker):
    """Follows the entries of a feed."""

    list_formats = ("xml",)
    model = FeedParams

    def rows(self, response: Response) -> Iterator[ListRow]:
        """Return the entries; a feed that brings entities of its own is no feed."""
        if b"<!ENTITY" in response.body:
            raise ValueError("a feed with entities of its own")
        import feedparser  # noqa: PLC0415 - four megabytes that a crawl of pages does without

        # bytes only: given text that looks like an address, feedparser would fetch it
        for entry in feedparser.parse(_first_entries(response.body)).entries:
            if entry.get("link"):
                title = " ".join(str(entry.get("title", "")).split())
                yield ListRow(str(entry["link"]), title, _publication_day(entry))


def _first_entries(body: bytes) -> bytes:
    """Return a feed without what follows its first entries; the parser forgives that it ends early."""
    ends = islice(_ENTRY_END.finditer(body), MOST_ROWS, None)
    return body[: cut.end()] if (cut := next(ends, None)) else body


def _publication_day(entry: Mapping[str, Any]) -> date | None:
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    return date(moment.tm_year, moment.tm_mon, moment.tm_mday) if moment else None
