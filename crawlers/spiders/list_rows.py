"""What stands on a list: rows out of HTML by selectors, out of JSON by the paths of fields."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from parsel import Selector

from crawlers.declaration.params import HtmlRows, JsonRows
from crawlers.spiders.printed_dates import date_in

_FIELD = re.compile(r"\{([\w.]+)\}")
_LONGEST_TITLE = 1000


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row as it is printed; ``link`` may be an address or a script's call."""

    link: str
    title: str = ""
    on: date | None = None


def html_rows(page: Selector, params: HtmlRows, *, month_first: bool = False) -> Iterator[ListRow]:
    """Return the rows of a list in HTML that have a link."""
    for item in page.css(params.item):
        link = next(iter(item.css(params.link)), None) if params.link else item
        target = link.attrib.get(params.attribute, "") if link is not None else ""
        if link is not None and target:
            date_text = _text(item, params.date) if params.date else ""
            on = date_in(date_text, params.date_format, month_first=month_first)
            yield ListRow(target, _title(item, link, params)[:_LONGEST_TITLE], on)


def json_rows(answer: Any, params: JsonRows) -> Iterator[ListRow]:
    """Return the rows of a list in JSON; raises ValueError when there is no list where it should be."""
    items = at(answer, params.items)
    if not isinstance(items, list):
        raise ValueError(f"no list at {params.items!r}")  # noqa: TRY004 - a fault of the answer, not of ours
    for item in items:
        link = _link(item, params.link)
        if link and not any(_plain(at(item, field)) == value for field, value in params.unless.items()):
            title = _without_tags(_plain(at(item, params.title))) if params.title else ""
            on = _date(at(item, params.date), params.date_format) if params.date else None
            yield ListRow(link, title[:_LONGEST_TITLE], on)


def told_in(body: bytes) -> Any:
    """Return what a body of JSON says; raises ValueError when it is none, or nested beyond reason."""
    try:
        return json.loads(body)
    except RecursionError:
        raise ValueError("JSON nested beyond reason") from None


def at(value: Any, path: str) -> Any:
    """Return what stands at *path*, or None.

    >>> at({"list": [{"id": 7}]}, "list.0.id")
    7
    """
    for name in path.split(".") if path else ():
        if isinstance(value, list) and name.isdigit() and int(name) < len(value):
            value = value[int(name)]
        else:
            value = value.get(name) if isinstance(value, dict) else None
    return value


def _link(item: Any, link: str) -> str:
    """Return the field *link*, or the address made of the fields in its braces; empty when one is missing."""
    names = _FIELD.findall(link)
    if not names:
        return _plain(at(item, link))
    values = {name: _plain(at(item, name)) for name in names}
    return _FIELD.sub(lambda match: values[match[1]], link) if all(values.values()) else ""


def _date(value: Any, form: str) -> date | None:
    """Return a printed date, or the day of seconds or milliseconds since 1970."""
    plain = _plain(value)
    if plain.isdigit() and len(plain) in {10, 13}:
        return datetime.fromtimestamp(int(plain[:10]), UTC).date()
    return date_in(plain, form)


def _plain(value: Any) -> str:
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""


def _without_tags(title: str) -> str:
    """Return a title without the marks of a search that found it."""
    return " ".join(re.sub(r"<[^<>]{0,200}>", "", title).split())


def _title(item: Selector, link: Selector, params: HtmlRows) -> str:
    attribute_text = link.attrib.get(params.title_attribute, "") if params.title_attribute else ""
    title_text = _text(item, params.title) if params.title else ""
    return (
        " ".join(title_text.split())
        or " ".join(attribute_text.split())
        or " ".join("".join(link.css("*::text").getall()).split())
    )


def _text(item: Selector, css: str) -> str:
    return " ".join(" ".join(item.css(css).css("*::text").getall()).split())
