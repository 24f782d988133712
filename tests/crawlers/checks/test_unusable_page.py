import time
from datetime import UTC, datetime

import pytest

from crawlers.checks.unusable_page import inspect, sniff, visible_text
from crawlers.errors import UnusablePageError
from crawlers.failure_causes import Cause
from crawlers.items import Exchange, FetchedPage, FetchRequest, FoundLink

LAW = "<!DOCTYPE html><title>Act</title><h1>Act</h1>" + "<p>Every keeper shall keep the light lit at night.</p>" * 20
LONG_LAW = LAW * 12


def a_page(
    body: str | bytes, *, status=200, expects=("html",), length=None, is_truncated=False, headers=(), **more_headers
):
    raw = body.encode() if isinstance(body, str) else body
    exchange = Exchange((), tuple(headers), len(raw) if length is None else length, is_truncated)
    look = FetchRequest("https://law.example/act", expects)
    at = datetime(2026, 3, 2, tzinfo=UTC)
    return FetchedPage("eu_act", look, look.page_url, look.page_url, status, exchange, raw, at, **more_headers)


def cause_of(page) -> Cause | None:
    try:
        inspect(page)
    except UnusablePageError as error:
        return error.cause
    return None


NOTICES = {
    "challenge": ("<title>Just a moment...</title><p>wait</p>", Cause.CHALLENGE),
    "block": ("<title>x</title><h1>Request Access</h1><p>Due to scraping</p>", Cause.BLOCKED),
    "block in Chinese": ("<html><body><p>您的访问被拦截，请联系管理员</p></body></html>", Cause.BLOCKED),
    "login": ("<html><body>" + "<p>请先登录后再查看本页面的内容</p>" * 3, Cause.LOGIN),
    "maintenance": ("<title>Scheduled maintenance</title>" + "<p>We will return.</p>" * 9, Cause.MAINTENANCE),
    "maintenance in Hindi": ("<title>वेबसाइट रखरखाव</title><p>x</p>", Cause.MAINTENANCE),
    "soft 404": ("<title>Page not found</title><p>Sorry.</p>", Cause.SOFT_404),
    "empty shell": ("<html><script>" + "x" * 9000 + "</script><body><div id=app></div>", Cause.EMPTY_SHELL),
}
NO_NOTICES = {
    "a law": LAW,
    "a law that speaks of access denied": LONG_LAW + "<p>Access denied to a keeper is an offence. captcha</p>",
    "a page whose header is no head": LAW.replace("<h1>", "<header>site</header><h1>"),
}


@pytest.mark.parametrize(("body", "cause"), NOTICES.values(), ids=NOTICES)
def test_a_notice_under_a_good_status_is_named(body, cause):
    assert cause_of(a_page(body)) == cause


@pytest.mark.parametrize("body", NO_NOTICES.values(), ids=NO_NOTICES)
def test_a_law_is_no_notice(body):
    assert cause_of(a_page(body)) is None


def test_a_short_list_with_its_items_is_no_shell():
    short = a_page("<html><a href='v2'>Updated</a></html>", links=(FoundLink("https://law.example/v2"),))

    assert cause_of(short) is None


def test_a_notice_in_place_of_another_format_is_named_as_the_notice():
    assert cause_of(a_page(NOTICES["block"][0], expects=("xml",))) is Cause.BLOCKED


@pytest.mark.parametrize(
    ("page", "cause"),
    [
        pytest.param(a_page(LAW, status=202), Cause.CHALLENGE, id="202"),
        pytest.param(a_page(" \n"), Cause.EMPTY, id="empty"),
        pytest.param(a_page(LAW, is_truncated=True), Cause.TRUNCATED, id="connection cut"),
        pytest.param(a_page(LAW, headers=[("Content-Length", "9999")]), Cause.TRUNCATED, id="shorter than announced"),
        pytest.param(a_page(LAW, expects=("pdf",)), Cause.WRONG_TYPE, id="HTML for a PDF"),
        pytest.param(a_page(LAW, links=(), least_items=1), Cause.TOO_FEW_ITEMS, id="empty list"),
    ],
)
def test_what_arrived_in_another_shape_is_named(page, cause):
    assert cause_of(page) == cause


@pytest.mark.parametrize(
    ("body", "family"),
    [
        pytest.param(b"%PDF-1.7", "pdf", id="gazette"),
        pytest.param(
            b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- CONVEX --><html xmlns='x'>", "html", id="XHTML of the OJ"
        ),
        pytest.param(b"<?xml version='1.0'?><RULE><PREAMB><HD>t</HD>", "xml", id="Federal Register"),
        pytest.param(b'<?xml version="1.0"?><DIV5 N="1"><HEAD>PART</HEAD>', "xml", id="eCFR, which has a HEAD"),
        pytest.param(b"<rss version='2.0'><channel><title>t</title>", "xml", id="feed, which has a title"),
        pytest.param(b"<input type='hidden'>\n<p>a fragment</p>", "html", id="fragment"),
        pytest.param(b'\n{"results": []}', "json", id="API"),
        pytest.param(b"PK\x03\x04", "zip", id="docx"),
        pytest.param("第一条".encode(), "text", id="plain text"),
        pytest.param(b"<!" * 3000, "text", id="nonsense"),
    ],
)
def test_a_format_is_known_by_its_first_bytes(body, family):
    assert sniff(body) == family


def test_visible_text_is_what_a_person_sees_in_the_page_s_own_charset():
    page = (
        '<head><meta charset="gb2312"><style>p{}</style></head><p>第一条 <b>练习</b></p><script>var x="<p>";</script>'
    )

    assert visible_text(page.encode("gb18030")) == "第一条 练习"


def test_hostile_markup_is_looked_through_in_bounded_time():
    start = time.process_time()

    assert visible_text(b"<script>" * 200_000) == ""
    assert cause_of(a_page(b"<html>" + b"<" * 2_000_000)) is None
    assert cause_of(a_page(b"<!--" * 500_000)) is Cause.WRONG_TYPE
    assert time.process_time() - start < 5
