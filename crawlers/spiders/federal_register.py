"""The documents of a Federal Register search: the JSON tells of them, the XML is the text."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from scrapy.http import Response

from crawlers.declaration.params import FederalRegisterParams
from crawlers.items import FetchRequest, FoundLink
from crawlers.pages.url_identity import absolute
from crawlers.rows.printed_dates import date_in
from crawlers.spiders.base import Yields
from crawlers.spiders.list_spider import ListWalker

_JSON = {"Accept": "application/json"}
_FIELDS = (
    "document_number",
    "title",
    "publication_date",
    "json_url",
    "full_text_xml_url",
    "raw_text_url",
    "body_html_url",
)
_FORMATS = {"full_text_xml_url": ("xml",), "raw_text_url": ("text",), "body_html_url": ("html",)}


class FederalRegisterSpider(ListWalker):
    """Searches, asks for each new document's facts, and fetches its text as a page of its own.

    A text that is not there yet (null in the JSON) is asked for again in the next round: the document is no page
    until it has one.
    """

    model = FederalRegisterParams

    def walk(self, url: str) -> Yields:
        """Search once; the address of the list stays the declared one, without the question."""
        question = [pair for key, value in self.params.conditions.items() for pair in _condition(key, value)]
        question += [("fields[]", field) for field in _FIELDS] + [("order", "newest"), ("per_page", "100")]
        look = FetchRequest(url, ("json",), listing=True)
        yield self.look(look, self.parse_list, f"{url}?{urlencode(question)}", _JSON)

    @property
    def least_rows(self) -> int:
        """A search may find nothing."""
        return 0

    def leaf_formats(self, url: str) -> tuple[str, ...]:
        """Return the one format of the text asked for: a page of HTML in place of XML is a block notice."""
        del url
        return _FORMATS[self.params.text]

    def parse_list(self, response: Response) -> Yields:
        """Find each document's text: in the list, or for a new document in its own facts."""
        urls_by_number = {url.rsplit("/", 1)[-1].split(".", 1)[0]: url for url in self.memory.known_urls()}
        links: list[FoundLink] = []
        waiting_urls: list[str] = []
        documents = _documents(response)
        response.meta["no_list"] = documents is None
        for document in documents or ():
            row = self._row(response, document)
            number = str(document.get("document_number", ""))
            if number in urls_by_number:
                links.append(FoundLink(urls_by_number[number]))
            elif row is not None:
                links.append(row)
            elif "full_text_xml_url" not in document and len(waiting_urls) < self.most_new:
                waiting_urls.append(
                    absolute(response.url, document.get("json_url") or f"{_api(response)}/{number}.json")
                )
        yield from self._go_on(response, links, waiting_urls)

    def parse_document(
        self, response: Response, list_page: Response, links: list[FoundLink], waiting_urls: list[str]
    ) -> Yields:
        """Take the text's address out of one document's facts."""
        document = _table_in(response) if response.status == 200 else {}
        row = self._row(response, document)
        yield from self._go_on(list_page, [*links, row] if row else links, waiting_urls)

    def _go_on(self, list_page: Response, links: list[FoundLink], waiting_urls: list[str]) -> Yields:
        """Ask for the facts of the next document, or hand over the list and fetch what is new on it."""
        if waiting_urls:
            callback_arguments: dict[str, Any] = {
                "list_page": list_page,
                "links": links,
                "waiting_urls": waiting_urls[1:],
            }
            yield self.ask(list_page.meta["look"], waiting_urls[0], self.parse_document, _JSON, **callback_arguments)
            return
        page = self.fetched_page(list_page, links)
        known_urls = self.memory.known_urls()
        yield page
        if self.usable(page):
            for row in [row for row in links if row.url not in known_urls][: self.most_new]:
                yield from self.leaf(row)

    def _row(self, response: Response, document: dict[str, Any]) -> FoundLink | None:
        url = absolute(response.url, document.get(self.params.text)) if document.get(self.params.text) else ""
        title = " ".join(str(document.get("title") or "").split())
        return FoundLink(url, title, date_in(str(document.get("publication_date") or ""))) if url else None


def _condition(key: str, value: str | tuple[str, ...]) -> list[tuple[str, str]]:
    if isinstance(value, str):
        return [(f"conditions[{key}]", value)]
    return [(f"conditions[{key}][]", piece) for piece in value]


def _api(response: Response) -> str:
    return response.url.split("?", 1)[0].removesuffix(".json")


def _table_in(response: Response) -> dict[str, Any]:
    try:
        answer = json.loads(response.body)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def _documents(response: Response) -> list[dict[str, Any]] | None:
    """Return the documents of a search; None where none are told, and not that there are none."""
    table = _table_in(response) if response.status == 200 else {}
    rows = table.get("results", [] if table.get("count") == 0 else None)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else None
