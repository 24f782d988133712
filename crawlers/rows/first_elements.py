"""The first elements that a selector finds: a list without end costs no more than a long one."""

from __future__ import annotations

import re

from parsel import Selector, SelectorList
from parsel.csstranslator import css2xpath

_TBODY = re.compile(r"(?:>\s*)?(?<![\w.#=\"'-])tbody(?![\w.#:\[-])\s*>?")
MOST_ROWS = 5_000
"""Rows that are read of one list; one that is longer is told of, and its head is taken."""


def first_of(page: Selector, css: str, most: int = MOST_ROWS + 1) -> SelectorList[Selector]:
    """Return at most *most* of the elements of *page* that *css* selects, in document order."""
    found = page.xpath(f"({css2xpath(css)})[position() <= {most}]")
    if not found and "tbody" in css:  # browsers put one into every table
        return page.xpath(f"({css2xpath(_TBODY.sub(' ', css))})[position() <= {most}]")
    return found
