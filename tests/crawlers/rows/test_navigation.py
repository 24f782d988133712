import pytest
from parsel import Selector

from crawlers.declaration.row_params import HtmlRows
from crawlers.rows.list_rows import html_rows
from crawlers.rows.navigation import is_index, is_menu

MENUS = [
    "<nav><ul>{}</ul></nav>",
    "<header><ul>{}</ul></header>",
    "<footer><div><ul>{}</ul></div></footer>",
    "<div class='breadcrumb'><ul>{}</ul></div>",
    "<div id='menu'><ul>{}</ul></div>",
    "<div role='navigation'><ul>{}</ul></div>",
]
ROW = "<li><a href='/data-protection/'>Data protection</a></li>"


@pytest.mark.parametrize("menu", MENUS)
def test_what_stands_in_a_menu_is_no_row(menu):
    page = Selector(f"<body>{menu.format(ROW * 3)}<main><ul><li><a href='/act-1'>Practice Act 1</a></li></ul></main>")

    assert [row.title for row in html_rows(page, HtmlRows(item="li"))] == ["Practice Act 1"]


def test_a_selector_that_means_a_menu_gets_it():
    page = Selector("<nav class='laws'><ul><li><a href='/1'>Practice Act 1</a></li></ul></nav>")
    (item,) = page.css("nav li")

    assert not is_menu(item, "nav.laws li")


def test_the_head_of_an_article_is_no_menu():
    page = Selector("<main><article><header><h3><a href='/1'>Practice Act 1</a></h3></header></article></main>")

    assert len(list(html_rows(page, HtmlRows(item="h3")))) == 1


def test_a_row_without_a_date_that_leads_to_the_front_of_a_section_is_no_row():
    rows = "<td><a href='/index.html'>首页</a></td><td><a href='/2026/c_1.html'>练习一</a><i>2026-03-02</i></td>"
    page = Selector(f"<table><tr>{rows}<td><a href='/2026/c_2.html'>练习二</a><i>2026-03-03</i></td></tr></table>")

    assert [row.title for row in html_rows(page, HtmlRows(item="td", date="i"))] == ["练习一", "练习二"]


@pytest.mark.parametrize(
    ("link", "index"),
    [("/a/", True), ("/a/index.shtml", True), ("/a/t1.html", False), ("/?id=1", False), ("http://[", False)],
)
def test_the_front_of_a_section_is_known_by_its_address(link, index):
    assert is_index(link) is index
