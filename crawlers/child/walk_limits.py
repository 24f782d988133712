"""How long a walk may take: the deadline of one source, so that a slow host holds up no other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from crawlers.browser.limits import render_limit
from storage.records import Source

PER_REQUEST = timedelta(seconds=20)  # usual ones; the first of a host may time out, and its robots.txt before
_REQUESTS_PER_WALK = 60  # of a list: itself, and what is new on it


def requests_of(source: Source, url: str) -> int:
    """Return how many requests the walk of one page takes at most."""
    return _REQUESTS_PER_WALK if url in source.urls and source.spider != "page" else 2


def longest_walk(source: Source, urls: Sequence[str]) -> timedelta:
    """Return how long one source may keep its host's line; none of *urls* means all that it declares."""
    pages = urls or source.urls
    requests = sum(requests_of(source, url) for url in pages)
    rendering = render_limit(source) * len(pages) if source.params.get("browser") else timedelta()
    return 2 * source.politeness.timeout + requests * (source.politeness.pause + PER_REQUEST) + rendering
