"""A list of any kind: it is kept, and what is new on it is fetched in the same run."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode, urljoin

from scrapy.http import Response

from crawlers.checks.processor_limit import processor_limit
from crawlers.declaration.placeholders import day_values, fill, fill_all
from crawlers.declaration.row_params import Older
from crawlers.errors import UnusablePageError
from crawlers.failure_causes import Cause
from crawlers.items import FetchRequest, FoundLink
from crawlers.pages.url_identity import absolute
from crawlers.rows.first_elements import MOST_ROWS
from crawlers.rows.inferred_rows import InferredList
from crawlers.rows.json_paths import told_in
from crawlers.rows.list_rows import ListRow, json_rows
from crawlers.rows.row_words import is_foreign
from crawlers.spiders.base import Yields
from crawlers.spiders.leaf_walk import LeafWalker
from crawlers.spiders.session import Session, hidden_fields
from storage.records import SourceKind

MOST_NEW_ADDRESSES = 400
"""New addresses that one list may bring in a round; the others wait for the next, and a Problem says so."""
_LEAST_KNOWN = 3
"""Rows that must be known before others are called strangers."""


class ListWalker(LeafWalker):
    """A walk over lists; a subclass says what a list looks like."""

    list_formats: tuple[str, ...] = ("html",)

    def walk(self, url: str) -> Yields:
        """Look at one list."""
        look = FetchRequest(url, self.list_formats, listing=True)
        request = self.look(look, self.parse_list, self.question(url), self.params.headers)
        yield self.in_session(request, Session(), self.parse_list) if self.params.session else request

    def question(self, url: str) -> str:
        """Return the declared address with the query that is asked of it."""
        query = urlencode(fill_all(self.params.query, day_values(self.today())))
        return f"{url}{'&' if '?' in url else '?'}{query}" if query else url

    @property
    def least_rows(self) -> int:
        """A list for people may have no row that is wanted today, but without any row it has another shape."""
        return 1

    def rows(self, response: Response) -> Iterable[ListRow]:
        """Return what stands on the list in *response*, in its own order; raises ValueError when it cannot be read."""
        raise NotImplementedError

    def parse_list(self, response: Response) -> Yields:
        """Read the list, and its older pages as long as nothing on the page before was known."""
        if response.status != 200:
            yield self.fetched_page(response)
            return
        try:
            rows = self._readable(response)
            with processor_limit(response.url):
                again = self.infer(response) if not rows else self._instead_of_strangers(response, rows)
        except UnusablePageError as error:
            yield self.fail(response.meta["look"], response.url, error.cause, str(error), response.status)
            return
        if again is not None:
            yield from self.emit_inferred(response, again, len(rows))
            return
        foreign = sum(is_foreign(row.title, self.source.language) for row in rows)
        if foreign * 2 > len(rows):
            text = f"{foreign} of {len(rows)} titles are not in the language {self.source.language!r}"
            yield self.fail(response.meta["look"], response.url, Cause.OTHER_LANGUAGE, text, response.status)
            return
        yield from self.next_page(response, rows, rows, 0)

    def parse_older(self, response: Response, list_page: Response, rows: list[ListRow], pages_turned: int) -> Yields:
        """Add the rows of an older page; one that cannot be had ends the walk, not the look."""
        try:
            more = self._older_rows(response) if response.status == 200 else []
        except UnusablePageError:
            more = []
        known_rows = set(rows)
        more = [row for row in more if row not in known_rows]
        yield from self.next_page(list_page, [*rows, *more], more, pages_turned)

    def next_page(self, list_page: Response, rows: list[ListRow], last: list[ListRow], pages_turned: int) -> Yields:
        """Ask for the next older page, or hand over what was gathered."""
        older: Older | None = self.params.older
        known_urls = self.memory.led_to()
        fresh = last and not any(link.url in known_urls for link in self.wanted_links(list_page, last))
        if older is None or not fresh or pages_turned >= older.most or len(rows) > MOST_ROWS:
            yield from self.emit(list_page, rows)
            return
        values = {**day_values(self.today()), "n": older.first + pages_turned, "list": list_page.url}
        form = fill_all(older.form, values)
        post = ({**hidden_fields(list_page), **form} if older.hidden_fields else form) or None
        headers = fill_all({**self.params.headers, **older.headers}, values)
        older_arguments: dict[str, Any] = {"list_page": list_page, "rows": rows, "pages_turned": pages_turned + 1}
        url = urljoin(list_page.url, fill(older.url, values))
        request = self.ask(list_page.meta["look"], url, self.parse_older, headers, post, **older_arguments)
        session: Session | None = list_page.meta.get("session")
        yield request if session is None else self.in_session(request, session, self.parse_older, older_arguments)

    def emit(self, list_page: Response, rows: Sequence[ListRow]) -> Yields:
        """Hand the list over and follow what is new on it."""
        links = self.wanted_links(list_page, rows)
        known_urls = self.memory.known_urls()  # asked before the pipeline adds what this list leads to
        surplus = {link.url for link in [link for link in links if link.url not in known_urls][MOST_NEW_ADDRESSES:]}
        links = [link for link in links if link.url not in surplus]
        page = self.fetched_page(list_page, links, len(rows))
        yield page
        if surplus or len(rows) > MOST_ROWS:
            text = f"{len(rows)} rows, {len(surplus)} new addresses more than the {MOST_NEW_ADDRESSES} taken in a round"
            yield self.fail(list_page.meta["look"], list_page.url, Cause.TOO_MANY_ITEMS, text, list_page.status)
        if self.source.kind is not SourceKind.NEWS and self.usable(page):  # news is listed, not read
            for new in [row for row in links if row.url not in known_urls][: self.most_new]:
                yield from self.leaf(new)

    def infer(self, response: Response) -> InferredList | None:
        """Return the list that *response* holds in another shape than the declared one, if it can be found again."""
        del response  # a feed or a sitemap has no other shape to look for
        return None

    def _instead_of_strangers(self, response: Response, rows: list[ListRow]) -> InferredList | None:
        """Return another list of the page that holds what is known, when the declared shape finds only strangers.

        Strangers alone prove nothing: a publisher may print twenty new documents in a day.
        """
        known_urls, known_titles = self.memory.led_to(), self.memory.titles()
        if len(known_urls) < _LEAST_KNOWN or self._known_among(response, rows, known_urls, known_titles):
            return None
        again = self.infer(response)
        count = self._known_among(response, again.rows, known_urls, known_titles) if again is not None else 0
        return again if again is not None and count >= max(_LEAST_KNOWN, len(again.rows) / 3) else None

    def _known_among(
        self, response: Response, rows: Sequence[ListRow], known_urls: Collection[str], known_titles: Collection[str]
    ) -> int:
        return sum(absolute(response.url, row.link) in known_urls or row.title in known_titles for row in rows)

    def emit_inferred(self, list_page: Response, again: InferredList, strangers: int = 0) -> Yields:
        """Read a list that was found again for discovery, and say that its shape was only inferred."""
        links: dict[str, FoundLink] = {}
        for row in again.rows:
            link = self.link_of(list_page.url, row, by_pattern=False)
            if link is not None:
                links.setdefault(link.url, link)
        page = self.fetched_page(list_page, list(links.values()), len(again.rows))
        known_urls = self.memory.known_urls()
        yield replace(page, least_items=0, least_rows=0, note="the rows are inferred: the list has another shape")
        first = again.rows[0]
        finds = f"only {strangers} rows that were never seen" if strangers else "no row"
        text = f"the declared shape finds {finds}; {len(again.rows)} were found again, the first is {first.title!r};"
        text += f" `clausewatch sources accept {self.source.id}` mends the declaration"
        failure = self.fail(list_page.meta["look"], list_page.url, Cause.SHAPE_CHANGED, text, list_page.status)
        yield replace(failure, proposal=tuple(again.params.items()))
        if self.source.kind is not SourceKind.NEWS:
            for new in [link for link in links.values() if link.url not in known_urls][: self.most_new]:
                yield from self.leaf(new)

    def wanted_links(self, list_page: Response, rows: Sequence[ListRow]) -> list[FoundLink]:
        """Return the rows that the declaration wants, each address once."""
        is_moved = "redirect_urls" in list_page.meta  # else the page's own address: an interface may stand elsewhere
        base = self.base_of(list_page, list_page.url if is_moved else list_page.meta["look"].page_url)
        links: dict[str, FoundLink] = {}
        for row in rows:
            link = self.link_of(base, row, by_title=self.params.inner is None)
            if link is not None:
                links.setdefault(link.url, link)
        return list(links.values())[: self.params.newest or None]

    def _readable(self, response: Response) -> list[ListRow]:
        try:
            with processor_limit(response.url):
                return list(self.rows(response))
        except ValueError:
            response.meta["no_list"] = True  # the pipeline's guard names it, or what arrived instead of the list
            return []

    def _older_rows(self, response: Response) -> list[ListRow]:
        shape = self.params.older.rows
        if shape is None:
            return self._readable(response)
        try:
            with processor_limit(response.url):
                return list(json_rows(told_in(response.body), shape, self.locale))
        except ValueError:
            return []
