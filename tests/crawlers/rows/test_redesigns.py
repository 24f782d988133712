"""Twenty redesigns: at least nine of ten lists are found again, and in none of them does a false row stand."""

import json
from urllib.parse import urljoin

import pytest
from parsel import Selector

from crawlers.declaration.row_params import HtmlRows, JsonRows
from crawlers.rows.inferred_objects import infer_json
from crawlers.rows.inferred_rows import InferredList, infer_html
from crawlers.rows.list_rows import RowLocale, html_rows, json_rows
from tests.crawlers.rows.redesigns import COUNT, Pair, html_pairs, json_pairs

URL = "https://law.example/list"
PAIRS = html_pairs() + json_pairs()


def found_again(pair: Pair, known_count: int = 0) -> InferredList | None:
    """Look for the list of a pair with the oldest *known_count* of its documents in memory."""
    old_documents = pair.documents[len(pair.documents) - known_count :]
    memory = (
        {urljoin(URL, document.url) for document in old_documents},
        {document.title for document in old_documents},
    )
    locale = RowLocale("zh" if "关于" in pair.documents[0].title else "en")
    if pair.kind == "html":
        return infer_html(Selector(text=pair.after, type="html"), URL, locale, *memory)
    return infer_json(json.loads(pair.after), JsonRows.model_validate(pair.declaration), URL, locale, *memory)


def rows_of(again: InferredList | None) -> set[tuple[str, str, str]]:
    return {(urljoin(URL, row.link), row.title, str(row.on)) for row in again.rows} if again else set()


def documents_of(pair: Pair) -> set[tuple[str, str, str]]:
    return {(urljoin(URL, document.url), document.title, document.on) for document in pair.documents}


@pytest.mark.parametrize("known_count", [0, 5])
def test_nine_of_ten_redesigned_lists_are_found_again_without_a_false_row(known_count):
    whole = [pair.name for pair in PAIRS if rows_of(found_again(pair, known_count)) == documents_of(pair)]
    false = {pair.name: rows_of(found_again(pair, known_count)) - documents_of(pair) for pair in PAIRS}

    assert len(PAIRS) >= COUNT
    assert len(whole) >= 0.9 * len(PAIRS)
    assert {name: rows for name, rows in false.items() if rows} == {}


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_the_declared_shape_finds_nothing_of_a_redesigned_list(pair):
    if pair.kind == "html":
        rows = list(html_rows(Selector(text=pair.after, type="html"), HtmlRows.model_validate(pair.declaration)))
        assert rows == []
        return
    try:
        rows = list(json_rows(json.loads(pair.after), JsonRows.model_validate(pair.declaration)))
    except ValueError:
        rows = []
    assert {(row.link, row.title) for row in rows} & {(d.url, d.title) for d in pair.documents} == set()


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_what_is_proposed_finds_the_same_rows_when_it_is_declared(pair):
    again = found_again(pair, 5)
    assert again is not None

    if pair.kind == "html":
        rows = html_rows(Selector(text=pair.after, type="html"), HtmlRows.model_validate(again.params))
    else:
        rows = json_rows(json.loads(pair.after), JsonRows.model_validate({**pair.declaration, **again.params}))

    assert {urljoin(URL, row.link) for row in rows} == {link for link, _, _ in documents_of(pair)}


def test_an_address_is_made_of_the_field_that_leads_to_what_is_known():
    rows = [{"n": n, "key": f"k{n}", "title": f"Practice guidelines {n}", "on": f"2026-03-0{n}"} for n in range(1, 6)]
    rows_of_before = JsonRows.model_validate({"items": "old", "link": "/acts/{id}", "title": "title"})

    again = infer_json({"list": rows}, rows_of_before, URL, RowLocale("en"), {"https://law.example/acts/k2"})

    assert again is not None
    assert {urljoin(URL, row.link) for row in again.rows} == {f"https://law.example/acts/k{n}" for n in range(1, 6)}
