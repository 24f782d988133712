from dataclasses import replace

import pytest

from storage.records import Authority, Page, Reading, Source
from tracker.identity.instruments import instrument_id, names_of, slug, title_of

SOURCE = Source("x_y", "eu", "T", ("a",), "en", "page", ("http://x",), None)
PAGE = Page(1, "x_y", "http://x")


def reading(**facts):
    return Reading(**{"format": "html", "jurisdiction": "eu", "language": "en", "title": "", **facts})


@pytest.mark.parametrize(
    ("jurisdiction", "facts", "name"),
    [
        ("eu", {"uri": "32024R1689"}, "eu_32024r1689"),
        ("eu", {"uri": "02024R1689-20260727"}, "eu_32024r1689"),
        ("eu", {"uri": "32024R1689R(01)"}, "eu_32024r1689r-01"),
        ("us", {"number": "2026-90011", "title": "A rule"}, "us_2026-90011"),
        ("cn", {"title": "练习管理规定"}, "cn_练习管理规定"),
        (
            "cn",
            {"title": "关于《练习管理规定（征求意见稿）》公开征求意见的通知", "draft": True},
            "cn_练习管理规定-draft",
        ),
        ("in", {"number": "", "title": "Practice Directions (Updated as on March 1, 2026)"}, "in_practice-directions"),
    ],
    ids=[
        "celex",
        "consolidated celex",
        "corrigendum",
        "document number",
        "title",
        "a draft is its own",
        "updated as on",
    ],
)
def test_an_instrument_is_named_by_what_identifies_it(jurisdiction, facts, name):
    source = Source("s", jurisdiction, "T", ("a",), "en", "page", ("http://x",), None)
    assert instrument_id(reading(**facts), source, PAGE).lower() == name


def test_a_declared_instrument_wins():
    source = Source("s", "eu", "T", ("a",), "en", "page", ("http://x",), None, instrument="eu_ai_act")
    assert instrument_id(reading(uri="32024R1689"), source, PAGE) == "eu_ai_act"


@pytest.mark.parametrize(
    ("facts", "list_title", "title"),
    [
        ({"title": "A law", "number": "7"}, "Listed", "A law"),
        ({"title_native": "练习管理规定"}, "Listed", "练习管理规定"),
        ({"number": "7"}, "Listed", "Listed"),
        ({"number": "7"}, "", "7"),
        ({}, "", ""),
    ],
)
def test_an_instrument_is_called_by_its_text_its_list_or_its_number(facts, list_title, title):
    page = replace(PAGE, title=list_title)
    assert title_of(reading(**facts), SOURCE, page) == title
    assert title_of(reading(**facts), replace(SOURCE, instrument="eu_x"), page) == "T"


def test_an_instrument_is_found_by_its_numbers_its_makers_and_what_it_is_declared_as():
    law = reading(number="12", uri="32024R1689", authorities=(Authority("eu_ep", "Parliament", "Parlement"),))
    assert names_of(law, SOURCE) == ("12", "32024R1689", "Parliament", "Parlement")
    assert names_of(law, replace(SOURCE, instrument="eu_x"))[2] == "T"


def test_a_slug_is_short_and_safe_in_any_script():
    assert slug("A/B: c  d (E)") == "a-b-c-d-e"
    assert len(slug("x" * 500)) <= 60
    assert slug("///") == "unnamed"
