import pytest

from crawlers.declaration.placeholders import fill_all, rewritten
from crawlers.pages.url_identity import absolute, plain

NPC = "https://www.npc.gov.cn/"


@pytest.mark.parametrize(
    ("url", "identity"),
    [
        pytest.param(
            f"{NPC}WZWSREL25wYy9jMi9jMzA4MzQvMjAyMTA4L3QyMDIxMDgyMF8zMTMwODguaHRtbD9yZWY9aW1i",
            f"{NPC}npc/c2/c30834/202108/t20210820_313088.html",
            id="a firewall's rewriting, and a tracker in it",
        ),
        pytest.param(f"{NPC}WZWSREnonsense", f"{NPC}WZWSREnonsense", id="no base64"),
        pytest.param(f"{NPC}WZWSREaHR0cDovL2V2aWw=", f"{NPC}WZWSREaHR0cDovL2V2aWw=", id="no path in it"),
        pytest.param(f"{NPC}WZWSRELy9ldmlsL3g=", f"{NPC}WZWSRELy9ldmlsL3g=", id="another host in it"),
        pytest.param("https://e.in/(S(ab12))/Search.aspx?a=1", "https://e.in/Search.aspx?a=1", id="a session"),
        pytest.param("https://l.eu/a?utm_source=x&id=7#top", "https://l.eu/a?id=7", id="trackers and a fragment"),
        pytest.param("https://l.eu/a?b=%28x%29&a=2", "https://l.eu/a?b=%28x%29&a=2", id="as it was written"),
        pytest.param(
            "https://www.indiacode.nic.in/show-data?sectionId=9&actid=AC_1",
            "https://www.indiacode.nic.in/show-data?actid=AC_1&sectionId=9",
            id="parameters in any order",
        ),
    ],
)
def test_one_page_has_one_address(url, identity):
    assert plain(url) == identity
    assert plain(identity) == identity


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("//www.cac.gov.cn/a.htm", "https://www.cac.gov.cn/a.htm"),
        (" b.htm#x ", "https://l.eu/list/b.htm"),
        ("javascript:x()", ""),
        ("http://[broken", ""),
        (None, "https://l.eu/list/"),
    ],
)
def test_a_link_is_an_address_of_the_web_or_none(href, url):
    assert absolute("https://l.eu/list/", href) == url


def test_what_a_script_is_called_with_makes_an_address():
    assert rewritten("jumpDetail('77')", r"jumpDetail\('(\w+)'", "/detail/{0}") == "/detail/77"
    assert rewritten("openWindow(1)", r"jumpDetail\('(\w+)'", "/detail/{0}") == ""


def test_a_template_fills_texts_however_deep():
    assert fill_all({"a": ["{year}", 7, {"b": "{n}{x}"}]}, {"year": 2026, "n": 2}) == {"a": ["2026", 7, {"b": "2{x}"}]}
