"""Lists are found again after a redesign: classes other_keys, wrapped, moved, keyed anew."""

import json
import re

import pytest
from parsel import Selector

from crawlers.declaration.row_params import JsonRows
from crawlers.rows.inferred_objects import infer_json
from crawlers.rows.inferred_rows import infer_html
from crawlers.rows.list_rows import RowLocale

ROWS = 20
URL = "https://law.example/list"
TITLES = [f"关于《灯塔管理规定之{n}（征求意见稿）》公开征求意见的通知" for n in range(1, ROWS + 1)]
ENGLISH = [f"Practice Guidelines {n}/2026 on lighthouses" for n in range(1, ROWS + 1)]
MENU = "".join(f"<li><a href='/section-{n}/'>Section {n}</a></li>" for n in range(12))


def a_site(row: str, around: str, titles: list[str]) -> Selector:
    rows = "".join(row.format(n=n, title=title, day=f"2026-03-{n:02}") for n, title in enumerate(titles, 1))
    aside = "<aside><h3>Popular</h3><p><a href='/about'>About us</a> <a href='/contact'>Contact</a></p></aside>"
    top, foot = f"<div class='top-nav nav'><ul>{MENU}</ul></div>", f"<footer><ul>{MENU}</ul></footer>"
    page = f"<body>{top}{around.format(rows=rows)}{aside}{foot}</body>"
    return Selector(page)


LIST_ROWS = {
    "list": "<li><h5><a href='/2026-03/c_{n}.htm' title='{title}'>{title}</a></h5><div class='times'>{day}</div></li>",
    "cards": "<article class='doc-card'><h3>{title}</h3><time datetime='{day}'>{day}</time>"
    "<a href='/doc/{n}'>Open</a></article>",
    "table": "<tr><td>{n}</td><td><a href='/act/{n}.pdf'>{title}</a></td><td>{day}</td></tr>",
    "blocks": "<div class='views-row x-{n}'><span class='date'>{day}</span>"
    "<div><a href='/node/{n}'>{title}</a></div></div>",
    "bare": "<div class='r'><a href='/node/{n}'>{title}</a></div>",
}
AROUND = {
    "list": ["<ul id='loadingInfoPage'>{rows}</ul>", "<main><section><ul class='u-new'>{rows}</ul></section></main>"],
    "cards": ["<main>{rows}</main>", "<div class='wrap'><div class='grid-9'>{rows}</div></div>"],
    "table": [
        "<table id='sample_1'><tr><th>No.</th><th>Title</th><th>Date</th></tr>{rows}</table>",
        "<div class='panel'><table class='dt'>{rows}</table></div>",
    ],
    "blocks": ["<div class='view-content'>{rows}</div>", "<main><div><div>{rows}</div></div></main>"],
    "bare": ["<div class='list'>{rows}</div>", "<main class='m'><p>All documents.</p>{rows}</main>"],
}
PAIRS = [(name, place, titles) for name in LIST_ROWS for place in (0, 1) for titles in ("zh", "en")]


@pytest.mark.parametrize(("name", "place", "language"), PAIRS)
def test_a_redesigned_list_is_found_again_with_no_false_row(name, place, language):
    titles = TITLES if language == "zh" else ENGLISH
    page = a_site(LIST_ROWS[name], AROUND[name][place], titles)

    again = infer_html(page, URL, RowLocale(language))

    assert again is not None
    assert [row.title for row in again.rows] == titles


def test_a_list_is_known_by_the_titles_that_were_seen_before():
    names = [f"Lighthouse {n}" for n in range(1, 9)]
    other = "".join(f"<dd class='o'><a href='/x/{n}'>Practice act {n} of another year</a></dd>" for n in range(8))
    rows = "".join(f"<p class='q'><a href='/n/{n}'>{name}</a></p>" for n, name in enumerate(names))
    page = Selector(f"<body><dl>{other}</dl><div>{rows}</div></body>")

    again = infer_html(page, URL, RowLocale("en"), known_titles=set(names))

    assert again is not None
    assert [row.title for row in again.rows] == names


@pytest.mark.parametrize(
    "markup",
    [
        "<p>The list is moved.</p>",
        f"<nav><ul>{MENU}</ul></nav>",
        f"<div><ul>{MENU}</ul></div>",
        "<main><p>An article. <a href='/1'>One</a>, <a href='/2'>two</a>, <a href='/3'>three</a>.</p></main>",
    ],
)
def test_where_nothing_looks_like_a_list_none_is_found(markup):
    assert infer_html(Selector(markup), URL, RowLocale("en")) is None


OLD = JsonRows(
    items="_embedded.rows", link="https://law.example/initiatives/{id}", title="shortTitle", date="published"
)

NEW_NAMES = {"shortTitle": "name", "published": "when"}


def objects(rename=lambda name: name):
    return [
        {rename("id"): float(n), rename("shortTitle"): title, rename("published"): f"2026/03/{n:02} 00:00:00"}
        for n, title in enumerate(ENGLISH, 1)
    ]


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param({"page": {"content": objects(), "last": True}}, id="moved"),
        pytest.param({"rows": objects(), "facets": [{"name": "Topic", "count": 3}] * 3}, id="beside facets"),
        pytest.param({"data": {"results": [{"doc": one} for one in objects()]}}, id="wrapped"),
        pytest.param({"data": {str(n): one for n, one in enumerate(objects())}}, id="keyed"),
        pytest.param({"items": objects(lambda name: NEW_NAMES.get(name, name))}, id="other_keys"),
    ],
)
def test_a_moved_or_renamed_list_of_objects_is_found_again(answer):
    again = infer_json(json.loads(json.dumps(answer)), OLD, URL, RowLocale("en"))

    assert again is not None
    assert [row.title for row in again.rows] == ENGLISH
    assert [row.link for row in again.rows] == [f"https://law.example/initiatives/{n}" for n in range(1, ROWS + 1)]
    assert all(row.on for row in again.rows)


def test_addresses_that_are_known_say_how_links_are_made():
    rows = [{"uid": f"ff80{n}", "name": title} for n, title in enumerate(TITLES, 1)]

    known_urls = {"https://law.example/d?i=ff801"}

    again = infer_json({"list": rows}, JsonRows(items="rows", link="url"), URL, RowLocale("zh"), known_urls)

    assert again is not None
    assert again.params["link"] == "https://law.example/d?i={uid}"


def test_what_is_inferred_can_be_declared():
    again = infer_html(a_site(LIST_ROWS["list"], AROUND["list"][0], TITLES), URL, RowLocale("zh"))

    assert again is not None
    assert re.fullmatch(r"[\w#. -]+", again.params["item"])
    assert again.params["date"] == "div.times"
