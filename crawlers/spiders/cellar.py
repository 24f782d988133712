"""An EU act at Cellar: the newest consolidated text that already counts, else the act as published."""

from __future__ import annotations

import json
from datetime import date
from urllib.parse import urlencode, urljoin

from scrapy import Request
from scrapy.http import Response

from crawlers.declaration.params import CellarParams, params_of
from crawlers.failure_causes import Cause
from crawlers.items import FetchRequest
from crawlers.spiders.base import SourceSpider, Yields

_QUERY = """
PREFIX cdm: <http://publications.europa.eu/ontology/cdm#>
SELECT DISTINCT ?celex ?date WHERE {{
  ?act cdm:resource_legal_id_celex ?number . FILTER(STR(?number) = "{celex}")
  ?text cdm:act_consolidated_consolidates_resource_legal ?act ; cdm:resource_legal_id_celex ?celex .
  FILTER(STRSTARTS(STR(?celex), "{consolidated}"))
  OPTIONAL {{ ?text cdm:act_consolidated_date ?date }}
}} ORDER BY DESC(?date)
"""


class CellarSpider(SourceSpider):
    """Asks which consolidated texts exist, then for one of them.

    The page is the act: its identity stays the declared address, whichever edition is newest. When the question or
    the text cannot be had, the look fails; an older edition in its place would be told as a change.
    """

    @property
    def params(self) -> CellarParams:
        """The declaration's ``[params]``."""
        return params_of(CellarParams, self.source.params)

    def walk(self, url: str) -> Yields:
        """Look at one act."""
        look = FetchRequest(url, ("html", "xml"))
        if not self.params.consolidated:
            yield self._text(look, url)
            return
        endpoint = self.params.sparql or urljoin(url, "/webapi/rdf/sparql")
        celex = self.params.celex
        query = _QUERY.format(celex=celex, consolidated=f"0{celex[1:]}")
        query_string = urlencode({"query": query, "format": "application/sparql-results+json"})
        yield self.ask(
            look,
            f"{endpoint}?{query_string}",
            self.parse_editions,
            headers={"Accept": "application/sparql-results+json"},
        )

    def parse_editions(self, response: Response) -> Yields:
        """Choose the newest edition that is not of the future."""
        look: FetchRequest = response.meta["look"]
        if response.status != 200:
            text = f"the list of consolidated texts answers {response.status}"
            yield self.fail(look, response.url, Cause.HTTP_STATUS, text, response.status)
            return
        try:
            newest = newest_edition(response.body, self.params.celex, self.now().date())
        except ValueError as error:
            yield self.fail(look, response.url, Cause.UNREADABLE, f"the list of consolidated texts: {error}")
            return
        yield self._text(look, urljoin(look.page_url, f"/resource/celex/{newest}") if newest else look.page_url)

    def _text(self, look: FetchRequest, url: str) -> Request:
        accept = {"Accept": "application/xhtml+xml", "Accept-Language": self.params.lang}
        return self.look(look, self.keep, url, headers=accept)


def newest_edition(answer: bytes, celex: str, today: date) -> str:
    """Return the CELEX number of the newest consolidated text dated *today* or before, or an empty string.

    Raises ValueError when *answer* is not what the endpoint promises.
    """
    try:
        rows = json.loads(answer)["results"]["bindings"]
        numbers = [str(row["celex"]["value"]) for row in rows]
    except (KeyError, TypeError) as error:
        raise ValueError(f"an answer of another shape ({error!r})") from None
    start = f"0{celex[1:]}-"
    candidates = [(number[len(start) :], number) for number in numbers if number.startswith(start)]
    return max((pair for pair in candidates if pair[0].isdigit() and pair[0] <= f"{today:%Y%m%d}"), default=("", ""))[1]
