"""What stands on a list: rows out of HTML by selectors, out of JSON by the paths of fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

from parsel import Selector

from crawlers.declaration.row_params import HtmlRows, JsonRows
from crawlers.rows.first_elements import MOST_ROWS, first_of
from crawlers.rows.json_paths import at, fill_fields, items_at, plain
from crawlers.rows.link_addresses import addresses_in, behind_viewer
from crawlers.rows.navigation import is_index, is_menu, is_table_head
from crawlers.rows.printed_dates import date_in, last_date_in
from crawlers.rows.row_words import is_language, one_line, says_nothing, without_state

_ELSEWHERE = re.compile(r"(?:mailto|tel|fax|data|about):", re.IGNORECASE)
_HEADINGS = "h1, h2, h3, h4, h5, h6, [class*=title], [class*=Title], [class*=subject], [id*=Subject], [class*=heading]"
_NO_TITLE = re.compile(r"^[\d\s./:,年月日()（）-]*$|^\d{1,2}[\s-]\w{3,9}[\s-]\d{4}$")
_EPOCH = re.compile(r"(?:/Date\()?(\d{10})(?:\d{3})?(?:[+-]\d{4})?(?:\)/)?")  # .NET wraps it


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row as it is printed; ``link`` may be an address or a script's call, ``until`` ends the time to comment."""

    link: str
    title: str = ""
    on: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class RowLocale:
    """How a publisher writes: its language, its own days, and whether it prints the month first."""

    language: str = "en"
    timezone: str = "UTC"
    month_first: bool = False


_PLAIN = RowLocale()


def html_rows(page: Selector, params: HtmlRows, locale: RowLocale = _PLAIN) -> Iterator[ListRow]:
    """Return the rows of a list in HTML that have a link; menus list nothing."""
    items = [item for item in first_of(page, params.item) if not is_menu(item, params.item)]
    rows = [row for item in items for row in _rows_of(item, params, locale)]
    if params.date and 2 * sum(row.on is not None for row in rows) >= len(rows):
        rows = [row for row in rows if row.on is not None or not is_index(row.link)]
    yield from rows


def json_rows(answer: Any, params: JsonRows, locale: RowLocale = _PLAIN) -> Iterator[ListRow]:
    """Return the rows of a list in JSON; raises ValueError when there is no list where it should be."""
    for item in items_at(answer, params.items)[: MOST_ROWS + 1]:
        if not _is_kept(item, params):
            continue
        title = _without_tags(fill_fields(item, params.title)) if params.title else ""
        on = _date(at(item, params.date), params.date_format, locale) if params.date else None
        until = _date(at(item, params.deadline), params.date_format, locale, last=True) if params.deadline else None
        for file in _files_of(item, params, locale.language):
            if link := fill_fields(file, params.link):
                own_title = _without_tags(fill_fields(file, params.file_title)) if params.file_title else ""
                yield ListRow(behind_viewer(link), own_title or title, on, until)


def _rows_of(item: Selector, params: HtmlRows, locale: RowLocale) -> Iterator[ListRow]:
    if is_table_head(item):
        return
    links = item.css(params.link) if params.link else [item]
    targets = [(link, target) for link in links if (target := _target(link, params.attribute))]
    on = _printed_day(item, params, locale) if params.date else None
    until = _deadline(item, params, locale)
    for link, target in targets if params.files else targets[:1]:
        yield ListRow(target, _title(item, link, params, several=len(links) > 1 and params.files), on, until)


def _target(link: Selector, attribute: str) -> str:
    """Return where a link leads; empty when that is nowhere on the web."""
    addresses = (address for address in addresses_in(link, attribute) if address)
    return next((address for address in addresses if not _ELSEWHERE.match(address)), "")


def _printed_day(item: Selector, params: HtmlRows, locale: RowLocale) -> date | None:
    """Return the day at its place in a row: as printed, else as the element says it to programs."""
    on = _date(_text(item, params.date), params.date_format, locale)
    stamps = item.css(params.date).xpath("@datetime").getall()
    return on or next((_date(stamp, "", locale) for stamp in stamps), None)


def _is_kept(item: Any, params: JsonRows) -> bool:
    is_excluded = any(plain(at(item, field)) == value for field, value in params.unless.items())
    return not is_excluded and all(
        re.search(pattern, plain(at(item, field))) for field, pattern in params.where.items()
    )


def _files_of(item: Any, params: JsonRows, language: str) -> list[Any]:
    """Return what the links of one row stand in: the row, or those of its files that are in the source's language."""
    if not params.files:
        return [item]
    files = at(item, params.files)
    files = [file for file in files if isinstance(file, dict)] if isinstance(files, list) else []
    if not params.file_language:
        return files
    mine = [file for file in files if any(is_language(name, language) for name in _names(file, params.file_language))]
    return mine or [file for file in files if not _names(file, params.file_language)]


def _names(file: Any, path: str) -> list[str]:
    value = at(file, path)
    return [str(name) for name in value] if isinstance(value, list) else list(filter(None, [plain(value)]))


def _date(value: Any, form: str, locale: RowLocale, *, last: bool = False) -> date | None:
    """Return a printed date, or the publisher's day at so many seconds or milliseconds since 1970.

    With *last* it is the end of a time: of a span its last date, and midnight ends the day before.
    """
    text = plain(value)
    if epoch := _EPOCH.fullmatch(text):
        moment = datetime.fromtimestamp(int(epoch[1]), UTC).astimezone(ZoneInfo(locale.timezone))
        return (moment - timedelta(microseconds=1) if last else moment).date()
    last_date = last_date_in(text, month_first=locale.month_first) if last and not form else None
    return last_date or date_in(text, form, month_first=locale.month_first)


def _deadline(item: Selector, params: HtmlRows, locale: RowLocale) -> date | None:
    """Return until when a row asks for comments: the last date printed at its place, as in ``start至end``."""
    if not params.deadline:
        return None
    element = next(iter(item.css(params.deadline)), None)
    if element is None:
        return None
    text = next(addresses_in(element, params.deadline_attribute or "text"), "")
    if params.deadline_pattern:
        match = re.search(params.deadline_pattern, text)
        text = match[1] if match else ""
    return _date(text, "", locale, last=True)


def _without_tags(title: str) -> str:
    """Return a title without the marks of a search that found it."""
    return one_line(re.sub(r"</?[A-Za-z][^<>]{0,200}>", "", unescape(title)))  # not <征求意见稿>, which is printed


def _title(item: Selector, link: Selector, params: HtmlRows, *, several: bool) -> str:
    """Return what a row is called: what is declared, what the link says, else what the row says beside it."""
    attribute = one_line(link.attrib.get(params.title_attribute, "")) if params.title_attribute else ""
    own_title = _text(item, params.title) if params.title else ""
    text = one_line("".join(link.css("*::text").getall()))
    link_title = next((name for name in (own_title, attribute, text) if name and not says_nothing(name)), "")
    title = without_state(link_title or _title_of_row(item, link) or own_title or attribute or text)
    return f"{title} ({text})" if several and text and not says_nothing(text) and text not in title else title


def _title_of_row(item: Selector, link: Selector) -> str:
    """Return the heading of a row, else the longest text in it that is no date and not the link's own."""
    own = one_line("".join(link.css("*::text").getall()))
    headings = [_whole_text(element) for element in item.css(_HEADINGS)]
    pieces = [one_line(text) for text in item.css("*::text").getall()]
    for texts in (headings, pieces):
        names = [text for text in texts if text != own and not _NO_TITLE.match(text) and not says_nothing(text)]
        if names:
            return max(names, key=len)
    return ""


def _whole_text(element: Selector) -> str:
    return one_line("".join(element.css("*::text").getall()))


def _text(item: Selector, css: str) -> str:
    texts = (
        " ".join(element.css("*::text").getall()) or element.attrib.get("datetime", "") for element in item.css(css)
    )
    return one_line(" ".join(texts))
