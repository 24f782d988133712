"""A list of any kind: it is kept, and what is new on it is fetched in the same run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urljoin

from scrapy import Request
from scrapy.http import Response, TextResponse

from crawlers.declaration.params import Older, RowParams, params_of
from crawlers.declaration.placeholders import day_values, fill, filled, rewritten
from crawlers.failure_causes import Cause
from crawlers.items import Discovered, FetchRequest
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
        told = self.settings.get("CLAUSEWATCH_MOST_NEW")
        most: int = self.params.max_new
        return most if told is None else min(int(told), most)

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
            yield self.fetched(response)
            return
        rows = self._readable(response)
        yield from self._further(response, rows, rows, 0)

    def parse_older(self, response: Response, listed: Response, rows: list[ListRow], turned: int) -> Yields:
        """Add the rows of an older page; one that cannot be had ends the walk, not the look."""
        more = self._older_rows(response) if response.status == 200 else []
        known = set(rows)
        more = [row for row in more if row not in known]
        yield from self._further(listed, [*rows, *more], more, turned)

    def keep(self, response: Response) -> Yields:
        """Hand over a found page and fetch the files attached to it."""
        look: FetchRequest = response.meta["look"]
        if not self.params.attachments or response.status != 200 or not isinstance(response, TextResponse):
            yield self.fetched(response)
            return
        files = tuple(self._attached(response, look))
        known = self.memory.known()
        page = self.fetched(response, files)
        yield page
        if self.usable(page):
            for each in files:
                if each.url not in known:
                    yield from self.leaf(each)

    def leaf(self, found: Discovered) -> Yields:
        """Look at one found page: at its own address, or where the publisher says that its text is."""
        params: RowParams = self.params
        if params.notices and not found.notice and not _is_file(found):
            found = Discovered(found.url, found.title, found.published_on, found.instrument, notice=True)
        where = rewritten(found.url, params.text_pattern, params.text_url) if params.text_url else ""
        for request in super().leaf(found):
            assert isinstance(request, Request)
            request.headers.update(params.leaf_headers)
            if where:
                told = request.meta["look"]
                yield self.ask(told, urljoin(found.url, where), self.parse_text_address, params.leaf_headers)
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

    def _further(self, listed: Response, rows: list[ListRow], last: list[ListRow], turned: int) -> Yields:
        older: Older | None = self.params.older
        known = self.memory.led_to()
        fresh = last and not any(found.url in known for found in self._wanted(listed, last))
        if older is not None and fresh and turned < older.most:
            values = {**day_values(self.today()), "n": older.first + turned, "list": listed.url}
            url = urljoin(listed.url, fill(older.url, values))
            told: dict[str, Any] = {"listed": listed, "rows": rows, "turned": turned + 1}
            post = filled(older.form, values) or None
            headers = filled({**self.params.headers, **older.headers}, values)
            yield self.ask(listed.meta["look"], url, self.parse_older, headers, post, **told)
        else:
            yield from self._hand_over(listed, rows)

    def _hand_over(self, listed: Response, rows: Sequence[ListRow]) -> Yields:
        """Hand the list over and follow what is new on it."""
        found = self._wanted(listed, rows)
        page = self.fetched(listed, found, len(rows))
        known = self.memory.known()  # asked before the pipeline adds what this list leads to
        yield page
        if self.source.kind is not SourceKind.NEWS and self.usable(page):  # news is listed, not read
            for new in [row for row in found if row.url not in known][: self.most_new]:
                yield from self.leaf(new)

    def _wanted(self, listed: Response, rows: Sequence[ListRow]) -> list[Discovered]:
        """Return the rows that the declaration wants, each address once."""
        found: dict[str, Discovered] = {}
        for row in rows:
            each = self._discovered(listed, row)
            if each is not None:
                found.setdefault(each.url, each)
        return list(found.values())

    def _discovered(self, listed: Response, row: ListRow) -> Discovered | None:
        params: RowParams = self.params
        link = rewritten(row.link, params.link_pattern, params.link_url) if params.link_pattern else row.link
        moved = "redirect_urls" in listed.meta  # else the page's own address: an interface may stand elsewhere
        url = absolute(listed.url if moved else listed.meta["look"].page_url, link) if link else ""
        wanted = not params.title_words or any(word.lower() in row.title.lower() for word in params.title_words)
        if not url or params.only not in url or not wanted:
            return None
        joined = next((join.instrument for join in params.instruments if re.search(join.title, row.title)), "")
        return Discovered(url, row.title, row.on, joined, notice=params.notices)

    def _attached(self, response: TextResponse, look: FetchRequest) -> Iterable[Discovered]:
        of = look.found or Discovered(look.page_url)
        for link in response.css(self.params.attachments):
            url = absolute(response.url, link.attrib.get("href"))
            title = " ".join("".join(link.css("*::text").getall()).split()) or of.title
            if url:
                yield Discovered(url, title, of.published_on, of.instrument)


def _is_file(found: Discovered) -> bool:
    return found.url.lower().partition("?")[0].endswith((".pdf", ".docx", ".doc", ".wps"))
