"""A list of any kind: it is kept, and what is new on it is fetched in the same run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urljoin

from scrapy import Request
from scrapy.http import Response, TextResponse

from crawlers.declaration.params import Older, RowParams, params_of
from crawlers.declaration.placeholders import day_values, fill, fill_all, rewritten
from crawlers.failure_causes import Cause
from crawlers.items import FetchRequest, FoundLink
from crawlers.pages.url_identity import absolute
from crawlers.spiders.base import SourceSpider, Yields
from crawlers.spiders.list_rows import ListRow, at, json_rows, told_in
from storage.records import SourceKind


class ListWalker(SourceSpider):
    """A walk over lists; a subclass says what a list looks like."""

    list_formats: tuple[str, ...] = ("html",)
    model: type[RowParams] = RowParams

    @property
    def params(self) -> Any:
        """The declaration's ``[params]``, as the model of the walk."""
        return params_of(self.model, self.source.params)

    @property
    def most_new(self) -> int:
        """How many new pages are fetched in one run; the others are watched from the next round on."""
        callback_arguments = self.settings.get("CLAUSEWATCH_MOST_NEW")
        most: int = self.params.max_new
        return most if callback_arguments is None else min(int(callback_arguments), most)

    def walk(self, url: str) -> Yields:
        """Look at one list."""
        yield self.look(
            FetchRequest(url, self.list_formats, listing=True), self.parse_list, headers=self.params.headers
        )

    def rows(self, response: Response) -> Iterable[ListRow]:
        """Return what stands on the list in *response*, in its own order; raises ValueError when it cannot be read."""
        raise NotImplementedError

    def parse_list(self, response: Response) -> Yields:
        """Read the list, and its older pages as long as nothing on the page before was known."""
        if response.status != 200:
            yield self.fetched_page(response)
            return
        rows = self._readable(response)
        yield from self._further(response, rows, rows, 0)

    def parse_older(self, response: Response, list_page: Response, rows: list[ListRow], pages_turned: int) -> Yields:
        """Add the rows of an older page; one that cannot be had ends the walk, not the look."""
        more = self._older_rows(response) if response.status == 200 else []
        known_urls = set(rows)
        more = [row for row in more if row not in known_urls]
        yield from self._further(list_page, [*rows, *more], more, pages_turned)

    def keep(self, response: Response) -> Yields:
        """Hand over a found page and fetch the files attached to it."""
        look: FetchRequest = response.meta["look"]
        if not self.params.attachments or response.status != 200 or not isinstance(response, TextResponse):
            yield self.fetched_page(response)
            return
        files = tuple(self._attachments(response, look))
        known_urls = self.memory.known_urls()
        page = self.fetched_page(response, files)
        yield page
        if self.usable(page):
            for file in files:
                if file.url not in known_urls:
                    yield from self.leaf(file)

    def leaf(self, link: FoundLink) -> Yields:
        """Look at one found page: at its own address, or where the publisher says that its text is."""
        params: RowParams = self.params
        if params.notices and not link.notice and not _is_file(link):
            link = FoundLink(link.url, link.title, link.published_on, link.instrument, notice=True)
        where = rewritten(link.url, params.text_pattern, params.text_url) if params.text_url else ""
        for request in super().leaf(link):
            assert isinstance(request, Request)
            request.headers.update(params.leaf_headers)
            if where:
                look = request.meta["look"]
                yield self.ask(look, urljoin(link.url, where), self.parse_text_address, params.leaf_headers)
            else:
                yield request

    def parse_text_address(self, response: Response) -> Yields:
        """Go on to where the publisher says that the text is."""
        look: FetchRequest = response.meta["look"]
        if response.status != 200:
            yield self.fail(look, response.url, Cause.HTTP_STATUS, f"answers {response.status}", response.status)
            return
        try:
            address = absolute(response.url, at(told_in(response.body), self.params.text_at) or None)
        except ValueError:
            address = ""
        if not address or address == response.url:
            yield self.fail(look, response.url, Cause.UNREADABLE, "does not say where the text is", response.status)
            return
        yield self.look(look, self.keep, address)

    def _readable(self, response: Response) -> list[ListRow]:
        try:
            return list(self.rows(response))
        except ValueError:
            return []  # the pipeline's guard names the empty list, or what arrived instead of it

    def _older_rows(self, response: Response) -> list[ListRow]:
        shape = self.params.older.rows
        if shape is None:
            return self._readable(response)
        try:
            return list(json_rows(told_in(response.body), shape))
        except ValueError:
            return []

    def _further(self, list_page: Response, rows: list[ListRow], last: list[ListRow], pages_turned: int) -> Yields:
        older: Older | None = self.params.older
        known_urls = self.memory.led_to()
        fresh = last and not any(link.url in known_urls for link in self._wanted_links(list_page, last))
        if older is not None and fresh and pages_turned < older.most:
            values = {**day_values(self.today()), "n": older.first + pages_turned, "list": list_page.url}
            url = urljoin(list_page.url, fill(older.url, values))
            callback_arguments: dict[str, Any] = {
                "list_page": list_page,
                "rows": rows,
                "pages_turned": pages_turned + 1,
            }
            post = fill_all(older.form, values) or None
            headers = fill_all({**self.params.headers, **older.headers}, values)
            yield self.ask(list_page.meta["look"], url, self.parse_older, headers, post, **callback_arguments)
        else:
            yield from self._hand_over(list_page, rows)

    def _hand_over(self, list_page: Response, rows: Sequence[ListRow]) -> Yields:
        """Hand the list over and follow what is new on it."""
        links = self._wanted_links(list_page, rows)
        page = self.fetched_page(list_page, links, len(rows))
        known_urls = self.memory.known_urls()  # asked before the pipeline adds what this list leads to
        yield page
        if self.source.kind is not SourceKind.NEWS and self.usable(page):  # news is listed, not read
            for new in [row for row in links if row.url not in known_urls][: self.most_new]:
                yield from self.leaf(new)

    def _wanted_links(self, list_page: Response, rows: Sequence[ListRow]) -> list[FoundLink]:
        """Return the rows that the declaration wants, each address once."""
        links: dict[str, FoundLink] = {}
        for row in rows:
            link = self._link_of(list_page, row)
            if link is not None:
                links.setdefault(link.url, link)
        return list(links.values())

    def _link_of(self, list_page: Response, row: ListRow) -> FoundLink | None:
        params: RowParams = self.params
        link = rewritten(row.link, params.link_pattern, params.link_url) if params.link_pattern else row.link
        is_moved = "redirect_urls" in list_page.meta  # else the page's own address: an interface may stand elsewhere
        url = absolute(list_page.url if is_moved else list_page.meta["look"].page_url, link) if link else ""
        has_word = not params.title_words or any(word.lower() in row.title.lower() for word in params.title_words)
        if not url or params.only not in url or not has_word:
            return None
        instrument = next((join.instrument for join in params.instruments if re.search(join.title, row.title)), "")
        return FoundLink(url, row.title, row.on, instrument, notice=params.notices)

    def _attachments(self, response: TextResponse, look: FetchRequest) -> Iterable[FoundLink]:
        of = look.link or FoundLink(look.page_url)
        for link in response.css(self.params.attachments):
            url = absolute(response.url, link.attrib.get("href"))
            title = " ".join("".join(link.css("*::text").getall()).split()) or of.title
            if url:
                yield FoundLink(url, title, of.published_on, of.instrument)


def _is_file(link: FoundLink) -> bool:
    return link.url.lower().partition("?")[0].endswith((".pdf", ".docx", ".doc", ".wps"))
