"""A list in JSON: an interface that is asked with a query, a form or a body of JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator

from scrapy.http import Response

from crawlers.declaration.params import JsonParams
from crawlers.declaration.placeholders import day_values, fill_all
from crawlers.items import FetchRequest
from crawlers.rows.inferred_objects import infer_json
from crawlers.rows.inferred_rows import InferredList
from crawlers.rows.json_paths import told_in
from crawlers.rows.list_rows import ListRow, json_rows
from crawlers.spiders.base import Yields
from crawlers.spiders.list_spider import ListWalker


class JsonSpider(ListWalker):
    """Asks an interface and finds its rows by the paths of their fields.

    The page is the interface: its identity stays the declared address, without the question.
    """

    list_formats = ("json",)
    model = JsonParams

    def walk(self, url: str) -> Yields:
        """Ask once."""
        params: JsonParams = self.params
        today = day_values(self.today())
        post = fill_all(params.form, today) or None
        if params.body:
            post = json.dumps(fill_all(params.body, today), ensure_ascii=False).encode()
        headers = {"Accept": "application/json", **params.headers}
        yield self.look(
            FetchRequest(url, self.list_formats, listing=True), self.parse_list, self.question(url), headers, post
        )

    def rows(self, response: Response) -> Iterator[ListRow]:
        """Return the rows that have a link."""
        return json_rows(told_in(response.body), self.params, self.locale)

    @property
    def least_rows(self) -> int:
        """An interface that is asked may have nothing to answer, unless it is asked for words of ours."""
        return 1 if self.params.title_words else 0

    def infer(self, response: Response) -> InferredList | None:
        """Look for the list of objects that carries titles and addresses."""
        try:
            answer = told_in(response.body)
        except ValueError:
            return None
        memory = (self.memory.known_urls(), self.memory.titles())
        return infer_json(answer, self.params, response.url, self.locale, *memory)
