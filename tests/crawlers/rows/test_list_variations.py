"""Lists as real sites print them: each variation gives its row, or none, and never another page's."""

from __future__ import annotations

from datetime import date

import pytest
from scrapy.http import HtmlResponse

from crawlers.declaration.row_params import HtmlRows, JsonRows
from crawlers.pages.url_identity import absolute
from crawlers.rows.json_paths import told_in
from crawlers.rows.list_rows import RowLocale, html_rows, json_rows
from crawlers.rows.page_markup import links_base, markup_of

HERE = "https://law.example/a/list.html"
ON = date(2026, 11, 9)
LINK = "<a href=1.htm>Practice Act 1</a>"
ONE = ("/a/1.htm", "Practice Act 1", ON)


def row(link: str, text: str = "Practice Act 1", on: str = "2026-11-09") -> str:
    return f"<html><body><ul><li><a {link}>{text}</a><i>{on}</i></li></ul></body></html>"


def rows_in(
    body: str | bytes, language: str = "en", kind: str = "text/html; charset=utf-8", month_first=False, **params
):
    content = body if isinstance(body, bytes) else body.encode()
    response = HtmlResponse(HERE, body=content, headers={"Content-Type": kind})
    markup = markup_of(response, language)
    shape = HtmlRows(**{"item": "li", "date": "i", **params})
    base, locale = links_base(markup, HERE), RowLocale(language, "UTC", month_first)
    row = {(absolute(base, one.link), one.title, one.on): None for one in html_rows(markup, shape, locale)}
    return [(url.removeprefix("https://law.example"), title, on) for url, title, on in row]


LINKS = {
    "href=1.htm": "/a/1.htm",
    "href='./202611/t20261109_1.html'": "/a/202611/t20261109_1.html",
    "href='../../c/1.htm'": "/c/1.htm",
    "href='//law.example/1.htm'": "/1.htm",
    "href=' /1.htm\n'": "/1.htm",
    "href='\\docs\\1.pdf'": "/docs/1.pdf",
    "href='http:\\\\law.example\\1.pdf'": "http://law.example/1.pdf",
    "href='/1.htm?a=1&amp;b=2'": "/1.htm?a=1&b=2",
    "href='/(S(abc123))/1.htm?utm_source=mail'": "/1.htm",
    "href='/1.htm;jsessionid=0A1B2C.node7?id=3'": "/1.htm?id=3",
    "href='/1.htm#part'": "/1.htm",
    "HREF='1.htm'": "/a/1.htm",
    "data-url='/1.htm'": "/1.htm",
    "href='javascript:void(0)' onclick=\"window.open('/1.pdf')\"": "/1.pdf",
    "href='javascript:;' onclick=\"openDoc('/doc/view/77')\"": "/doc/view/77",
    "href='#' onclick=\"return show('files/1.pdf', '7')\"": "/a/files/1.pdf",
    "href='/web/viewer.html?file=%2Fdocs%2F1.pdf'": "/docs/1.pdf",
    "href='https://cdn.example/1.pdf'": "https://cdn.example/1.pdf",
}


@pytest.mark.parametrize("link", LINKS)
def test_an_address_is_followed_however_it_is_written(link):
    assert rows_in(row(link)) == [(LINKS[link], "Practice Act 1", ON)]


@pytest.mark.parametrize(
    "link", ["href='#'", "href='mailto:clerk@law.example'", "href='tel:112'", "name=top", "href=''"]
)
def test_a_link_that_leads_nowhere_on_the_web_is_no_row(link):
    assert rows_in(row(link)) == []


DATES = """
[2026-11-09] | （2026年11月9日） | 2026年 11 月 09 日 | 二〇二六年十一月九日 | 2026.11.09 | 2026/11/9
20261109 | 09.11.2026 | 09-11-2026 17:30 | 09 / 11 / 2026 | 9 Nov 2026 | 09-Nov-2026 | 09-Nov-26 | 2026-Nov-09
Nov 9, 2026 | Nov. 9, 2026 | 9th November, 2026 | 9th of November 2026 | Dated: 9th day of November, 2026
Monday, 9 November 2026 | November 9th, 2026 | Posted On: 09 NOV 2026 7:08PM by PIB Delhi | 9 novembre 2026
9 de noviembre de 2026 | 9. November 2026 | 2026-11-09T23:30:00+05:30 | 发布时间：2026-11-09 10:22
Gazette 12 of Act 2026, Nov 9, 2026 | 9 November 2026 – No. 3 of 2026
"""


@pytest.mark.parametrize("text", [one.strip() for line in DATES.strip().splitlines() for one in line.split("|")])
def test_a_day_is_read_however_a_row_prints_it(text):
    assert rows_in(row("href=1.htm", on=text)) == [ONE]


def test_what_an_element_says_to_programs_stands_in_for_a_day_it_does_not_print():
    element = "<time datetime='2026-11-09T08:00:00Z'>yesterday</time>"
    assert rows_in(f"<li>{LINK}{element}</li>", date="time") == [ONE]
    assert rows_in("<li>" + LINK + "<time datetime='2026-11-08'>9 Nov 2026</time></li>", date="time") == [ONE]


TABLE = f"<table><tr><td>7<td>{LINK}<td>2026-11-09</table>"


@pytest.mark.parametrize("item", ["tr", "tbody tr", "table > tbody > tr", "table tbody > tr", "tbody>tr"])
def test_a_table_has_its_rows_whether_or_not_it_writes_the_body_that_browsers_show(item):
    assert rows_in(TABLE, item=item, date="td:nth-child(3)") == [ONE]
    table = TABLE.replace("<tr>", "<tbody><tr>", 1)
    assert rows_in(table, item=item, date="td:nth-child(3)") == [ONE]


def test_the_head_of_a_table_is_no_row_though_its_links_sort():
    head = "<tr><th><a href='?sort=title'>Title</a></th><th><a href='?sort=date'>Date</a></th></tr>"
    assert rows_in(f"<table>{head}<tr><td>{LINK}</td><td>2026-11-09</td></tr></table>", item="tr", date="td") == [ONE]


MARKUP = {
    "nested lists": f"<ul><li>2026<ul><li>{LINK}<i>2026-11-09</i></li></ul></li></ul>",
    "an image first": f"<li><a href=1.htm><img></a>{LINK}<i>2026-11-09</i></li>",
    "an address of mail first": f"<li><a href='mailto:a@law.example'>write</a> {LINK}<i>2026-11-09</i></li>",
    "capitals": "<UL><LI><A HREF=1.htm>Practice Act 1</A><I>2026-11-09</I></UL>",
    "a row in a comment": f"<!-- <li><a href=0.htm>Old</a></li> --><li>{LINK}<i>2026-11-09</i></li>",
    "the end of the page before its list": f"<html><body>Top</body></html><li>{LINK}<i>2026-11-09</i></li></html>",
    "a base": f"<html><head><base href='/a/'></head><body><li>{LINK}<i>2026-11-09</i></li>",
    "a menu before": f"<div class=breadcrumb><li><a href=/>Home</a></div><li>{LINK}<i>2026-11-09</i></li>",
    "a script that holds the rows as XML": "<script type='text/xml'><datastore><recordset><record><![CDATA["
    f"<li>{LINK}<i>2026-11-09</i></li>]]></record></recordset></datastore></script>",
    "letters nobody sees": "<li><a href=1.htm>Practice\u200b Act\ufeff 1</a><i>2026-11-09</i></li>",
    "XHTML": f"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body><li>{LINK}<i>2026-11-09</i></li></body></html>",
}  # fmt: skip


@pytest.mark.parametrize("name", MARKUP)
def test_a_row_is_found_in_the_markup_of_real_pages(name):
    assert rows_in(MARKUP[name]) == [ONE]


def test_a_base_on_another_host_is_followed():
    page = f"<html><head><base href='https://cdn.example/x/'></head><li>{LINK}</li>"
    assert rows_in(page) == [("https://cdn.example/x/1.htm", "Practice Act 1", None)]


@pytest.mark.parametrize("holder", ["iframe src", "object data", "embed src"])
def test_a_frame_that_shows_a_file_is_a_link(holder):
    tag, attribute = holder.split()
    page = f"<li><{tag} {attribute}='/viewer?file=/docs/1.pdf'></{tag}><h3>Practice Act 1</h3><i>2026-11-09</i></li>"
    assert rows_in(page, link=tag) == [("/docs/1.pdf", "Practice Act 1", ON)]


CHINESE = row("href=1.htm", "练习龍管理办法（一）")


@pytest.mark.parametrize(
    ("kind", "meta", "charset"),
    [
        ("text/html", "<meta charset=gb2312>", "gb18030"),
        ("text/html; charset=GBK", "", "gb18030"),
        ("text/html; charset=utf-8", "", "gb18030"),
        ("text/html", "<meta charset=utf-8>", "gb18030"),
        ("text/html; charset=iso-8859-1", "", "utf-8-sig"),
    ],
)
def test_a_chinese_list_is_read_in_the_charset_it_is_in(kind, meta, charset):
    body = (f"<head>{meta}</head>" + CHINESE).encode(charset)
    assert rows_in(body, "zh", kind) == [("/a/1.htm", "练习龍管理办法（一）", ON)]


@pytest.mark.parametrize(
    "kind", ["text/html; charset=windows-1252", "text/html; charset=ISO-8859-1", "text/html; charset=utf-8"]
)
def test_an_apostrophe_of_windows_is_one(kind):
    assert rows_in(row("href=1.htm", "Practice’s Act").encode("cp1252"), kind=kind) == [
        ("/a/1.htm", "Practice’s Act", ON)
    ]


def test_american_lists_print_the_month_first():
    assert rows_in(row("href=1.htm", on="11/09/2026"), month_first=True) == [ONE]


ITEM = '{"u": "1.htm", "t": "Practice Act 1", "d": "2026-11-09 00:00:00.0"}'
JSON = {
    "an array": (f"[{ITEM}]", ""),
    "an array after a mark of byte order": (b"\xef\xbb\xbf" + f"[{ITEM}]".encode(), ""),
    "UTF-16": (f"[{ITEM}]".encode("utf-16"), ""),
    "a field": (f'{{"data": {{"rows": [{ITEM}]}}}}', "data.rows"),
    "by year and number": (f'{{"2026": {{"No. 26": {ITEM}}}, "2025": {{}}}}', "*.*"),
    "by number": (f'{{"rows": {{"7": {ITEM}}}}}', "rows.*"),
    "a call": (f"callback_17([{ITEM}]);", ""),
    "a call behind a comment": (f"/**/cb([{ITEM}])", ""),
    "a variable": (f"var list = [{ITEM}];\n", ""),
    "a field of the window": (f"window.data = [{ITEM}]", ""),
    "behind a guard": (f")]}}',\n[{ITEM}]", ""),
    "once more inside a string": ('{"d": "[' + ITEM.replace('"', '\\"') + ']"}', "d"),
    "rows once more inside a string": ('{"d": "{\\"rows\\": [' + ITEM.replace('"', '\\"') + ']}"}', "d.rows"),
}  # fmt: skip


@pytest.mark.parametrize("name", JSON)
def test_rows_are_found_in_json_however_it_is_wrapped(name):
    body, items = JSON[name]
    rows_told = told_in(body if isinstance(body, bytes) else body.encode())
    (row,) = json_rows(rows_told, JsonRows(items=items, link="u", title="t", date="d"))
    assert (row.link, row.title, row.on) == ("1.htm", "Practice Act 1", ON)


def test_json_in_the_charset_of_older_chinese_sites_is_read():
    rows_told = told_in('[{"u": "1.htm", "t": "练习办法"}]'.encode("gbk"))
    assert [row.title for row in json_rows(rows_told, JsonRows(link="u", title="t"))] == ["练习办法"]


def test_titles_and_days_of_interfaces_are_told_as_people_read_them():
    rows_told = [{"u": "1", "t": "Practice &amp; Act&#8217;s &lt;i&gt;1&lt;/i&gt;", "d": "/Date(1794182400000)/"}]
    (row,) = json_rows(rows_told, JsonRows(link="u", title="t", date="d"))
    assert (row.title, row.on) == ("Practice & Act’s 1", ON)


def test_brackets_that_a_title_prints_are_no_tags():
    told = [{"u": "1", "t": "灯塔数据法（修订草案）<征求意见稿>&amp;<em class='highlight'>说明</em>"}]
    (found,) = json_rows(told, JsonRows(link="u", title="t"))
    assert found.title == "灯塔数据法（修订草案）<征求意见稿>&说明"


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b'[{"u": 1},]', b"cb(", b"var x = 7;", b"x([]" + b" " * 9_000 + b"x", b"/*" + b"a" * 9_000]
)
def test_what_is_no_json_is_refused(body):
    with pytest.raises(ValueError, match=r".+"):
        told_in(body)


@pytest.mark.parametrize(
    "rows_told", ['{"rows": null}', '{"rows": "<li>no list</li>"}', '{"rows": "[broken"}', '{"other": []}']
)
def test_no_list_at_its_place_is_refused_and_not_taken_for_an_empty_one(rows_told):
    with pytest.raises(ValueError, match="no list at 'rows'"):
        list(json_rows(told_in(rows_told.encode()), JsonRows(items="rows", link="u")))
