"""Self-repair: a list found again by what is known of lists when the declared shape finds nothing any more.

In markup it is the structure that repeats, with links, dates and law-like titles; what was seen before counts most.
``inferred_objects`` does the same for JSON.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from parsel import Selector

from crawlers.declaration.row_params import HtmlRows
from crawlers.rows.first_elements import first_of
from crawlers.rows.list_rows import ListRow, RowLocale, html_rows
from crawlers.rows.navigation import is_index, is_menu
from crawlers.rows.printed_dates import date_in
from crawlers.rows.row_words import names_law

_LEAST_ROWS = 3
LEAST_OBJECTS = 2
_LEAST_SCORE = 0.8
DEEPEST = 7
_MOST_LINKS = 3000
TITLE_LENGTHS = range(6, 400)


@dataclass(frozen=True, slots=True)
class InferredList:
    """A list that was found again: its rows, how it would be declared, and how sure that is."""

    rows: tuple[ListRow, ...]
    params: dict[str, str]
    score: float


def infer_html(
    page: Selector, url: str, locale: RowLocale, known_urls: Collection[str] = (), known_titles: Collection[str] = ()
) -> InferredList | None:
    """Return the list that a page of markup most likely holds; None when nothing on it looks like one."""
    candidates: dict[str, list[Selector]] = {}
    for link in first_of(page, "a", _MOST_LINKS):
        for element in _rows_around(link):
            for selector in _selectors_of(element):
                candidates.setdefault(selector, []).append(element)
    lists = [
        _score_html(page, item, url, locale, known_urls, known_titles)
        for item, elements in candidates.items()
        if len(elements) >= _LEAST_ROWS
    ]
    return best_list([one for one in lists if one is not None])


def best_list(candidates: list[InferredList]) -> InferredList | None:
    """Return the surest of the lists that are sure enough; None when there is none."""
    sure = [one for one in candidates if one.score >= _LEAST_SCORE]
    return max(sure, key=lambda one: one.score, default=None)


def _rows_around(link: Selector) -> Iterator[Selector]:
    """Yield the elements around a link that may be its row: each the child of something that holds several."""
    element: Any = link.root
    for _ in range(DEEPEST):
        parent = element.getparent()
        if parent is None or not isinstance(element.tag, str) or element.tag in {"body", "html"}:
            return
        if (
            any(sibling.tag == element.tag for sibling in parent if sibling is not element)
            or parent.getparent() is None
            or element.get("class")
        ):
            yield Selector(root=element, type="html")
        element = parent


def _selectors_of(element: Selector) -> Iterator[str]:
    """Yield CSS selectors of a row: below the nearest thing with an id or a class, and by every step down from it.

    The first outlives a new wrapping; where it also fits a side bar, only the second tells the two apart.
    """
    root: Any = element.root
    steps, above = [_step(root)], root.getparent()
    while above is not None and not _is_named(above):
        if not isinstance(above.tag, str) or above.tag in {"body", "html"}:
            break
        steps.append(above.tag)
        above = above.getparent()
    top = _step(above) if above is not None and isinstance(above.tag, str) else ""
    yield f"{top} {steps[0]}".strip()
    if len(steps) > 1 or not root.get("class"):
        yield " > ".join(filter(None, [top, *reversed(steps)]))


def _step(element: Any) -> str:
    name = element.tag if isinstance(element.tag, str) else ""
    if _is_plain(element.get("id", "")):
        return f"{name}#{element.get('id')}"
    classes = [token for token in element.get("class", "").split() if _is_plain(token)]
    return name + "".join(f".{token}" for token in classes[:2])


def _is_named(element: Any) -> bool:
    return any(_is_plain(token) for token in (element.get("id", ""), *element.get("class", "").split()))


def _is_plain(token: str) -> bool:
    """Return whether a class or an id may name a kind of element; one that ends in a number is a row's own."""
    return bool(re.fullmatch(r"[A-Za-z_][\w-]*(?<!\d)", token))


def _score_html(
    page: Selector, item: str, url: str, locale: RowLocale, known_urls: Collection[str], known_titles: Collection[str]
) -> InferredList | None:
    elements = [element for element in page.css(item) if not is_menu(element, "")]
    with_link = [element for element in elements if element.css("a") or element.root.tag == "a"]
    if len(with_link) < _LEAST_ROWS:
        return None
    if len(with_link) < len(elements):
        item = f"{item}:has(a)"  # the head of a table, a line between two rows
    own_link = all(element.root.tag == "a" for element in with_link)
    date, title = _date_selector(with_link), _title_selector(with_link) if own_link else ""
    params = {"item": item, "link": "" if own_link else "a"} | ({"date": date} if date else {})
    params |= {"title": title, "title_attribute": ""} if title else {}
    rows = list(html_rows(page, HtmlRows.model_validate(params), locale))
    several = sum(len(set(element.css("a::attr(href)").getall())) > 2 for element in with_link)
    if several * 3 > len(with_link):  # a block of a page, and no row
        return None
    dated_share = sum(row.on is not None for row in rows) / len(rows) if rows else 0.0
    return score_rows(rows, params, url, known_urls, known_titles, -min(dated_share, 1 - dated_share))


def _date_selector(elements: list[Selector]) -> str:
    """Return the selector of what prints a date in most rows; empty when nothing does."""
    counts: dict[str, int] = {}
    for element in elements:
        names = set()
        for inner in element.css("*"):
            text = " ".join("".join(inner.xpath("./text()").getall()).split())
            if inner.root is not element.root and len(text) <= 40 and (date_in(text) or inner.attrib.get("datetime")):
                names.add(_step(inner.root))
        for name in names:
            counts[name] = counts.get(name, 0) + 1
    best = max(counts, key=lambda name: counts[name], default="")
    return best if best and counts[best] * 2 >= len(elements) else ""


def _title_selector(elements: list[Selector]) -> str:
    """Return the selector of the heading that stands in nearly every row whose whole is the link."""
    counts: dict[str, int] = {}
    for element in elements:
        for name in {
            _step(inner.root) for inner in element.css("h1, h2, h3, h4, h5, h6, [class*=title], [class*=Title]")
        }:
            counts[name] = counts.get(name, 0) + 1
    best = max(counts, key=lambda name: counts[name], default="")
    return best if best and counts[best] * 5 >= 4 * len(elements) else ""


def score_rows(
    rows: list[ListRow],
    params: dict[str, str],
    url: str,
    known_urls: Collection[str],
    known_titles: Collection[str],
    start: float = 0.0,
) -> InferredList | None:
    """Return rows with a score: shares of distinct links, fit titles, dates and law-like names, and what is known.

    *start* is what speaks for them beside that: objects that bear the declared names, elements that print no date in
    every row, or in none.
    """
    rows = [row for row in rows if row.on is not None or not is_index(row.link)]
    if len(rows) < LEAST_OBJECTS:
        return None
    total = len(rows)
    distinct = len({row.link for row in rows}) / total
    title_share = sum(len(row.title) in TITLE_LENGTHS for row in rows) / total
    date_share = sum(row.on is not None for row in rows) / total
    lawful = sum(names_law(row.title) for row in rows) / total
    known_share = sum(urljoin(url, row.link) in known_urls or row.title in known_titles for row in rows) / total
    if distinct < 0.8 or title_share < 0.8:
        return None
    size = min(total, 20) / 20
    score = (
        0.6 * date_share
        + 0.8 * lawful
        + 2 * known_share
        + 0.3 * size
        + 0.3 * len({row.title for row in rows}) / total
        + start
    )
    return InferredList(tuple(rows), params, round(score, 3))
