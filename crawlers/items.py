"""What spiders hand to the pipeline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from crawlers.causes import Cause

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Discovered:
    """An address found on a list, with what the list says of it."""

    url: str
    title: str = ""
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """One intended look at one page: its identity, what is expected to arrive, and how it was found."""

    page_url: str
    expects: tuple[str, ...]
    listing: bool = False
    found: Discovered | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """What went over the wire, before Scrapy decodes anything."""

    request_headers: Headers
    headers: Headers
    length: int
    truncated: bool


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """One answer to one look, whatever its status. ``found`` is None for a page that is no list.

    ``url`` was asked for, ``final_url`` answered after redirects; ``body`` is decoded from its transfer form only.
    """

    source_id: str
    look: Look
    url: str
    final_url: str
    status: int
    exchange: Exchange
    body: bytes
    fetched_at: datetime
    found: tuple[Discovered, ...] | None = None
    least_items: int = 0

    def header(self, name: str) -> str:
        """Return the first value of a response header, or an empty string."""
        return next((value for key, value in self.exchange.headers if key.lower() == name), "")


@dataclass(frozen=True, slots=True)
class FailedPage:
    """One look that brought nothing that could be kept."""

    source_id: str
    look: Look
    url: str
    cause: Cause
    text: str
    at: datetime
    status: int | None = None
