"""What a page's own table of metadata says of the act: 标题, 发文字号, 发文机关, 成文日期, 发布日期."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bs4 import BeautifulSoup, Tag

from tracker.reading.china.dates import to_date

_LABELS = {
    "标题": "title", "名称": "title", "文件名称": "title", "法规名称": "title",
    "发文字号": "number", "文号": "number", "文件编号": "number",
    "发文机关": "issuer", "制定机关": "issuer", "索引号": "index", "主题分类": "subject", "公文种类": "kind",
    "成文日期": "issued_on", "发文日期": "issued_on", "公布日期": "published_on", "发布日期": "published_on",
}  # fmt: skip
_CELLS = ("td", "th", "dt", "dd", "b", "strong", "span", "label")
_NOT_LABEL = re.compile(r"[\s\u3000：:【】\[\]]")
_DATE = re.compile(r"((?:19|20)[0-9]{2})\D{1,2}([0-9]{1,2})\D{1,2}([0-9]{1,2})")
_LONGEST = 200
_LEAST = 2  # labels; one alone may be a word of the law


@dataclass(frozen=True, slots=True)
class PageTable:
    """The rows of such a table that are known; empty is not printed."""

    title: str = ""
    number: str = ""
    issued_on: date | None = None
    published_on: date | None = None


def page_table(soup: BeautifulSoup) -> PageTable:
    """Return what the table of metadata of a page says, nothing where a page has none."""
    values: dict[str, str] = {}
    for tag in soup.find_all(_CELLS):
        text = tag.get_text() if isinstance(tag, Tag) else ""
        if not isinstance(tag, Tag) or len(text) > _LONGEST:
            continue
        name = _LABELS.get(_NOT_LABEL.sub("", text))
        if name and name not in values and (value := _value(tag)):
            values[name] = value
    if len(values) < _LEAST:
        return PageTable()
    title = re.sub(r"\s+", "", values.get("title", ""))
    return PageTable(title, _number(values.get("number", "")), _day(values, "issued_on"), _day(values, "published_on"))


def _value(label: Tag) -> str:
    """Return what stands in the cell behind a label, or behind the label's own cell."""
    for tag in (label, label.parent):
        sibling = tag.find_next_sibling() if isinstance(tag, Tag) else None
        text = " ".join(sibling.get_text().split()) if isinstance(sibling, Tag) else ""
        if text:
            return text if len(text) <= _LONGEST and _NOT_LABEL.sub("", text) not in _LABELS else ""
    return ""


def _number(printed_text: str) -> str:
    order = re.search(r"令[\s第]*([0-9〇零一二三四五六七八九十百]{1,6})\s*号", printed_text)
    return f"令第{order[1]}号" if order else re.sub(r"\s+", "", printed_text)


def _day(values: dict[str, str], name: str) -> date | None:
    match = _DATE.search(values.get(name, ""))
    return to_date(match) if match else None
