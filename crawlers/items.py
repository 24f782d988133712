"""What spiders hand to the pipeline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from crawlers.failure_causes import Cause

HttpHeaders = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FoundLink:
    """An address found on a list, with what the list says of it."""

    url: str
    title: str = ""
    published_on: date | None = None
    instrument: str = ""  # the one it is a version of, when the list's declaration says so
    notice: bool = False  # it only announces, and is walked like a list
    comments_due_on: date | None = None  # until when comments are taken, as the list says
    hangs_on: bool = False  # it hangs on another page, which says all that is known of it


@dataclass(frozen=True, slots=True)
class FetchRequest:
    """One intended look at one page: its identity, what is expected to arrive, and how it was found."""

    page_url: str
    expects: tuple[str, ...]
    listing: bool = False
    link: FoundLink | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """What went over the wire, before Scrapy decodes anything."""

    request_headers: HttpHeaders
    headers: HttpHeaders
    length: int
    is_truncated: bool
    method: str = "GET"


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """One answer to one look, whatever its status.

    ``links`` is None for a page that leads nowhere; ``row_count`` counts the rows of a list, also the unwanted ones.
    ``url`` was asked for, ``final_url`` answered after redirects; ``body`` is decoded from its transfer form only.
    """

    source_id: str
    look: FetchRequest
    url: str
    final_url: str
    status: int
    exchange: Exchange
    body: bytes
    fetched_at: datetime
    links: tuple[FoundLink, ...] | None = None
    row_count: int = 0
    least_items: int = 0
    least_rows: int = 0
    moved_for_good: bool = False  # for good: every redirect on the way said so
    wire_body: bytes | None = None  # what arrived, when ``body`` is what a browser made of it
    note: str = ""  # what the check says of it, such as which edition was read
    other_site: str = ""  # where a redirect for now led, when that is another site

    @property
    def rows(self) -> int:
        """How many rows a list has."""
        return max(self.row_count, len(self.links or ()))

    def header(self, name: str) -> str:
        """Return the first value of a response header, or an empty string."""
        return next((value for key, value in self.exchange.headers if key.lower() == name), "")


@dataclass(frozen=True, slots=True)
class FailedPage:
    """One look that brought nothing that could be kept."""

    source_id: str
    look: FetchRequest
    url: str
    cause: Cause
    text: str
    at: datetime
    status: int | None = None
    proposal: tuple[tuple[str, str], ...] = ()  # how the declaration would be mended, when the list was found again
