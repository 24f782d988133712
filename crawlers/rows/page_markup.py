"""The markup of a page as a browser sees it: past a stray end tag, out of a script's template, from its ``<base>``."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from parsel import Selector
from scrapy.http import TextResponse

_ENDS = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
_TEMPLATE = re.compile(r"<script\b[^<>]{0,200}\btype\s*=\s*[\"']?text/xml\b[^<>]{0,200}>(.*?)</script>", re.I | re.S)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_FALLBACK = {"zh": "gb18030"}


def markup_of(response: TextResponse, language: str) -> Selector:
    """Return the elements of a page, also those that the parser alone would lose.

    It stops at the first ``</html>``, which some headers bring along; and lists of a platform common in China stand as
    XML in a script. A page that is not in the UTF-8 it claims is read as its *language* was written before.
    """
    text = _text(response, language)
    text = _TEMPLATE.sub(lambda template: "<div>" + _CDATA.sub(r"\1", template[1]) + "</div>", text)
    return Selector(text=_ENDS.sub("", text) or "<p>", type="html")


def links_base(page: Selector, url: str) -> str:
    """Return what the relative links of *page*, which came from *url*, are relative to."""
    href = page.css("base::attr(href)").get() or ""
    try:
        base = urljoin(url, href.strip())
    except ValueError:
        return url
    return base if base.startswith(("http://", "https://")) else url


def _text(response: TextResponse, language: str) -> str:
    if response.encoding.lower().replace("_", "-") not in {"utf-8", "utf8"}:
        return response.text
    try:
        return response.body.decode("utf-8-sig")
    except UnicodeDecodeError:
        fallback = _FALLBACK.get(language.partition("-")[0], "cp1252")
    try:
        return response.body.decode(fallback)
    except UnicodeDecodeError:
        return response.text
