import io
import re
import zipfile
from datetime import date

import pytest
from lxml import html

from tracker.view_models.change_set_facts import ChangeSetFacts, DateMove, Other
from tracker.web.page_templates import _ENVIRONMENT

OLD, NEW = "cn_practice@2026-03-02", "cn_practice@2026-03-02.2"
PAGES = {
    "/": "1 provision changed",
    "/?jurisdiction=cn&weight=high&kind=new_version": "1 provision changed",
    "/instruments": "练习服务管理规定",
    "/instruments/cn_practice": "第一条",
    f"/instruments/cn_practice?version={OLD}": "See the newest text",
    "/instruments/cn_practice/history/art_1": "through all versions",
    "/changes": "Practice",
    "/changes/1": "30 days to 10 days",
    "/changes/1?view=side": "Old",
    "/changes/1?show=whole": "第二条",
    "/compare": "Compare two texts",
    f"/compare?old={NEW}&new={OLD}": "10 days to 30 days",
    "/search?q=评估": "<mark>评估</mark>",
    "/calendar": "January 2999",
    "/calendar?past=true": "Past dates",
    "/topics": "Explainable AI",
    "/topics/explainable-ai": "The right to know why",
    "/topics/explainable-ai/cn": "Explainable AI: China",
    "/instruments/cn_practice/duties": "obligations",
    "/?lang=zh": "跳到正文",
    "/instruments/cn_practice?lang=zh": "自2026年5月1日起",
    "/jurisdictions": "China",
    "/jurisdictions/cn": "练习服务管理规定",
    "/sources": "we checked and nothing changed",
    "/sources/cn_test": "we checked and nothing changed",
    "/evidence/1": "SHA-256",
    "/briefing": "Weekly briefing",
    "/briefing/2026-W10": "30 days to 10 days",
    "/deadlines": "Comment deadlines",
    "/docs": "/api/v1/search",
    "/subscribe": "Your email address",
    "/subscribe/thanks": "Thank you",
    "/subscribe?instrument=cn_practice&topic=biometrics": "Only these laws",
    "/manage": "Send me a link",
    "/feeds": "jurisdictions/cn.ics",
    "/operators/sign-in": "clausewatch operators hash",
}


@pytest.mark.parametrize(("path", "says"), PAGES.items())
def test_every_page_shows_what_it_is_for_and_answers_head(client, path, says):
    answer = client.get(path)
    assert answer.status_code == 200
    assert says in answer.text
    head_answer = client.head(path)
    assert head_answer.status_code == 200
    assert head_answer.content == b""


@pytest.mark.parametrize("path", PAGES)
def test_what_a_regulator_wrote_is_shown_as_text(client, path):
    answer = client.get(path).text
    page = html.fromstring(answer)
    scripts = [element for element in page.iter("script") if element.get("type") != "application/ld+json"]
    assert {element.get("src") for element in scripts} <= {"/static/clausewatch.js", "/static/zone.js"}
    assert not list(page.iter("img", "object", "embed", "base", "style"))
    assert not [name for element in page.iter() for name in element.attrib if name.startswith("on") or name == "style"]
    assert not [
        element for element in page.iter("a") if (element.get("href") or "").startswith(("javascript:", "data:"))
    ]
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", answer)


@pytest.mark.parametrize("path", PAGES)
def test_every_anchor_is_unique_and_every_link_inside_a_page_leads_somewhere(client, path):
    page = html.fromstring(client.get(path).text)
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    inside = [a.get("href")[1:] for a in page.iter("a") if (a.get("href") or "").startswith("#")]
    assert set(inside) <= set(ids)


def test_every_link_of_the_pages_can_be_followed(client):
    paths = set(PAGES)
    for path in PAGES:
        for a in html.fromstring(client.get(path).text).iter("a"):
            address = (a.get("href") or "").partition("#")[0]
            if address.startswith("/") and not address.startswith("/language/") and address not in paths:
                paths.add(address)
                status = client.head(address, follow_redirects=True).status_code
                assert status == 200 or (address.endswith("/proof") and status == 409), address  # nothing is sealed yet


def test_a_redline_marks_what_went_and_what_came(client):
    answer = client.get("/changes/1").text
    assert "<del>" in answer
    assert "<ins>" in answer
    assert 'id="art_1' in answer


def test_side_by_side_the_old_words_stand_left_and_the_new_ones_right(client):
    page = html.fromstring(client.get("/changes/1?view=side").text)
    left, right = page.find_class("sides")[0]
    assert "".join(left.xpath(".//del//text()")) == "30日"
    assert "".join(right.xpath(".//ins//text()")) == "10日"
    assert not left.xpath(".//ins")


@pytest.mark.parametrize(
    "path",
    ["/instruments/none", "/instruments/cn_practice?version=x@1", "/changes/99", "/evidence/99", "/nowhere",
     "/topics/none", "/topics/none/cn", "/topics/explainable-ai/none", "/jurisdictions/none",
     "/instruments/none/duties", "/language/xx", "/sources/none", "/compare?old=a&new=b", "/static/app.py",
     "/instruments/cn_practice/history/art_99"],
)  # fmt: skip
def test_what_is_not_there_is_said_plainly(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert "<h1>Not found</h1>" in answer.text


@pytest.mark.parametrize("path", ["/changes/x", "/changes/0", f"/changes/{2**70}", "/?weight=huge", "/changes?page=0"])
def test_what_makes_no_sense_is_refused_plainly(client, path):
    answer = client.get(path)
    assert answer.status_code == 422
    assert "<h1>This cannot be answered</h1>" in answer.text


def test_nothing_is_written_by_a_post_that_is_not_our_form(client):
    for path in PAGES:
        assert client.post(path).status_code in {405, 415}
        assert client.post(path, data={"form": "guessed"}).status_code in {403, 405}


def test_an_unchanged_page_is_not_sent_twice(client):
    first = client.get("/")
    again = client.get("/", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert "content-security-policy" in again.headers


def test_health_says_that_the_service_answers(client):
    health = client.get("/healthz").json()
    assert (health["status"], health["problems"], health["sources"]) == ("ok", 0, 1)


def test_the_official_page_is_where_the_text_that_is_shown_came_from(client):
    answer = html.fromstring(client.get("/instruments/cn_practice").text)
    assert answer.xpath("//dt[text()='Official page']/following-sibling::dd[1]/a/@href") == ["http://127.0.0.1/x"]
    assert client.get("/api/v1/instruments/cn_practice").json()["url"] == "http://127.0.0.1/x"


def test_a_set_of_changes_is_there_as_a_word_document(client):
    assert 'href="/changes/1/word"' in client.get("/changes/1").text
    word = client.get("/changes/1/word")
    assert word.headers["content-type"].endswith("wordprocessingml.document")
    assert word.headers["content-disposition"].startswith("attachment; filename*=UTF-8''cn_practice")
    with zipfile.ZipFile(io.BytesIO(word.content)) as document:
        assert "<w:delText" in document.read("word/document.xml").decode()
    assert client.get("/changes/99/word").status_code == 404


def test_a_set_of_changes_can_be_taken_along_in_every_form_the_page_names(client):
    page = html.fromstring(client.get("/changes/1").text)
    links = page.xpath("//a[@download]/@href")
    names = ["word", "table", "markdown", "akn"]
    assert [link.rpartition("/")[2] for link in links][:4] == names
    answers = {name: client.get(f"/changes/1/{name}") for name in names}
    assert {answer.status_code for answer in answers.values()} == {200}
    assert "~~30~~" in answers["markdown"].text or "30" in answers["markdown"].text
    assert answers["akn"].content.startswith(b"<?xml")
    assert "第一条" in answers["akn"].text
    assert client.get("/changes/99/table").status_code == client.get("/changes/99/akn").status_code == 404


def test_a_set_of_changes_says_how_it_is_cited(client):
    [citation] = html.fromstring(client.get("/changes/1?view=side").text).xpath("//*[@id='citation']")
    assert "changes between the texts seen on 2 March 2026 and on 3 March 2026" in citation.text_content()
    assert citation.text_content().endswith("/changes/1")


def test_a_unit_stands_once_with_what_its_change_means_in_chips(client):
    page = html.fromstring(client.get("/changes/1").text)
    [section] = page.xpath("//section[contains(@class, 'change')]")
    assert [chip.text_content() for chip in section.xpath(".//ul[@class='tags']/li")] == [
        "shorter time limit: 30 days → 10 days"
    ]
    chinese = html.fromstring(client.get("/changes/1?lang=zh").text)
    assert chinese.xpath("//ul[@class='tags']/li")[0].text_content() == "期限缩短：30日 → 10日"


def test_a_change_page_says_from_when_it_counts_and_the_table_of_its_dates(client):
    answer = client.get("/changes/1").text
    assert "<dt>Takes effect</dt><dd>not stated</dd>" in answer
    assert "<caption>" not in answer


def test_the_table_of_dates_names_scope_days_and_move():
    moves = (DateMove("applies", "<i>buoys</i>", date(2026, 8, 2), date(2027, 12, 2), "postponed"),
             DateMove("in force", "", None, date(2028, 1, 1), "added"))  # fmt: skip
    by = Other("Regulation (EU) 2026/777", "/instruments/eu_777")
    facts = ChangeSetFacts(by, 1, False, date(2026, 3, 2), "M1 <b>", date(2026, 4, 1), "from April", moves, ())

    answer = html.fromstring(_ENVIRONMENT.get_template("_parts.html").module.set_facts(facts, "en"))

    rows = [[cell.text_content() for cell in row] for row in answer.iter("tr")][1:]
    assert rows == [
        ["Applies", "<i>buoys</i>", "2 August 2026", "2 December 2027", "postponed"],
        ["In force", "the whole act", "–", "1 January 2028", "added"],
    ]
    text = " ".join(answer.text_content().split())
    assert "Amended byRegulation (EU) 2026/777, 2 March 2026, and 1 earlier act" in text
    assert "Takes effect1 April 2026 from April" in text


def test_the_pages_show_them_with_the_same_facts_as_a_table(client):
    table_page = client.get("/instruments/cn_practice/changed-articles").text
    assert "<svg" in table_page
    assert "The same as a table" in table_page
    assert "<svg" in client.get("/instruments/cn_practice").text
    assert client.get("/instruments/none/changed-articles").status_code == 404
    assert "<svg" in client.get("/coverage").text
