"""Hops to a text: publishers whose list leads to an application, and the application to JSON that holds the text."""

from __future__ import annotations

import codecs
from html import escape

from scrapy.http import HtmlResponse, Response

from crawlers.declaration.placeholders import rewritten
from crawlers.declaration.row_params import TextStep
from crawlers.pages.url_identity import absolute
from crawlers.rows.json_paths import at, told_in

_PAGE = "<!DOCTYPE html><html><head><title>{}</title></head><body>{}</body></html>"


def first_hop(steps: tuple[TextStep, ...], url: str) -> tuple[str, tuple[TextStep, ...]] | None:
    """Return the address that the first of *steps* makes of *url*, and the steps from there; None when it fits none."""
    if not steps:
        return None
    address = rewritten(url, steps[0].pattern, steps[0].url)
    target = absolute(url, address) if address else ""
    return (target, steps) if target else None


def next_address(response: Response, path: str) -> str:
    """Return the address that an answer in JSON holds at *path*; empty when it holds none."""
    try:
        return absolute(response.url, at(told_in(response.body), path) or None)
    except ValueError:
        return ""


def page_inside(response: Response, path: str) -> HtmlResponse | None:
    """Return the HTML that an answer in JSON holds at *path* as a page of its own; None when it holds none.

    The pipeline keeps the answer as it came beside it: what was received is never only what was made of it.
    """
    try:
        html = at(told_in(response.body), path)
    except ValueError:
        return None
    if not isinstance(html, str) or not html.strip():
        return None
    look = response.meta["look"]
    title = look.link.title if look.link is not None else ""
    body = codecs.BOM_UTF8 + _PAGE.format(escape(title), html).encode()
    assert response.request is not None
    response.request.meta["received"] = response.body
    return HtmlResponse(
        response.url, response.status, response.headers, body, request=response.request, encoding="utf-8"
    )
