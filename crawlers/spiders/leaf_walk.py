"""Detail pages: what a list leads to, and the files, drafts and items that stand on it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from parsel import Selector
from scrapy import Request
from scrapy.http import Response, TextResponse

from crawlers.declaration.params import params_of
from crawlers.declaration.placeholders import rewritten
from crawlers.declaration.row_params import RowParams, TextStep
from crawlers.failure_causes import Cause
from crawlers.hosts.host_lock import HOSTS, host_key
from crawlers.items import FetchRequest, FoundLink
from crawlers.pages.url_identity import absolute
from crawlers.rows.first_elements import first_of
from crawlers.rows.link_addresses import addresses_in, is_file
from crawlers.rows.list_rows import ListRow, RowLocale, html_rows
from crawlers.rows.page_markup import links_base, markup_of
from crawlers.rows.row_words import is_wanted, one_line, role_of_file, says_nothing
from crawlers.spiders.base import Callback, SourceSpider, Yields
from crawlers.spiders.session import MOST_REDIRECTS, Session, redirect_of
from crawlers.spiders.text_hops import first_hop, next_address, page_inside

_NUMBER = re.compile(r"\s*\d{1,2}[.)]")
_ARTICLE = re.compile(r"\s*(?:第[一二三四五六七八九十百零]+条|Article \d|Section \d|§)")
_LEAST_PARTS = 3
_MUCH = 4000  # characters
_LONGEST_ROUND = 1200.0  # seconds that new pages of one list may take with the pause their host asks for
_MOST_ITEMS = 400
"""Files or items that are taken from one page: a list that never ends is somebody's mistake."""


class LeafWalker(SourceSpider):
    """A walk that knows what to do with the pages a list leads to."""

    model: type[RowParams] = RowParams

    @property
    def params(self) -> Any:
        """The declaration's ``[params]``, as the model of the walk."""
        return params_of(self.model, self.source.params)

    @property
    def locale(self) -> RowLocale:
        """How this publisher writes."""
        return RowLocale(self.source.language, self.source.timezone, month_first=self.source.jurisdiction == "us")

    def leaf(self, link: FoundLink, session: Session | None = None) -> Yields:
        """Look at one found page: at its own address, or where the publisher says that its text is."""
        params: RowParams = self.params
        if (params.notices is True or params.inner) and not link.notice and not link.hangs_on:
            link = replace(link, notice=not is_file(link.url))
        hop = first_hop(params.hops, link.url)
        for request in super().leaf(link):
            assert isinstance(request, Request)
            request.headers.update(params.leaf_headers)
            if hop:
                look, (address, rest) = request.meta["look"], hop
                yield self.ask(look, address, self.parse_hop, params.leaf_headers, rest=rest)
            elif params.session:
                yield self.in_session(request, session or Session(), self.keep)
            else:
                yield request

    def in_session(
        self,
        request: Request,
        session: Session,
        callback: Callback,
        arguments: Mapping[str, Any] | None = None,
        hops: int = 0,
    ) -> Request:
        """Return *request* with the cookies of *session*, which learns from the answer before *callback* has it."""
        onward_arguments = {"callback": callback, "arguments": arguments or {}, "hops": hops}
        onward = request.replace(callback=self.parse_in_session, cb_kwargs=onward_arguments)
        onward.headers.update(session.headers(request.url))
        onward.meta["session"] = session
        onward.meta["dont_redirect"] = True  # Scrapy would lose the cookies that a redirect sets
        return onward

    def parse_in_session(
        self, response: Response, callback: Callback, arguments: Mapping[str, Any], hops: int
    ) -> Yields:
        """Keep the cookies, follow a redirect, and go on."""
        session: Session = response.meta["session"]
        session.remember(response)
        target = redirect_of(response)
        if target and hops < MOST_REDIRECTS:
            assert response.request is not None
            onward = response.request.replace(url=target, method="GET", body=b"")
            onward.headers.pop("Content-Type", None)
            onward.headers.pop("Cookie", None)
            yield self.in_session(onward, session, callback, arguments, hops + 1)
        else:
            yield from callback(response, **arguments)

    def keep(self, response: Response) -> Yields:
        """Hand over a found page, and fetch the files attached to it or the items that it lists."""
        look: FetchRequest = response.meta["look"]
        inner = self.params.inner is not None and look.listing
        if response.status != 200 or not isinstance(response, TextResponse) or not (inner or self.params.attachments):
            yield self.fetched_page(response)
            return
        links = list(self._items_on(response, look) if inner else self._attachments(response, look))
        if self.params.notices == "attached" and not inner:
            if not says_much(markup_of(response, self.source.language), self.source.select) and any(
                not link.notice for link in links
            ):
                response.meta["look"] = replace(look, listing=True)
            elif look.link is not None:  # a file called like a page that says it all is the page once more
                links = [link for link in links if link.title != look.link.title]
        known_urls = self.memory.known_urls()
        page = self.fetched_page(response, links)
        yield page
        if self.usable(page):
            for link in [link for link in links if link.url not in known_urls][: self.most_new]:
                yield from self.leaf(link)

    @property
    def most_new(self) -> int:
        """How many new pages are fetched in one run; the others are watched from the next round on."""
        limit = self.settings.get("CLAUSEWATCH_MOST_NEW")
        delay = HOSTS.crawl_delay.get(host_key(self.source.urls[0]), 0.0)
        most = min(int(self.params.max_new), int(_LONGEST_ROUND / delay) if delay else int(self.params.max_new))
        return most if limit is None else min(int(limit), most)

    def parse_hop(self, response: Response, rest: tuple[TextStep, ...]) -> Yields:
        """Go on to where the publisher says that the text is; raises nothing, an answer of another shape is told."""
        look: FetchRequest = response.meta["look"]
        step, *later = rest
        if response.status != 200:
            yield self.fail(look, response.url, Cause.HTTP_STATUS, f"answers {response.status}", response.status)
            return
        if not step.at:
            yield from self._text_inside(response)
            return
        address = next_address(response, step.at)
        if not address or address == response.url:
            yield self.fail(look, response.url, Cause.UNREADABLE, "does not say where the text is", response.status)
            return
        hop = first_hop(tuple(later), address)
        if hop:
            yield self.ask(look, hop[0], self.parse_hop, self.params.leaf_headers, rest=hop[1])
        else:
            yield self.look(look, self.keep, address)

    def _text_inside(self, response: Response) -> Yields:
        """Hand over the text that an answer in JSON holds as HTML; the answer is archived as it came."""
        page = page_inside(response, self.params.text_html)
        if page is None:
            text = f"its answer has no text at {self.params.text_html!r}"
            yield self.fail(response.meta["look"], response.url, Cause.UNREADABLE, text, response.status)
            return
        yield from self.keep(page)

    def link_of(self, base: str, row: ListRow, *, by_title: bool = True, by_pattern: bool = True) -> FoundLink | None:
        """Return where a row leads, or None when nobody wants it.

        *by_title*, it is asked for its words; *by_pattern*, its address is made as the declaration says.
        """
        params: RowParams = self.params
        has_pattern = by_pattern and params.link_pattern
        target = rewritten(row.link, params.link_pattern, params.link_url) if has_pattern else row.link
        url = absolute(base, target) if target else ""
        is_wanted_title = not by_title or is_wanted(
            row.title, params.title_words, params.title_all, params.title_not, self.source.language
        )
        if not url or params.only not in url or not is_wanted_title:
            return None
        instrument = next((join.instrument for join in params.instruments if _fits(join.title, row.title)), "")
        return FoundLink(url, row.title, row.on, instrument, notice=params.notices is True, comments_due_on=row.until)

    def base_of(self, response: Response, url: str) -> str:
        """Return what the relative links of a page are relative to: *url*, unless the page names a base."""
        if not isinstance(response, TextResponse) or b"<base" not in response.body[:20_000].lower():
            return url
        return links_base(markup_of(response, self.source.language), url)

    def _attachments(self, response: TextResponse, look: FetchRequest) -> Iterator[FoundLink]:
        """Return the files attached to a page, each once: the drafts as law, what explains them as notices."""
        of, known_urls = look.link or FoundLink(look.page_url), {look.page_url, response.url}
        markup = markup_of(response, self.source.language)
        base = links_base(markup, response.url)
        for element in first_of(markup, self.params.attachments, _MOST_ITEMS):
            for address in filter(None, addresses_in(element)):
                url = absolute(base, address)
                title = _title_of_file(element, of)
                role = role_of_file(title)
                if url and url not in known_urls and role != "form":
                    known_urls.add(url)
                    yield replace(of, url=url, title=title, notice=role == "note", hangs_on=True)

    def _items_on(self, response: TextResponse, look: FetchRequest) -> Iterator[FoundLink]:
        """Return the items that an issue lists; without a date of their own they have the issue's."""
        of, known_urls = look.link or FoundLink(look.page_url), {look.page_url, response.url}
        markup = markup_of(response, self.source.language)
        base = links_base(markup, response.url)
        for row in list(html_rows(markup, self.params.inner, self.locale))[:_MOST_ITEMS]:
            link = self.link_of(base, row)
            if link is not None and link.url not in known_urls:
                known_urls.add(link.url)
                yield replace(link, published_on=link.published_on or of.published_on, notice=False, hangs_on=True)


def says_much(markup: Selector, select: str) -> bool:
    """Return whether a page prints a text itself, by its numbered parts or its length, or only announces a file."""
    page = markup.css(select or "body")
    headings = sum(bool(_NUMBER.match(text)) for text in page.css("h2, h3, h4, h5, h6").css("*::text").getall())
    texts = page.css("*:not(script):not(style)::text").getall()
    articles = sum(bool(_ARTICLE.match(text)) for text in texts)
    return max(headings, articles) >= _LEAST_PARTS or len("".join("".join(texts).split())) >= _MUCH


def _title_of_file(element: Any, of: FoundLink) -> str:
    """Return what a file is called: what its link or frame says, else the page that it hangs on."""
    texts = (one_line("".join(element.css("*::text").getall())), one_line(element.attrib.get("title", "")))
    return next((text for text in texts if text and not says_nothing(text)), "") or of.title


def _fits(pattern: str, title: str) -> bool:
    return rewritten(title, pattern, "yes") == "yes"
