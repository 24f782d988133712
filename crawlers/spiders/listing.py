"""A list in HTML, read with the selectors of its declaration."""

from __future__ import annotations

from collections.abc import Iterator

from parsel import Selector
from scrapy.http import Response, TextResponse

from crawlers.calendar_words import date_in
from crawlers.items import Discovered
from crawlers.params import ListingParams, params_of
from crawlers.spiders.walker import ListWalker, absolute


class ListingSpider(ListWalker):
    """Finds the rows of a list, and in each the link, the title and the date."""

    @property
    def params(self) -> ListingParams:
        """The declaration's ``[params]``."""
        return params_of(ListingParams, self.source.params)

    @property
    def most_new(self) -> int:
        """How many new pages are fetched in one run."""
        return self.params.max_new

    def rows(self, response: Response) -> Iterator[Discovered]:
        """Return the rows; one without a link to the web is none."""
        params = self.params
        if not isinstance(response, TextResponse):
            raise ValueError("a list that is no text")  # noqa: TRY004 - a fault of the answer, not of ours
        for item in response.selector.css(params.item):
            link = next(iter(item.css(params.link)), None)
            url = absolute(response, link.attrib.get("href")) if link is not None else ""
            if link is not None and url and params.only in url:
                printed = _text(item, params.date) if params.date else ""
                on = date_in(printed, params.date_format, month_first=self.source.jurisdiction == "us")
                yield Discovered(url, _title(item, link, params), on)


def _title(item: Selector, link: Selector, params: ListingParams) -> str:
    given = link.attrib.get(params.title_attribute, "") if params.title_attribute else ""
    named = _text(item, params.title) if params.title else ""
    return " ".join(named.split()) or " ".join(given.split()) or " ".join("".join(link.css("*::text").getall()).split())


def _text(item: Selector, css: str) -> str:
    return " ".join(" ".join(item.css(css).css("*::text").getall()).split())
