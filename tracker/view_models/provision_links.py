"""Addresses of provisions: in a text, and through the life of the law, whichever version numbers them so."""

from __future__ import annotations

from urllib.parse import quote

from tracker.render.law_html import Address


def segment(text: str) -> str:
    """Return *text* as one segment of an address."""
    return quote(text, safe="")


def history_of(instrument_id: str, version_id: str = "", newest: str = "") -> Address:
    """Return where each provision of a version has its history; of the newest, without saying which it is."""
    query = f"?version={quote(version_id, safe='')}" if version_id != newest else ""
    return lambda eid: f"/instruments/{quote(instrument_id, safe='')}/history/{quote(eid, safe='')}{query}"


def text_path(instrument_id: str, eid: str = "", version_id: str = "", newest: str = "") -> str:
    """Return the address of a text, at one of its provisions; of the newest, without saying which it is."""
    query = f"?version={quote(version_id, safe='')}" if version_id != newest else ""
    place = f"#{quote(eid, safe='')}" if eid else ""
    return f"/instruments/{quote(instrument_id, safe='')}{query}{place}"
