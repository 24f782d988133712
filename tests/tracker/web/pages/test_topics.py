"""Topics by jurisdiction, the site map, and the language of the pages, over real HTTP."""

import re
import tomllib
from importlib.resources import files

import httpx
import pytest
from lxml import etree, html

from tests.tracker.web.conftest import BASE, an_app, serve_app
from tracker.view_models.topic_page import MAIN_TOPICS, PLACES, introduction_of

ALL_TOPICS = tomllib.loads(files("tracker.reading").joinpath("topics.toml").read_text(encoding="utf-8")).keys()


@pytest.mark.parametrize("topic", MAIN_TOPICS)
def test_each_of_the_users_topics_has_a_page_in_every_jurisdiction(client, topic):
    page = html.fromstring(client.get(f"/topics/{topic}").text)
    assert [h.text_content().split()[0] for h in page.xpath("//div[@class='places']/div/h3")] == [
        "China", "European", "United", "India",
    ]  # fmt: skip
    for place in PLACES:
        assert client.get(f"/topics/{topic}/{place}").status_code == 200


def test_every_topic_is_introduced_in_both_languages():
    for topic in ALL_TOPICS - {"anchors"}:
        english, chinese = introduction_of(topic), introduction_of(topic, "zh")
        assert english, topic
        assert re.search(r"[\u4e00-\u9fff]", "".join(chinese)), topic
    assert introduction_of("astrology") == ()


def test_the_site_map_names_only_pages_that_are_there(client):
    answer = client.get("/sitemap.xml")
    assert answer.headers["content-type"].startswith("application/xml")
    places = [element.text for element in etree.fromstring(answer.content).iter("{*}loc")]
    assert any(place.endswith("/instruments/cn_practice") for place in places)
    paths = [re.sub(r"^https?://[^/]+", "", place) for place in places]
    assert [path for path in paths if client.head(path).status_code != 200] == []
    assert "Sitemap: " in client.get("/robots.txt").text


def test_a_page_says_which_address_is_its_own(home):
    with an_app(home, base_url=BASE) as app, serve_app(app) as address:
        answer = httpx.get(f"{address}/instruments/cn_practice?part=1", headers={"Host": "watch.example"})
    page = html.fromstring(answer.text)
    assert page.xpath("//link[@rel='canonical']/@href") == [f"{BASE}/instruments/cn_practice"]


def test_an_old_version_is_not_to_be_found_by_search_engines(client):
    old = html.fromstring(client.get("/instruments/cn_practice?version=cn_practice@2026-03-02").text)
    assert old.xpath("//meta[@name='robots']/@content") == ["noindex"]
    new = html.fromstring(client.get("/instruments/cn_practice").text)
    assert new.xpath("//meta[@name='robots']") == []


def test_a_page_speaks_the_language_that_is_chosen_kept_or_asked_for(client):
    def language(path="/", **headers):
        return html.fromstring(client.get(path, headers=headers).text).get("lang")

    assert language() == "en"
    assert language("/?lang=zh") == "zh"
    assert language(**{"Accept-Language": "zh-CN,zh;q=0.9"}) == "zh"
    assert language(Cookie="clausewatch-language=zh") == "zh"
    assert language("/?lang=en", Cookie="clausewatch-language=zh") == "en"
    assert language(Cookie='clausewatch-language="; $$=') == "en"
    assert language() == "en"  # what another reader chose is not kept for all
    assert "Accept-Language" in client.get("/").headers["vary"]


def test_choosing_a_language_leads_back_and_nowhere_else(client):
    before = dict(client.cookies)
    redirect = client.get("/language/zh", params={"back": "/topics?lang=en"}, follow_redirects=False)
    assert redirect.status_code == 303
    assert redirect.headers["location"] == "/topics"
    assert "clausewatch-language=zh" in redirect.headers["set-cookie"]
    for elsewhere in ("//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", ""):
        away = client.get("/language/en", params={"back": elsewhere}, follow_redirects=False)
        assert away.headers["location"] == "/"
    client.cookies.clear()  # it is shared with other tests
    client.cookies.update(before)
