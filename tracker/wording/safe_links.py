"""Addresses that may be put behind a link."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from crawlers.pages.human_urls import for_people


def safe_url(url: object) -> str:
    """Return *url* when it is a web address that may be put behind a link, and nothing otherwise."""
    text = str(url or "").strip()
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    fit = parts.scheme in ("http", "https") and bool(parts.netloc) and len(text) < 2_000
    return quote(text, safe="%/:=&?~#+!$,;'@()*[]-._") if fit and text.isprintable() else ""


def official_url(*urls: object) -> str:
    """Return the first of the *urls* addresses that may be put behind a link, as people read it; or nothing."""
    return next((url for candidate in urls if (url := safe_url(for_people(str(candidate or ""))))), "")
