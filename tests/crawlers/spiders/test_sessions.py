"""Walks through forms and cookies: kept for one walk, and then forgotten."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import parse_qs

from crawlers.failure_causes import Cause
from crawlers.spiders.session import Session
from tests.crawlers.conftest import LAW, Reply

HIDDEN_FIELD = '<input type="hidden" name="__VIEWSTATE" value="{state}">'
BUTTON = '<input type="submit" name="btnMinistry" value="By ministry">'
MENU = f'<form action="./Menu.aspx">{HIDDEN_FIELD.format(state="s1")}{BUTTON}</form>'
CHOICE = (
    f'<form action="./Ministry.aspx?id=7">{HIDDEN_FIELD.format(state="s2")}<select name="ddlMinistry">'
    '<option value="0">Select</option><option value="87"> Ministry of\n Lighthouses</option></select>'
    '<input type="image" name="Go"></form>'
)
RESULT = (
    '<table id="g"><tr><th>Subject</th></tr><tr><td><span id="lbl_Subject_0">Practice rules on lamps</span></td><td>'
    '<span id="lbl_UGID_0">CG-DL-E-12122025-268455</span></td><td><input type="image" src="pdf.png"></td></tr></table>'
)
STEPS = """
[params]
item = "table#g tr"
link = "span[id*=lbl_UGID]"
attribute = "text"
link_pattern = '-\\\\d{4}(\\\\d{4})-(\\\\d+)$'
link_url = "/WriteReadData/{0}/{1}.htm"
title = "span[id*=lbl_Subject]"
REACH
[[params.steps]]
press = "btnMinistry"

[[params.steps]]
choose = { ddlMinistry = "MINISTRY" }
fields = { ddlmonth = "{month}", ddlyear = "{year}" }
press = "Go"
"""


def steps(ministry: str = "Ministry of Lighthouses", reach: str = "") -> str:
    return STEPS.replace("\\\\", "\\").replace("MINISTRY", ministry).replace("REACH", reach)


def only_with_cookie(body: str, **headers: str):
    def reply(request_headers):
        has_cookie = "SessionId=abc" in request_headers.get("cookie", "")
        return Reply(
            body if has_cookie else "<h1>Error</h1>",
            200 if has_cookie else 500,
            {"Content-Type": "text/html", **headers},
        )

    return reply


def a_gazette(regulator) -> str:
    """Play a gazette that is reached through two forms, with a cookie and a redirect on the way."""

    def menu(headers):
        if "SessionId=abc" not in headers.get("cookie", ""):
            return Reply(MENU, headers={"Content-Type": "text/html", "Set-Cookie": "SessionId=abc; path=/; HttpOnly"})
        return Reply("", 302, {"Location": "/Ministry.aspx?id=7"})

    def ministry(headers):
        was_posted = regulator.posts and regulator.posts[-1][0].startswith("/Ministry")
        return only_with_cookie(RESULT if was_posted else CHOICE)(headers)

    regulator.replies["/Menu.aspx"] = menu
    regulator.replies["/Ministry.aspx"] = ministry
    regulator.says("/WriteReadData/2025/268455.htm", LAW)
    return regulator.origin + "/Menu.aspx"


def test_forms_are_walked_through_in_one_session_and_a_link_is_made_of_what_is_printed(watch, regulator):
    watch.declare("in_gazette", a_gazette(regulator), spider="postback", more=steps())

    watch.crawl()

    first, second = (parse_qs(body, keep_blank_values=True) for _, body in regulator.posts)
    assert (first["__VIEWSTATE"], first["btnMinistry"]) == (["s1"], ["By ministry"])
    assert (second["__VIEWSTATE"], second["ddlMinistry"], second["ddlmonth"]) == (["s2"], ["87"], ["3"])
    assert {"Go.x", "Go.y"} <= second.keys()
    pages = watch.pages("in_gazette")
    assert pages[f"{regulator.origin}/WriteReadData/2025/268455.htm"].title == "Practice rules on lamps"
    leaf = next(headers for path, headers in regulator.requests if "/WriteReadData/" in path)
    assert "cookie" not in leaf  # the walk is over


def test_a_choice_that_the_form_does_not_have_is_named(watch, regulator):
    watch.declare("in_gazette", a_gazette(regulator), spider="postback", more=steps("Ministry of Buoys"))

    watch.crawl()

    assert watch.look("in_gazette").cause == Cause.UNREADABLE
    assert "no choice 'Ministry of Buoys'" in watch.look("in_gazette").text


def test_early_in_a_month_the_month_before_is_asked_for_too(watch, regulator):
    watch.declare("in_gazette", a_gazette(regulator), spider="postback", more=steps(reach="reach_back = 5\n"))

    watch.crawl(now=datetime(2026, 3, 2, 12, tzinfo=UTC))

    months = [parse_qs(body)["ddlmonth"] for path, body in regulator.posts if path.startswith("/Ministry")]
    assert months == [["3"], ["2"]]
    assert len(watch.looks("in_gazette")) == 2  # the list once, and the gazette


def test_a_site_that_wants_its_cookie_back_gets_it_for_one_walk(watch, regulator):
    page_text = '<body><p>All drafts of the ministry.</p><ul><li><a href="/1.htm">Practice draft</a></li></ul></body>'

    def guard(body):
        def reply(headers):
            if "jar=7" in headers.get("cookie", ""):
                return Reply(body)
            return Reply("", 302, {"Location": headers["host"] and "?", "Set-Cookie": "jar=7; path=/"})

        return reply

    regulator.replies["/list"], regulator.replies["/1.htm"] = guard(page_text), guard(LAW)
    more = '[params]\nitem = "li"\nsession = true\n'
    watch.declare("cn_list", regulator.origin + "/list", spider="listing", more=more)

    watch.crawl()

    assert watch.problems("cn_list") == []
    assert len(watch.snapshots("cn_list")) == 2


class _Answer:
    def __init__(self, url: str, *cookies: bytes) -> None:
        self.url = url
        self.headers = self
        self._cookies = list(cookies)

    def getlist(self, name: str) -> list[bytes]:
        return self._cookies if name == "Set-Cookie" else []


def test_cookies_go_to_the_host_that_set_them_and_end_when_it_says_so():
    session = Session()
    session.remember(_Answer("https://a.example/x", b"one=1; path=/", b"two=2", b"broken"))
    session.remember(_Answer("https://a.example/y", b"two=; Max-Age=0"))

    assert session.headers("https://a.example/z") == {"Cookie": "one=1"}
    assert session.headers("https://b.example/z") == {}
