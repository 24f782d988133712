"""A column of the jpaas platform (MIIT, SAMR): the page is a shell, its list is HTML inside a JSON answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlencode, urljoin

from parsel import Selector
from scrapy import Request
from scrapy.http import Response, TextResponse

from crawlers.declaration.params import JpaasParams
from crawlers.failure_causes import Cause
from crawlers.items import FetchRequest
from crawlers.rows.inferred_rows import InferredList, infer_html
from crawlers.rows.json_paths import at, told_in
from crawlers.rows.list_rows import ListRow, html_rows
from crawlers.spiders.base import Yields
from crawlers.spiders.list_spider import ListWalker

_PAIR = re.compile(r"['\"]([^'\"]{1,60})['\"]\s{0,5}:\s{0,5}['\"]([^'\"]{0,400})['\"]")


class JpaasSpider(ListWalker):
    """Asks for the column's list, with the query that the declaration or the column's own script says."""

    list_formats = ("json",)
    model = JpaasParams

    def walk(self, url: str) -> Yields:
        """Look at one column."""
        look = FetchRequest(url, self.list_formats, listing=True)
        if self.params.query:
            yield self._unit(look, urljoin(url, self.params.unit), self.params.query)
        else:
            yield self.ask(look, url, self.parse_shell, self.params.headers)

    def parse_shell(self, response: Response) -> Yields:
        """Read the query out of the script that would fill the shell."""
        look: FetchRequest = response.meta["look"]
        script = _script(response) if response.status == 200 else None
        query = dict(_PAIR.findall(script.attrib["querydata"])) if script is not None else {}
        if script is None or not query:
            cause = Cause.UNREADABLE if response.status == 200 else Cause.HTTP_STATUS
            yield self.fail(look, response.url, cause, "the column does not say how its list is asked", response.status)
            return
        yield self._unit(look, urljoin(response.url, script.attrib.get("url") or self.params.unit), query)

    def _unit(self, look: FetchRequest, url: str, query: dict[str, str]) -> Request:
        headers = {"Accept": "application/json", **self.params.headers}
        return self.look(look, self.parse_list, f"{url}?{urlencode(query)}", headers)

    def rows(self, response: Response) -> Iterator[ListRow]:
        """Return the rows of the HTML inside the answer."""
        html = at(told_in(response.body), self.params.html)
        if not isinstance(html, str):
            raise ValueError("no HTML in the answer")  # noqa: TRY004 - a fault of the answer, not of ours
        return html_rows(Selector(text=html or "<p>", type="html"), self.params, self.locale)

    def infer(self, response: Response) -> InferredList | None:
        """Look for the structure that repeats in the HTML inside the answer."""
        try:
            html = at(told_in(response.body), self.params.html)
        except ValueError:
            return None
        memory = (self.memory.known_urls(), self.memory.titles())
        page = Selector(text=html, type="html") if isinstance(html, str) and html else None
        return infer_html(page, response.url, self.locale, *memory) if page is not None else None


def _script(response: Response) -> Selector | None:
    if not isinstance(response, TextResponse):
        return None
    return next(iter(response.css("script[querydata]")), None)
