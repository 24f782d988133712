"""A part of the Code of Federal Regulations, as of its latest issue."""

from __future__ import annotations

import json
from datetime import date
from urllib.parse import urljoin

from scrapy.http import Response

from crawlers.declaration.params import EcfrParams, params_of
from crawlers.failure_causes import Cause
from crawlers.items import FetchRequest
from crawlers.spiders.base import SourceSpider, Yields

_TITLES = "/api/versioner/v1/titles.json"


class EcfrSpider(SourceSpider):
    """Asks for the date of the latest issue, then for the part as it read on that day.

    The page is the part of the title: its identity stays the declared address, whichever day is asked for.
    """

    @property
    def params(self) -> EcfrParams:
        """The declaration's ``[params]``."""
        return params_of(EcfrParams, self.source.params)

    def walk(self, url: str) -> Yields:
        """Look at one part."""
        yield self.ask(
            FetchRequest(url, ("xml",)), urljoin(url, _TITLES), self.parse_titles, {"Accept": "application/json"}
        )

    def parse_titles(self, response: Response) -> Yields:
        """Ask for the part on the day of the latest issue; while an import runs, a part may be half of one."""
        look: FetchRequest = response.meta["look"]
        if response.status != 200:
            text = f"the list of titles answers {response.status}"
            yield self.fail(look, response.url, Cause.HTTP_STATUS, text, response.status)
            return
        try:
            issued_on, import_runs = latest_issue(response.body, self.params.title)
        except ValueError as error:
            yield self.fail(look, response.url, Cause.UNREADABLE, f"the list of titles: {error}", response.status)
            return
        if import_runs:
            yield self.fail(look, response.url, Cause.IMPORT_IN_PROGRESS, "the publisher is importing: not looked at")
            return
        path = f"/api/versioner/v1/full/{issued_on}/title-{self.params.title}.xml?part={self.params.part}"
        yield self.look(look, self.keep, urljoin(response.url, path), {"Accept": "application/xml"})


def latest_issue(answer: bytes, title: int) -> tuple[date, bool]:
    """Return the day of the title's latest issue, and whether an import is in progress.

    Raises ValueError when *answer* is not what the interface promises, or the title has no issue.
    """
    try:
        answer_table = json.loads(answer)
        row = next(row for row in answer_table["titles"] if int(row["number"]) == title)
        import_runs = bool(answer_table.get("meta", {}).get("import_in_progress") or row.get("processing_in_progress"))
        return date.fromisoformat(row["latest_issue_date"]), import_runs
    except StopIteration:
        raise ValueError(f"no title {title}") from None
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"an answer of another shape ({error!r})") from None
