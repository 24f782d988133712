"""Self-repair: a list found again by what is known of lists when the declared shape finds nothing any more.

In markup the structure that repeats, with links, dates and law-like titles; in JSON the list of objects that carries
them; in both, what was seen before counts most.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from parsel import Selector

from crawlers.declaration.row_params import HtmlRows, JsonRows
from crawlers.rows.json_paths import plain
from crawlers.rows.list_rows import ListRow, RowLocale, html_rows, json_rows
from crawlers.rows.navigation import is_index, is_menu
from crawlers.rows.printed_dates import date_in
from crawlers.rows.row_words import names_law

_LEAST_ROWS = 3
_LEAST_OBJECTS = 2
_LEAST_SCORE = 0.8
_DEEPEST = 7
_MOST_LINKS = 3000
_TITLE_LENGTHS = range(6, 400)


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
    for link in page.css("a")[:_MOST_LINKS]:
        for element in _rows_around(link):
            candidates.setdefault(_selector_of(element), []).append(element)
    lists = [
        _score_html(page, item, url, locale, known_urls, known_titles)
        for item, elements in candidates.items()
        if len(elements) >= _LEAST_ROWS
    ]
    return _best([one for one in lists if one is not None])


def infer_json(
    answer: Any,
    declaration: JsonRows,
    url: str,
    locale: RowLocale,
    known_urls: Collection[str] = (),
    known_titles: Collection[str] = (),
) -> InferredList | None:
    """Return the list that an answer of JSON most likely holds; fields keep their declared names where they can."""
    lists = [
        _score_json(answer, path, item, declaration, url, locale, known_urls, known_titles)
        for path, item in _lists_in(answer, ())
    ]
    return _best([one for one in lists if one is not None])


def _best(candidates: list[InferredList]) -> InferredList | None:
    sure = [one for one in candidates if one.score >= _LEAST_SCORE]
    return max(sure, key=lambda one: one.score, default=None)


def _rows_around(link: Selector) -> Iterator[Selector]:
    """Yield the elements around a link that may be its row: each the child of something that holds several."""
    element: Any = link.root
    for _ in range(_DEEPEST):
        parent = element.getparent()
        if parent is None or not isinstance(element.tag, str) or element.tag in {"body", "html"}:
            return
        if (
            sum(sibling.tag == element.tag for sibling in parent) > 1
            or parent.getparent() is None
            or element.get("class")
        ):
            yield Selector(root=element, type="html")
        element = parent


def _selector_of(element: Selector) -> str:
    """Return the CSS selector of a row: its name and classes, below the nearest thing with an id or a class."""
    root: Any = element.root
    above = root.getparent()
    while above is not None and not (above.get("id") or above.get("class")):
        above = above.getparent()
    return f"{_step(above)} {_step(root)}".strip() if above is not None else _step(root)


def _step(element: Any) -> str:
    name = element.tag if isinstance(element.tag, str) else ""
    if _is_plain(element.get("id", "")):
        return f"{name}#{element.get('id')}"
    classes = [token for token in element.get("class", "").split() if _is_plain(token)]
    return name + "".join(f".{token}" for token in classes[:2])


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
    date = "" if own_link else _date_selector(with_link)
    params = {"item": item, "link": "" if own_link else "a"} | ({"date": date} if date else {})
    rows = list(html_rows(page, HtmlRows.model_validate(params), locale))
    several = sum(len(set(element.css("a::attr(href)").getall())) > 2 for element in with_link)
    if several * 3 > len(with_link):  # a block of a page, and no row
        return None
    return _score_rows(rows, params, url, known_urls, known_titles)


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


def _score_rows(
    rows: list[ListRow], params: dict[str, str], url: str, known_urls: Collection[str], known_titles: Collection[str]
) -> InferredList | None:
    """Return rows with a score: shares of distinct links, fit titles, dates and law-like names, and what is known."""
    rows = [row for row in rows if row.on is not None or not is_index(row.link)]
    if len(rows) < _LEAST_OBJECTS:
        return None
    total = len(rows)
    distinct = len({row.link for row in rows}) / total
    title_share = sum(len(row.title) in _TITLE_LENGTHS for row in rows) / total
    date_share = sum(row.on is not None for row in rows) / total
    lawful = sum(names_law(row.title) for row in rows) / total
    known_share = sum(urljoin(url, row.link) in known_urls or row.title in known_titles for row in rows) / total
    if distinct < 0.8 or title_share < 0.8:
        return None
    size = min(total, 20) / 20
    score = (
        0.6 * date_share + 0.8 * lawful + 2 * known_share + 0.3 * size + 0.3 * len({row.title for row in rows}) / total
    )
    return InferredList(tuple(rows), params, round(score, 3))


def _lists_in(value: Any, path: tuple[str, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the path and the first object of everything that is a list of objects, or a table of them by name."""
    if len(path) > _DEEPEST:
        return
    if isinstance(value, list):
        objects = [one for one in value if isinstance(one, dict)]
        if len(objects) >= _LEAST_OBJECTS:
            yield ".".join(path), objects[0]
        for place, one in enumerate(value[:3]):
            yield from _lists_in(one, (*path, str(place)))
    elif isinstance(value, dict):
        objects = [one for one in value.values() if isinstance(one, dict)]
        if len(objects) >= _LEAST_OBJECTS and len({frozenset(one) for one in objects}) == 1:
            yield ".".join((*path, "*")), objects[0]
        for name, one in value.items():
            yield from _lists_in(one, (*path, name))


def _score_json(
    answer: Any,
    path: str,
    item: dict[str, Any],
    declaration: JsonRows,
    url: str,
    locale: RowLocale,
    known_urls: Collection[str],
    known_titles: Collection[str],
) -> InferredList | None:
    fields = dict(_fields_of(item, ()))
    title = _named_like(declaration.title, fields) or _likeliest(fields, _looks_like_title)
    date = _named_like(declaration.date, fields) or _likeliest(
        fields, lambda text: bool(date_in(text)) and len(text) < 40
    )
    link = _link_in(fields, declaration, known_urls)
    if not title or not link:
        return None
    params = {"items": path, "link": link, "title": title} | ({"date": date} if date else {})
    try:
        rows = list(json_rows(answer, JsonRows.model_validate(params), locale))
    except ValueError:
        return None
    return _score_rows(rows, params, url, known_urls, known_titles)


def _fields_of(value: Any, path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and len(path) < _DEEPEST:
        for name, one in value.items():
            yield from _fields_of(one, (*path, name))
    elif isinstance(value, list) and value and len(path) < _DEEPEST:
        yield from _fields_of(value[0], (*path, "0"))
    elif text := plain(value):
        yield ".".join(path), text


def _named_like(declaration: str, fields: dict[str, str]) -> str:
    """Return the field that bears the last name of the declared one, wherever it stands now."""
    last = declaration.rpartition(".")[2]
    return next((name for name in fields if last and name.rpartition(".")[2] == last), "")


def _likeliest(fields: dict[str, str], fits: Any) -> str:
    names = [name for name, text in fields.items() if fits(text)]
    return max(names, key=lambda name: (names_law(fields[name]), len(fields[name])), default="")


def _looks_like_title(text: str) -> bool:
    return (
        len(text) in _TITLE_LENGTHS and not text.startswith(("http", "/")) and not date_in(text) and not text.isdigit()
    )


def _looks_like_date(text: str) -> bool:
    return len(text) < 40 and date_in(text) is not None


def _link_in(fields: dict[str, str], declaration: JsonRows, known_urls: Collection[str]) -> str:
    """Return the link: as declared, as known addresses are made of a field, or the field that is an address."""
    names = [name for name in fields if "{" + name.rpartition(".")[2] + "}" in declaration.link]
    if names:
        return declaration.link.replace("{" + names[0].rpartition(".")[2] + "}", "{" + names[0] + "}")
    if "{" not in declaration.link and (same := _named_like(declaration.link, fields)):
        return same
    for known_url in known_urls:
        for name, text in fields.items():
            if len(text) >= 3 and text in known_url and known_url.count(text) == 1:
                return known_url.replace(text, "{" + name + "}")
    if "{" in declaration.link and declaration.link.count("{") == 1:
        ids = [
            name for name, text in fields.items() if name.rpartition(".")[2].lower().endswith("id") and len(text) >= 2
        ]
        if ids:
            start, _, rest = declaration.link.partition("{")
            return f"{start}{{{ids[0]}}}{rest.partition('}')[2]}"
    return next((name for name, text in fields.items() if text.startswith(("http", "/")) and "/" in text[1:]), "")
