"""A page that is the law itself, or that names the editions of one."""

from __future__ import annotations

import re
from functools import cached_property
from urllib.parse import urljoin

from scrapy.http import Response, TextResponse

from crawlers.declaration.params import PageParams, params_of
from crawlers.declaration.placeholders import rewritten
from crawlers.failure_causes import Cause
from crawlers.items import FetchRequest
from crawlers.rows.link_addresses import addresses_in
from crawlers.spiders.base import SourceSpider, Yields


class PageSpider(SourceSpider):
    """Fetches address declared address as it is, or the newest edition that it names."""

    @cached_property
    def params(self) -> PageParams:
        """The declaration's ``[params]``."""
        return params_of(PageParams, self.source.params)

    def walk(self, url: str) -> Yields:
        """Look at one declared address."""
        look = FetchRequest(url, self.leaf_formats(url))
        if self.params.editions:
            yield self.ask(look, url, self.parse_editions, self.params.headers)
        else:
            yield self.look(look, self.keep, headers=self.params.headers)

    def parse_editions(self, response: Response) -> Yields:
        """Ask for the newest edition; an older one in its place would be told as a change."""
        look: FetchRequest = response.meta["look"]
        if response.status != 200 or not isinstance(response, TextResponse):
            text = f"the page of editions answers {response.status}"
            yield self.fail(look, response.url, Cause.HTTP_STATUS, text, response.status)
            return
        newest = newest_edition(response, self.params)
        if not newest:
            yield self.fail(look, response.url, Cause.UNREADABLE, "the page names no edition", response.status)
            return
        yield self.look(look, self.keep, urljoin(response.url, newest), self.params.headers)


def newest_edition(response: TextResponse, params: PageParams) -> str:
    """Return the address of the newest edition that the page names, or an empty string."""
    attribute = params.edition_attribute
    addresses = [next(addresses_in(element, attribute), "") for element in response.css(params.editions)]
    editions = [address for address in addresses if re.search(params.edition_pattern, address)]
    if not editions:
        return ""
    choices = {"first": editions[0], "last": editions[-1], "least": min(editions), "greatest": max(editions)}
    return rewritten(choices[params.edition], params.edition_pattern, params.edition_url)
