"""An EU act at Cellar: the newest consolidated text in the wanted language, else the act as published, saying which."""

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
  {{ ?text cdm:act_consolidated_consolidates_resource_legal ?act }}
  UNION {{ ?text cdm:resource_legal_corrects_resource_legal ?act }}
  ?text cdm:resource_legal_id_celex ?celex .
  FILTER(STRSTARTS(STR(?celex), "{consolidated}-") || STRSTARTS(STR(?celex), "{celex}R("))
  ?expression cdm:expression_belongs_to_work ?text ;
    cdm:expression_uses_language <http://publications.europa.eu/resource/authority/language/{language}> .
  OPTIONAL {{ ?text cdm:act_consolidated_date ?day }} OPTIONAL {{ ?text cdm:work_date_document ?signed }}
  BIND(COALESCE(?day, ?signed) AS ?date)
}} ORDER BY DESC(?date)
"""
_AS_PUBLISHED = "the act as published is read: no consolidated text exists in {language}"
_EDITION = "the consolidated text {celex} is read"
_PENDING = "; not yet in it: {corrigenda}"
_NOT_TO_BE_HAD = "the act as published is read: {celex} is listed and answers {status}"
_NO_SUCH_FORM = {404, 406}


class CellarSpider(SourceSpider):
    """Asks which consolidated texts exist in the wanted language, then for one of them.

    The page is the act: its identity stays the declared address, whichever edition is newest. An edition that exists
    in other languages only is none: the act as published is read instead, and the check says so, with the corrigenda
    in this language that what is read does not hold yet. When the question or the text cannot be had, or a consolidated
    text was read before and none is listed now, the look fails: an older edition in its place would be told as a
    change.
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
        celex, language = self.params.celex, self.params.lang.upper()
        query = _QUERY.format(celex=celex, consolidated=f"0{celex[1:]}", language=language)
        question = urlencode({"query": query, "format": "application/sparql-results+json"})
        accept = {"Accept": "application/sparql-results+json"}
        yield self.ask(look, f"{endpoint}?{question}", self.parse_editions, headers=accept)

    def parse_editions(self, response: Response) -> Yields:
        """Choose the newest edition that is not of the future."""
        look: FetchRequest = response.meta["look"]
        if response.status != 200:
            text = f"the list of consolidated texts answers {response.status}"
            yield self.fail(look, response.url, Cause.HTTP_STATUS, text, response.status)
            return
        try:
            newest = newest_edition(response.body, self.params.celex, self.now().date())
            pending = pending_corrigenda(response.body, self.params.celex, newest)
        except ValueError as error:
            yield self.fail(look, response.url, Cause.UNREADABLE, f"the list of consolidated texts: {error}")
            return
        before = self.memory.latest_url(look.page_url)
        if not newest and f"/0{self.params.celex[1:]}-" in before:
            text = f"no consolidated text is listed, though {before} was read before"
            yield self.fail(look, response.url, Cause.UNREADABLE, text, response.status)
            return
        url = urljoin(look.page_url, f"/resource/celex/{newest}") if newest else look.page_url
        note = _EDITION.format(celex=newest) if newest else _AS_PUBLISHED.format(language=self.params.lang)
        note += _PENDING.format(corrigenda=", ".join(pending)) if pending else ""
        yield self._text(look, url, note)

    def keep(self, response: Response) -> Yields:
        """Hand over what arrived; a first edition that is listed but not to be had gives way to the published act."""
        look: FetchRequest = response.meta["look"]
        assert response.request is not None
        asked_url = response.meta.get("redirect_urls", [response.request.url])[0]
        edition = asked_url.rpartition("/")[2]
        is_edition = edition.startswith(f"0{self.params.celex[1:]}-")
        read_before = f"/0{self.params.celex[1:]}-" in self.memory.latest_url(look.page_url)
        if response.status in _NO_SUCH_FORM and is_edition and not read_before:
            yield self._text(look, look.page_url, _NOT_TO_BE_HAD.format(celex=edition, status=response.status))
        else:
            yield from super().keep(response)

    def _text(self, look: FetchRequest, url: str, note: str = "") -> Request:
        accept = {"Accept": "application/xhtml+xml", "Accept-Language": self.params.lang}
        request = self.look(look, self.keep, url, headers=accept)
        request.meta["note"] = note
        return request


def newest_edition(answer: bytes, celex: str, today: date) -> str:
    """Return the CELEX number of the newest consolidated text dated *today* or before, or an empty string.

    Raises ValueError when *answer* is not what the endpoint promises.
    """
    start = f"0{celex[1:]}-"
    candidates = [(number[len(start) :], number) for number, _ in _bindings(answer) if number.startswith(start)]
    return max((pair for pair in candidates if pair[0].isdigit() and pair[0] <= f"{today:%Y%m%d}"), default=("", ""))[1]


def pending_corrigenda(answer: bytes, celex: str, edition: str) -> list[str]:
    """Return the corrigenda of an act that *edition* does not hold yet: all of them when there is no edition.

    A corrigendum without a date counts as held by an edition. Raises ValueError as `newest_edition` does.
    """
    day = edition.rpartition("-")[2]
    rows = {number: on for number, on in _bindings(answer) if number.startswith(f"{celex}R(")}
    return sorted(number for number, on in rows.items() if not edition or on.replace("-", "") > day)


def _bindings(answer: bytes) -> list[tuple[str, str]]:
    """Return the CELEX number and the date, if any, of each row of an answer in SPARQL's JSON."""
    try:
        rows = json.loads(answer)["results"]["bindings"]
        return [(str(row["celex"]["value"]), str(row.get("date", {}).get("value", ""))[:10]) for row in rows]
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"an answer of another shape ({error!r})") from None
