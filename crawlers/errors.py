"""What can go wrong while fetching, and who acts on it."""

from __future__ import annotations

from collections.abc import Sequence

from crawlers.failure_causes import Cause


class CrawlError(Exception):
    """Base of this package's errors."""


class DeclarationError(CrawlError):
    """Declarations are wrong; the message lists every fault with its file and key.

    Raised by ``sources.load``; whoever wrote the declaration acts.
    """

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


class UnusablePageError(CrawlError):
    """A response arrived but is not the page: empty, a block notice, a wrong type, a script that does not end.

    Raised by ``guards.inspect`` and while rendering; the pipeline records a Problem and the crawl goes on.
    """

    def __init__(self, cause: Cause, text: str) -> None:
        super().__init__(text)
        self.cause = cause


class NotAskedError(CrawlError):
    """A request that we do not make: no contact, robots.txt forbids it or cannot be had, a host asked us to wait.

    Raised by the downloader middlewares; the spider turns it into a failed look.
    """

    def __init__(self, cause: Cause, text: str) -> None:
        super().__init__(text)
        self.cause = cause
