"""Keys of interfaces: sent to the host that wants one, and to nobody else; never kept in database, archive or mail."""

from __future__ import annotations

from urllib.parse import quote_plus, urlencode

from crawlers.declaration.evidence import key_value
from crawlers.items import HttpHeaders
from storage.records import KeyNeed

_PLACEHOLDER = "(key)"


def with_key(url: str, key: KeyNeed | None) -> str:
    """Return *url* with the key in its query, when that is where the interface wants it."""
    if key is None or not key.query or not key_value(key):
        return url
    return f"{url}{'&' if '?' in url else '?'}{urlencode({key.query: key_value(key)})}"


def key_headers(key: KeyNeed | None) -> dict[str, str]:
    """Return the header that holds the key, when that is where the interface wants it."""
    return {key.header: key_value(key)} if key is not None and key.header and key_value(key) else {}


def without_key(text: str, key: KeyNeed | None) -> str:
    """Return *text* (an address, a message) without the key."""
    if key is None or not key_value(key):
        return text
    value = key_value(key)
    for name in filter(None, (key.query,)):
        for sign in "&?":
            text = text.replace(f"{sign}{name}={quote_plus(value)}", "")
    return text.replace(quote_plus(value), _PLACEHOLDER).replace(value, _PLACEHOLDER)


def headers_without_key(headers: HttpHeaders, key: KeyNeed | None) -> HttpHeaders:
    """Return the headers of a request as the archive may keep them."""
    return tuple((name, without_key(value, key)) for name, value in headers)
