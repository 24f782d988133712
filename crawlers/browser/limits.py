"""How much a page may ask for, and how long it may take, while a browser runs its scripts."""

from __future__ import annotations

from datetime import timedelta

from storage.records import Source

MOST_ERRANDS = 40
"""Requests that one page may make while it is rendered."""
LARGEST_PAGE = 20_000_000
"""Bytes of a rendered page; as much as reading accepts."""
LARGEST_ERRAND = 10_000_000
_TIMEOUTS = 3


def render_limit(source: Source) -> timedelta:
    """Return the time after which a rendering is given up: room for every pause that politeness asks for."""
    return _TIMEOUTS * source.politeness.timeout + MOST_ERRANDS * source.politeness.pause
