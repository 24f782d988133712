"""Addresses that may be put behind a link."""

from __future__ import annotations

from urllib.parse import quote, urlsplit


def safe_url(url: object) -> str:
    """Return *url* when it is a web address that may be put behind a link, and nothing otherwise."""
    text = str(url or "").strip()
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    fit = parts.scheme in ("http", "https") and bool(parts.netloc) and len(text) < 2_000
    return quote(text, safe="%/:=&?~#+!$,;'@()*[]-._") if fit and text.isprintable() else ""
