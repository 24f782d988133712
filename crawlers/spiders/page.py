"""A page that is the law itself."""

from __future__ import annotations

from crawlers.items import Look
from crawlers.spiders.base import SourceSpider, Yields


class PageSpider(SourceSpider):
    """Fetches each declared address as it is."""

    def walk(self, url: str) -> Yields:
        """Look at one declared address."""
        yield self.look(Look(url, self.leaf_formats(url)), self.keep)
