from datetime import date

import pytest
from parsel import Selector

from crawlers.declaration.row_params import HtmlRows, JsonRows
from crawlers.rows.json_paths import at, told_in
from crawlers.rows.list_rows import ListRow, html_rows, json_rows


def test_a_row_of_html_gives_its_link_title_and_date():
    page = Selector(
        "<li><h5><a href=/1 title='The whole title'>The wh…</a></h5><i>2026年3月2日</i></li><li>no link</li>"
    )

    rows = list(html_rows(page, HtmlRows(item="li", link="h5 > a", date="i")))

    assert rows == [ListRow("/1", "The whole title", date(2026, 3, 2))]


def test_an_item_may_be_the_link_and_the_link_may_stand_in_another_attribute():
    page = Selector("<a onclick=\"jump('7')\">Standard 7</a>")

    assert list(html_rows(page, HtmlRows(item="a", link="", attribute="onclick"))) == [
        ListRow("jump('7')", "Standard 7")
    ]


def test_a_row_of_json_gives_fields_or_an_address_made_of_them():
    document = {"data": {"rows": [
        {"id": 7, "name": "A <em>law</em>", "day": "2026-03-02", "may": "1"},
        {"id": None, "name": "No address"},
        {"id": 8, "name": "Not to be downloaded", "may": "0"},
        "no row",
    ]}}  # fmt: skip
    rows = JsonRows(
        items="data.rows", link="https://l.cn/detail?id={id}", title="name", date="day", unless={"may": "0"}
    )

    assert list(json_rows(document, rows)) == [ListRow("https://l.cn/detail?id=7", "A law", date(2026, 3, 2))]


@pytest.mark.parametrize(
    ("day", "on"), [(1774951200000, date(2026, 3, 31)), ("1774951200", date(2026, 3, 31)), (None, None)]
)
def test_a_date_may_be_seconds_or_milliseconds(day, on):
    (row,) = json_rows([{"url": "/a", "day": day}], JsonRows(link="url", date="day"))

    assert row.on == on


@pytest.mark.parametrize("document", [{}, {"list": {"a": 1}}, None, "text"])
def test_where_no_list_is_there_is_no_answer(document):
    with pytest.raises(ValueError, match="no list at 'list'"):
        list(json_rows(document, JsonRows(items="list", link="url")))


def test_json_nested_beyond_reason_is_refused():
    with pytest.raises(ValueError, match=r".+"):
        told_in(b"[" * 200_000)


def test_a_path_leads_through_lists_and_names():
    assert at({"a": [{"b": 1}]}, "a.0.b") == 1
    assert at({"a": [{"b": 1}]}, "a.1.b") is None
