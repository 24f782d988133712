"""The documents of a Federal Register search: the JSON tells of them, the XML is the text."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from scrapy.http import Response

from crawlers.declaration.params import FederalRegisterParams
from crawlers.items import Discovered, FetchRequest
from crawlers.pages.url_identity import absolute
from crawlers.spiders.base import Yields
from crawlers.spiders.list_spider import ListWalker
from crawlers.spiders.printed_dates import date_in

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
        told = [pair for key, value in self.params.conditions.items() for pair in _condition(key, value)]
        told += [("fields[]", field) for field in _FIELDS] + [("order", "newest"), ("per_page", "100")]
        look = FetchRequest(url, ("json",), listing=True)
        yield self.look(look, self.parse_list, f"{url}?{urlencode(told)}", _JSON)

    def leaf_formats(self, url: str) -> tuple[str, ...]:
        """Return the one format of the text asked for: a page of HTML in place of XML is a block notice."""
        del url
        return _FORMATS[self.params.text]

    def parse_list(self, response: Response) -> Yields:
        """Find each document's text: in the list, or for a new document in its own facts."""
        known = {url.rsplit("/", 1)[-1].split(".", 1)[0]: url for url in self.memory.known()}
        found: list[Discovered] = []
        untold: list[str] = []
        for document in _documents(response):
            row = self._row(response, document)
            number = str(document.get("document_number", ""))
            if number in known:
                found.append(Discovered(known[number]))
            elif row is not None:
                found.append(row)
            elif "full_text_xml_url" not in document and len(untold) < self.most_new:
                untold.append(absolute(response.url, document.get("json_url") or f"{_api(response)}/{number}.json"))
        yield from self._go_on(response, found, untold)

    def parse_document(
        self, response: Response, listed: Response, found: list[Discovered], untold: list[str]
    ) -> Yields:
        """Take the text's address out of one document's facts."""
        document = _told(response) if response.status == 200 else {}
        row = self._row(response, document)
        yield from self._go_on(listed, [*found, row] if row else found, untold)

    def _go_on(self, listed: Response, found: list[Discovered], untold: list[str]) -> Yields:
        """Ask for the facts of the next document, or hand over the list and fetch what is new on it."""
        if untold:
            told: dict[str, Any] = {"listed": listed, "found": found, "untold": untold[1:]}
            yield self.ask(listed.meta["look"], untold[0], self.parse_document, _JSON, **told)
            return
        page = self.fetched(listed, found)
        known = self.memory.known()
        yield page
        if self.usable(page):
            for row in [row for row in found if row.url not in known][: self.most_new]:
                yield from self.leaf(row)

    def _row(self, response: Response, document: dict[str, Any]) -> Discovered | None:
        url = absolute(response.url, document.get(self.params.text)) if document.get(self.params.text) else ""
        title = " ".join(str(document.get("title") or "").split())
        return Discovered(url, title, date_in(str(document.get("publication_date") or ""))) if url else None


def _condition(key: str, value: str | tuple[str, ...]) -> list[tuple[str, str]]:
    if isinstance(value, str):
        return [(f"conditions[{key}]", value)]
    return [(f"conditions[{key}][]", piece) for piece in value]


def _api(response: Response) -> str:
    return response.url.split("?", 1)[0].removesuffix(".json")


def _told(response: Response) -> dict[str, Any]:
    try:
        told = json.loads(response.body)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _documents(response: Response) -> list[dict[str, Any]]:
    rows = _told(response).get("results", []) if response.status == 200 else []
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
