"""Today and Changes: everything told, in the mail's words, filtered by the address."""

import pytest
from lxml import html

TEXT, DATE = "1 provision changed", "The date of application moved from 1 May 2026 to 1 January 2999"


@pytest.mark.parametrize("path", ["/", "/changes", "/jurisdictions/cn"])
def test_texts_and_dates_are_both_told(client, path):
    text = client.get(path).text
    assert TEXT in text
    assert DATE in text
    assert "Time limit shortened from 30 days to 10 days" in text


@pytest.mark.parametrize(
    ("query", "text", "date"),
    [("kind=new_version", True, False), ("kind=date_moved&weight=high", False, True), ("kind=&weight=", True, True),
     ("jurisdiction=eu", False, False), ("weight=low", False, False)],
)  # fmt: skip
def test_filters_stand_in_the_address(client, query, text, date):
    for path in ("/", "/changes"):
        page_text = client.get(f"{path}?{query}").text
        assert (TEXT in page_text, DATE in page_text) == (text, date)
        assert ("No changes match these filters" in page_text) == (not text and not date)


def test_a_page_too_far_is_not_said_to_be_all(client):
    text = client.get("/changes?page=99").text
    assert "There is no page 99" in text
    assert "Nothing has changed" not in text


def test_native_titles_say_their_language(client):
    page = html.fromstring(client.get("/").text)
    assert {element.get("lang") for element in page.find_class("news")[0].find_class("native")} == {"zh"}


def test_a_page_tells_its_address_on_paper(client):
    page = html.fromstring(client.get("/changes?weight=high").text)
    assert page.find_class("paper")[0].text == "http://127.0.0.1:8000/changes?weight=high"
    assert not html.fromstring(client.get("/manage").text).find_class("paper")


def test_today_goes_day_by_day_and_in_a_day_by_weight(client):
    page = html.fromstring(client.get("/").text)
    days = [day.get("datetime") for day in page.xpath("//h3[@class='place']/time")]
    assert days == sorted(days, reverse=True)
    assert "2026-03-02" in days


def test_filters_are_folded_away_unless_something_is_filtered(client):
    closed_details = html.fromstring(client.get("/").text).xpath("//details[contains(@class, 'filters')]")
    assert [details.get("open") for details in closed_details] == [None]
    open_details = html.fromstring(client.get("/?weight=high").text).xpath("//details[contains(@class, 'filters')]")
    assert [details.get("open") is not None for details in open_details] == [True]
