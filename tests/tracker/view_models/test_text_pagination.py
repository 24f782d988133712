"""Long texts come in sheets, and a link to a provision finds the sheet it is on."""

import re

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from tests.tracker.web.conftest import an_app, serve_app
from tests.tracker.web.large import LAW, fill_large
from tracker.view_models.text_pagination import part_of


@given(st.lists(st.integers(1, 500), max_size=60), st.integers(1, 900))
def test_every_piece_is_on_one_sheet_and_no_sheet_is_too_large(sizes, most):
    sheets = [part_of(sizes, most, 1)]
    sheets += [part_of(sizes, most, number) for number in range(2, sheets[0].count + 1)]

    assert [place for sheet in sheets for place in range(sheet.start, sheet.stop)] == list(range(len(sizes)))
    for sheet in sheets:
        sheet_sizes = sizes[sheet.start : sheet.stop]
        assert sum(sheet_sizes) <= most or len(sheet_sizes) == 1
        assert all(part_of(sizes, most, 1, place) == sheet for place in range(sheet.start, sheet.stop))


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    home = tmp_path_factory.mktemp("large")
    fill_large(home)
    with an_app(home) as app, serve_app(app) as address, httpx.Client(base_url=address, timeout=60) as client:
        yield client


def ids(answer):
    return {element.get("id") for element in html.fromstring(answer.text).iter() if element.get("id")}


@pytest.mark.parametrize("path", [f"/instruments/{LAW}", "/changes/1", "/changes/1?view=side", "/changes/1?show=whole"])
def test_no_page_of_a_large_law_is_more_than_a_megabyte(large, path):
    first = large.get(path)
    count = int(re.search(r"Part 1 of (\d+)", first.text)[1])

    assert count > 1
    for number in range(1, count + 1):
        answer = large.get(path, params={**dict(httpx.QueryParams(path.partition("?")[2])), "part": number})
        assert answer.status_code == 200
        assert len(answer.content) < 1_000_000
    assert large.get(path.partition("?")[0], params={"part": count + 50}).status_code == 404


@pytest.mark.parametrize("path", [f"/instruments/{LAW}", "/changes/1"])
def test_every_link_to_a_provision_leads_to_the_sheet_it_is_on(large, path):
    answer = large.get(path)
    links = [a.get("href") for a in html.fromstring(answer.text).iter("a") if "at=" in (a.get("href") or "")]

    for link in (links[0], links[len(links) // 2], links[-1]):
        assert link.partition("#")[2] in ids(large.get(link))


def test_a_link_to_a_provision_nobody_has_shows_the_beginning(large):
    assert ids(large.get("/changes/1?at=art_none")) == ids(large.get("/changes/1"))


def test_a_unit_of_which_only_a_paragraph_changed_has_an_anchor_too(large):
    anchors = ids(large.get("/changes/1?at=art_2"))

    assert {"art_2", "art_2__para_1"} <= anchors


def test_what_stands_around_the_provisions_is_shown_where_it_stands(large):
    first = large.get(f"/instruments/{LAW}")
    last = large.get(f"/instruments/{LAW}", params={"part": re.search(r"Part 1 of (\d+)", first.text)[1]})
    for path, there, not_there in (
        (first, "Having met", "Done at the quay"),
        (last, "Done at the quay", "Having met"),
    ):
        page = html.fromstring(path.text)
        around = " ".join(element.text_content() for element in page.find_class("around"))
        assert there in around
        assert not_there not in around
    assert "Footnote one" in last.text
    assert "y" * 199_000 in last.text
    assert "y" * 201_000 not in last.text
