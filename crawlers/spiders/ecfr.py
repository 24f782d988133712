"""A part of the Code of Federal Regulations: from the versioner's latest issue, or cut out of govinfo's bulk data."""

from __future__ import annotations

import json
import re
from datetime import date
from urllib.parse import urljoin

from scrapy.http import Response

from crawlers.declaration.params import EcfrParams, params_of
from crawlers.failure_causes import Cause
from crawlers.items import FetchRequest
from crawlers.spiders.base import SourceSpider, Yields

_TITLES = "/api/versioner/v1/titles.json"
_DIVISION = re.compile(rb"<(/?)DIV5\b([^>]{0,500})>")
_NUMBER = re.compile(rb"""\bN=["']([^"']{1,40})["']""")


class EcfrSpider(SourceSpider):
    """Asks for a part of a title. The page is the part: its identity stays the declared address, whatever the day.

    An address of the versioner is asked for the day of the latest issue first. An address of the bulk data is a whole
    title: the part is cut out of it and kept, since robots.txt of ecfr.gov closes the versioner's full texts.
    """

    @property
    def params(self) -> EcfrParams:
        """The declaration's ``[params]``."""
        return params_of(EcfrParams, self.source.params)

    def walk(self, url: str) -> Yields:
        """Look at one part."""
        look = FetchRequest(url, ("xml",))
        if "/bulkdata/" in url:
            yield self.look(look, self.parse_title, url.partition("?")[0], {"Accept": "application/xml"})
        else:
            yield self.ask(look, urljoin(url, _TITLES), self.parse_titles, {"Accept": "application/json"})

    def parse_title(self, response: Response) -> Yields:
        """Cut the part out of a whole title."""
        look: FetchRequest = response.meta["look"]
        if response.status != 200:
            yield self.fetched_page(response)
            return
        part = part_of_title(response.body, self.params.part)
        if not part:
            text = f"the title has no part {self.params.part}"
            yield self.fail(look, response.url, Cause.UNREADABLE, text, response.status)
            return
        response.meta["note"] = f"cut out of the whole title, {len(response.body)} bytes"
        yield self.fetched_page(response.replace(body=part))

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


def part_of_title(title: bytes, part: str) -> bytes:
    """Return the part of a whole title, as a document of its own; nothing when the title has none or ends within it.

    >>> b"<HEAD>x</HEAD>" in part_of_title(b'<ECFR><DIV5 N="2" TYPE="PART"><HEAD>x</HEAD></DIV5></ECFR>', "2")
    True
    """
    start = depth = 0
    for match in _DIVISION.finditer(title):
        if not depth and not match[1]:
            number = _NUMBER.search(match[2])
            if number and number[1].decode("ascii", "replace").split()[-1] == part and b"PART" in match[2]:
                start, depth = match.start(), 1
        elif depth:
            depth += -1 if match[1] else 1
            if not depth:
                return b'<?xml version="1.0" encoding="UTF-8"?>\n' + title[start : match.end()] + b"\n"
    return b""


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
