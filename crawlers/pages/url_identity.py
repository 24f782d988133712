"""Addresses as identities: one page has one, whatever firewalls, sessions and trackers write into it."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Any
from urllib.parse import parse_qsl, urldefrag, urlencode, urljoin, urlsplit, urlunsplit

_FIREWALL = re.compile(r"^/WZWSRE([A-Za-z0-9+/=_-]{4,2000})$")  # seen at npc.gov.cn: base64 of path and query
_SESSION = re.compile(r"/\(S\([a-z0-9]{1,64}\)\)|;jsessionid=[^/;]*", re.IGNORECASE)  # ASP.NET, Java: without cookies
_TRACKERS = re.compile(r"^(?:utm_\w+|ref|spm|fbclid|jsessionid)$", re.IGNORECASE)
_ANY_ORDER = ("indiacode.nic.in",)  # the order of parameters varies between links to one section


def plain(url: str) -> str:
    """Return *url* as the identity of its page.

    >>> plain("https://www.npc.gov.cn/WZWSREL25wYy9hLmh0bWw=")
    'https://www.npc.gov.cn/npc/a.html'
    """
    parts = urlsplit(urldefrag(url).url)
    path, query = _SESSION.sub("", parts.path), parts.query
    if rewritten := _FIREWALL.match(path):
        path, _, query = (_decode_path(rewritten[1]) or path).partition("?")
    if query and (_TRACKERS.search(query.split("=", 1)[0]) or "&" in query):
        query = _query(query, keep_order=not (parts.hostname or "").endswith(_ANY_ORDER))
    return urlunsplit((parts.scheme, parts.netloc, path, query, ""))


def absolute(base: str, href: Any) -> str:
    """Return *href* as found on *base* as an identity; empty when it leads elsewhere than to the web."""
    try:
        url = plain(urljoin(base, _forward(str(href or "").strip())))
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna") if parts.port != 0 else b""  # both raise on what is no address
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and host else ""


def _forward(href: str) -> str:
    """Return *href* with slashes where a path was written with backslashes, as browsers read it."""
    path, mark, query = href.partition("?")
    return path.replace("\\", "/") + mark + query


def _decode_path(text: str) -> str:
    text_with_padding = text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4)
    try:
        path = base64.b64decode(text_with_padding.replace("-", "+").replace("_", "/"), validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return ""
    return path if path.startswith("/") and not path.startswith("//") and path.isprintable() else ""


def _query(query: str, *, keep_order: bool) -> str:
    """Return *query* without trackers; what none of them stands in stays as it was written."""
    pairs = parse_qsl(query, keep_blank_values=True)
    wanted_pairs = [pair for pair in pairs if not _TRACKERS.match(pair[0])]
    if not keep_order:
        return urlencode(sorted(wanted_pairs))
    return query if len(wanted_pairs) == len(pairs) else urlencode(wanted_pairs)
