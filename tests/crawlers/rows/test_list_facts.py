"""What rows say beside their address: titles, several files, deadlines, languages."""

from datetime import date

import pytest
from parsel import Selector

from crawlers.declaration.row_params import HtmlRows, JsonRows
from crawlers.rows.list_rows import RowLocale, html_rows, json_rows
from crawlers.rows.printed_dates import date_in, last_date_in


def test_a_link_that_says_view_takes_the_title_of_its_row():
    cells = "<td>02 March 2026</td><td>Practice rules on lamps</td><td><a href='/1.pdf'>View</a></td>"
    page = Selector(f"<table><tr>{cells}</tr></table>")

    (row,) = html_rows(page, HtmlRows(item="tr", date="td"))

    assert (row.title, row.on) == ("Practice rules on lamps", date(2026, 3, 2))


def test_a_heading_is_the_title_where_the_link_says_open():
    summary = "<p>A much longer summary of what the guidelines say.</p>"
    title = "<h3 class='card__title'>\n Practice guidelines 1\n</h3>"
    page = Selector(f"<article>{title}<a href='/1'>Open</a>{summary}</article>")

    (row,) = html_rows(page, HtmlRows(item="article"))

    assert row.title == "Practice guidelines 1"


def test_every_file_of_a_row_is_a_page_of_its_own_when_that_is_declared():
    page = Selector("<li><b>Practice rules</b> <a href='/1.pdf'>Rules</a> <a href='/2.pdf'>Corrigendum</a></li>")

    rows = list(html_rows(page, HtmlRows(item="li", title="b", files=True)))

    assert [(row.link, row.title) for row in rows] == [
        ("/1.pdf", "Practice rules (Rules)"),
        ("/2.pdf", "Practice rules (Corrigendum)"),
    ]


FILES = JsonRows(
    items="posts", files="files", link="pdf.url|link", title="title", file_title="name", file_language="language"
)


def test_the_files_in_the_language_of_the_source_are_taken():
    post = {"title": "Rules", "files": [
        {"name": "नियम", "language": ["Hindi"], "pdf": {"url": "/hi.pdf"}},
        {"name": "Rules", "language": ["English"], "pdf": {"url": "/en.pdf"}},
        {"name": "Annex", "language": ["English"], "pdf": None, "link": "/annex.pdf"},
    ]}  # fmt: skip

    rows = list(json_rows({"posts": [post]}, FILES, RowLocale("en")))

    assert [(row.link, row.title) for row in rows] == [("/en.pdf", "Rules"), ("/annex.pdf", "Annex")]


def test_a_deadline_is_the_end_of_what_the_row_prints():
    page = Selector(
        "<li><a href='/1'>草案一</a><i>2026-03-02至2026-04-01</i></li>"
        "<li><a href='/2'>草案二</a><i>2026-03-02</i><b class=end hidden>1791993600000</b></li>"
        "<li><a onclick=\"jump('7','2026-05-01')\">草案三</a><i>2026-03-02</i></li>"
    )
    china = RowLocale("zh", "Asia/Shanghai")

    span, *_ = html_rows(page, HtmlRows(item="li", date="i", deadline="i"), china)
    stamps = list(html_rows(page, HtmlRows(item="li", date="i", deadline=".end"), china))
    click = HtmlRows(
        item="li",
        attribute="onclick",
        date="i",
        deadline="a",
        deadline_attribute="onclick",
        deadline_pattern=r"jump\([^,]+,'([^']+)",
    )

    assert (span.on, span.until) == (date(2026, 3, 2), date(2026, 4, 1))
    assert stamps[1].until == date(2026, 10, 14)  # the midnight that ends it
    assert [row.until for row in html_rows(page, click, china)][-1] == date(2026, 5, 1)


def test_rows_are_kept_by_what_their_fields_say():
    rows = JsonRows(link="url", where={"kind": "^(act|rule)$"})

    assert [row.link for row in json_rows([{"url": "/1", "kind": "act"}, {"url": "/2", "kind": "tender"}], rows)] == [
        "/1"
    ]


@pytest.mark.parametrize("text", ["4 juillet 2026", "4. Juli 2026", "4 luglio 2026", "4 de julio de 2026", "20260704"])
def test_dates_are_read_as_authorities_of_member_states_print_them(text):
    assert date_in(text) == date(2026, 7, 4)


def test_a_span_ends_with_its_last_date():
    assert last_date_in("from 2 March 2026 until 4 April 2026") == date(2026, 4, 4)
    assert last_date_in("soon") is None
