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
    parsed = feedparser.parse(atom.content)
    assert not parsed.bozo
    assert parsed.version == "atom10"
    feed = client.get(f"/feeds/{scope}.json")
    assert json.loads(feed.content)["version"] == "https://jsonfeed.org/version/1.1"
    calendar = client.get(f"/feeds/{scope}.ics")
    assert calendar.headers["content-type"] == "text/calendar; charset=utf-8"
    assert icalendar.Calendar.from_ical(calendar.content).walk("VEVENT")
    for shown in (atom, feed, calendar):
        again = client.get(str(shown.url), headers={"If-None-Match": shown.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert client.head(str(shown.url)).headers["etag"] == shown.headers["etag"]


@pytest.mark.parametrize(
    "path", ["/feeds/jurisdictions/xx.atom", "/feeds/all.rss", "/feeds/instruments/cn_practice.exe"]
)
def test_a_feed_that_is_not_there_is_said_to_be_none(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/", "/instruments/cn_practice", "/jurisdictions/cn"])
def test_every_feed_a_page_names_is_there(client, path):
    page = html.fromstring(client.get(path).text)
    named = [each.get("href") for each in page.iter("link") if each.get("rel") == "alternate"]
    assert named
    for address in named:
        assert client.get(address).status_code == 200, address
