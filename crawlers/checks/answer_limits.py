"""Answer limits: how large an answer may be before anything is decoded, and how much it may have been packed."""

from __future__ import annotations

from crawlers.checks.unusable_page import sniff
from crawlers.errors import UnusablePageError
from crawlers.failure_causes import Cause

LARGEST_MARKUP = 20_000_000
LARGEST_FILE = 64_000_000
MOST_PACKED = 100
"""Times its size on the wire that an answer may unfold to: law is packed ten- to thirtyfold."""
_SMALL = 5_000_000  # what cannot hurt, however it was packed
_FILES = frozenset({"pdf", "zip"})


def check_size(url: str, body: bytes, wire_length: int) -> None:
    """Raise UnusablePageError when *body* is larger than a law, or was packed as nothing but a trap is.

    >>> check_size("https://law.example/", b"<p>law</p>", 10)
    """
    family = sniff(body)
    most = LARGEST_FILE if family in _FILES else LARGEST_MARKUP
    if len(body) > most:
        text = f"{len(body)} bytes of {family}, more than {most // 1_000_000} MB"
        raise UnusablePageError(Cause.TOO_LARGE, f"{url}: {text}")
    if len(body) > _SMALL and len(body) > MOST_PACKED * wire_length:
        text = f"{wire_length} bytes unfold to {len(body)}, more than {MOST_PACKED} times as many"
        raise UnusablePageError(Cause.TOO_LARGE, f"{url}: {text}")
