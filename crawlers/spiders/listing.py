"""A list in HTML, read with the selectors of its declaration."""

from __future__ import annotations

from collections.abc import Iterator

from scrapy.http import Response, TextResponse

from crawlers.declaration.params import ListingParams
from crawlers.declaration.row_params import RowParams
from crawlers.rows.inferred_rows import InferredList, infer_html
from crawlers.rows.list_rows import ListRow, html_rows
from crawlers.rows.page_markup import markup_of
from crawlers.spiders.list_spider import ListWalker


class ListingSpider(ListWalker):
    """Finds the rows of a list, and in each the link, the title and the date."""

    model: type[RowParams] = ListingParams

    def rows(self, response: Response) -> Iterator[ListRow]:
        """Return the rows that have a link."""
        if not isinstance(response, TextResponse):
            raise ValueError("a list that is no text")  # noqa: TRY004 - a fault of the answer, not of ours
        return html_rows(markup_of(response, self.source.language), self.params, self.locale)

    def infer(self, response: Response) -> InferredList | None:
        """Look for the structure that repeats."""
        if not isinstance(response, TextResponse) or self.params.attribute:
            return None
        memory = (self.memory.known_urls(), self.memory.titles())
        return infer_html(markup_of(response, self.source.language), response.url, self.locale, *memory)
