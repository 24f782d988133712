"""Feeds and calendars at guessable addresses."""

import json

import feedparser
import icalendar
import pytest
from lxml import html


@pytest.mark.parametrize("scope", ["all", "jurisdictions/cn", "instruments/cn_practice"])
def test_feeds_and_calendars_are_where_one_would_look(client, scope):
    atom = client.get(f"/feeds/{scope}.atom")
    assert atom.headers["content-type"] == "application/atom+xml; charset=utf-8"
    parsed_feed = feedparser.parse(atom.content)
    assert not parsed_feed.bozo
    assert parsed_feed.version == "atom10"
    feed = client.get(f"/feeds/{scope}.json")
    assert json.loads(feed.content)["version"] == "https://jsonfeed.org/version/1.1"
    calendar = client.get(f"/feeds/{scope}.ics")
    assert calendar.headers["content-type"] == "text/calendar; charset=utf-8"
    assert icalendar.Calendar.from_ical(calendar.content).walk("VEVENT")
    for answer in (atom, feed, calendar):
        again = client.get(str(answer.url), headers={"If-None-Match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert client.head(str(answer.url)).headers["etag"] == answer.headers["etag"]


@pytest.mark.parametrize(
    "path", ["/feeds/jurisdictions/xx.atom", "/feeds/all.rss", "/feeds/instruments/cn_practice.exe"]
)
def test_a_feed_that_is_not_there_is_said_to_be_none(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/", "/instruments/cn_practice", "/jurisdictions/cn"])
def test_every_feed_a_page_names_is_there(client, path):
    page = html.fromstring(client.get(path).text)
    feed_links = [link.get("href") for link in page.iter("link") if link.get("rel") == "alternate"]
    assert feed_links
    for address in feed_links:
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize(
    ("form", "media_type"),
    [("atom", "application/atom+xml"), ("json", "application/feed+json"), ("ics", "text/calendar")],
)
def test_feeds_are_described_with_what_they_are(client, form, media_type):
    paths = client.get("/openapi.json").json()["paths"]
    for path in (f"/feeds/all.{form}", f"/feeds/{{kind}}/{{name}}.{form}"):
        description = paths[path]["get"]
        assert list(description["responses"]["200"]["content"]) == [media_type]
        assert client.get(path.format(kind="jurisdictions", name="cn")).headers["content-type"].startswith(media_type)
        assert client.get("/docs").text.count(f"<code>GET {path}</code>") == 2


def test_the_page_of_the_api_shows_no_raw_markup(client):
    answer = client.get("/docs").text
    assert "`" not in answer
    assert "<code>Authorization: Bearer KEY</code>" in answer
