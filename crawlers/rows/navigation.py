"""Rows that are navigation: menus, breadcrumbs and footers are on every page of a site and list nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from parsel import Selector

from crawlers.rows.row_words import is_menu_token

_ELEMENTS = frozenset({"nav", "footer", "menu"})
_ROLES = frozenset({"navigation", "banner", "contentinfo", "menu", "menubar", "search"})
_TEXT_ELEMENTS = frozenset({"article", "main"})
_INDEX = re.compile(r"(?:^|/)(?:index|home|default)?(?:\.\w{3,5})?$", re.IGNORECASE)


def is_menu(item: Selector, selector: str) -> bool:
    """Return whether *item* stands in a menu; not when the selector *selector* says itself that it means one."""
    for element in item.root.iterancestors():
        name = element.tag if isinstance(element.tag, str) else ""
        if name in _TEXT_ELEMENTS:
            return False
        if _is_menu_element(element, name, selector):
            return True
    return False


def is_table_head(item: Selector) -> bool:
    """Return whether *item* is the head of a table: its links sort, and lead to no document."""
    cells = {cell.tag for cell in item.root if isinstance(cell.tag, str)}
    return item.root.tag == "tr" and cells == {"th"}


def is_index(link: str) -> bool:
    """Return whether an address is the front of a section, which a row without a date leads to only from a menu.

    >>> is_index("/goutongjiaoliu/113456/index.html"), is_index("/2026/c_17.htm"), is_index("https://x.cn/")
    (True, False, True)
    """
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return not parts.query and bool(_INDEX.search(parts.path))


def _is_menu_element(element: object, name: str, selector: str) -> bool:
    attributes: Mapping[str, str] = element.attrib  # type: ignore[attr-defined]  # lxml's
    if name in _ELEMENTS or attributes.get("role") in _ROLES:
        return not re.search(rf"(?<![\w-]){name}(?![\w-])", selector) or attributes.get("role") in _ROLES
    if name == "header":
        parent = element.getparent()  # type: ignore[attr-defined]  # lxml's
        return "header" not in selector and (parent is None or parent.tag in {"body", "div", "form"})
    tokens = f"{attributes.get('class', '')} {attributes.get('id', '')}".split()
    return any(is_menu_token(token) and token not in selector for token in tokens)
