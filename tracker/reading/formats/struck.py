"""Text that a page strikes through — by element, inline style or style sheet — which is no longer law."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag

from tracker.reading.formats.blocks import squeeze

_ELEMENTS = frozenset({"s", "strike", "del"})
# a class that says in its name what its style sheet, which may be another file, does with it
_STRIKING_NAME = re.compile(
    r"(?:^|[-_])(?:strike|struck|stricken|strikethrough|strikeout|line-?through)(?:$|[-_])|StruckText$", re.I
)
_STRIKES = re.compile(r"text-decoration(?:-line)?\s*:[^;{}]{0,80}line-through", re.I)
_RULE = re.compile(r"([^{}]{1,1000})\{([^{}]{0,4000})\}")
_COMMENT = re.compile(r"/\*(?:(?!/\*).){0,4000}?\*/", re.S)
_CLASS = re.compile(r"\.([\w-]{1,80})$")


def take_struck(soup: BeautifulSoup) -> list[str]:
    """Take struck text out of *soup* and return it, each piece once."""
    classes = _striking_classes(soup)
    struck_classes = [tag for tag in soup.find_all(True) if _is_struck(tag, classes)]
    texts: list[str] = []
    for tag in struck_classes:
        if tag.parent is None or tag.decomposed:
            continue
        texts.append(squeeze(tag.get_text(" ")))
        tag.extract()
    return [text for text in texts if text]


def _is_struck(tag: Tag, classes: frozenset[str]) -> bool:
    if tag.name in _ELEMENTS:
        return True
    style = tag.get("style")
    if isinstance(style, str) and _STRIKES.search(style):
        return True
    names = tag.get_attribute_list("class")
    return (bool(classes) and not classes.isdisjoint(names)) or any(_STRIKING_NAME.search(str(name)) for name in names)


def _striking_classes(soup: BeautifulSoup) -> frozenset[str]:
    """Return the classes whose rule in a style sheet of the page strikes their text through."""
    classes: set[str] = set()
    for sheet in soup.find_all("style"):
        for selectors, rule in _RULE.findall(_COMMENT.sub(" ", sheet.get_text())):
            if _STRIKES.search(rule):
                classes.update(match[1] for part in selectors.split(",") if (match := _CLASS.search(part.strip())))
    return frozenset(classes)
