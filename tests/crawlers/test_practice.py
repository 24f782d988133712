"""The practice regulators answer as the real sites do, and differ from day to day as the script says."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pypdfium2
import pytest
from bs4 import BeautifulSoup
from lxml import etree

import crawlers.practice
from crawlers.practice import Practice, days, declarations

RULE = "/2022-12/11/c_1672221949318229.htm"
DRAFT = "/2026-03/07/c_1772841600000104.htm"
OLD = "/2016-11/07/c_1119867999.htm"
CAC_LIST = "/wxzw/zcfg/bmgz/A09370303index_1.htm"
ACT = "/resource/celex/32025R9001"
CONSOLIDATED_PATH = "/resource/celex/02025R9001-20260301"
PART = "/api/versioner/v1/full/{}/title-16.xml?part=9101"
MEITY_LIST = "/documents/gazettes-notifications"
RELEASE = "/PressReleasePage.aspx?PRID=9100001"
NEGOTIATION_HEADERS = {"Accept": "application/xhtml+xml", "Accept-Language": "eng"}
PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


class Visitor:
    """Asks the practice, and follows nothing by itself."""

    def __init__(self, practice: Practice) -> None:
        self.practice = practice

    def ask(self, role, path, day=None, method="GET", **headers):
        if day is not None:
            self.practice.day = day
        connection = HTTPConnection(urlsplit(self.practice.origins[role]).netloc, timeout=5)
        try:
            connection.request(method, path, headers={k.replace("_", "-"): v for k, v in headers.items()})
            response = connection.getresponse()
            return response.status, {k.lower(): v for k, v in response.getheaders()}, response.read()
        finally:
            connection.close()

    def body(self, role, path, day, **headers):
        status, _, body = self.ask(role, path, day, **headers)
        assert status == 200
        return body

    def law(self, celex_path, day):
        status, headers, _ = self.ask("cellar", celex_path, day, **NEGOTIATION_HEADERS)
        assert status == 303
        return self.body("cellar", urlsplit(headers["location"]).path, day)


@pytest.fixture(scope="module")
def visitor() -> Iterator[Visitor]:
    with Practice() as practice:
        yield Visitor(practice)


def words(markup: bytes, selector: str | None = None) -> str:
    """Return the text without any white space: what must not differ when only the template does."""
    if markup.startswith(b"<?xml"):
        root = etree.fromstring(markup, PARSER)
        nodes = root.xpath("//*[@id=$id]", id=selector.removeprefix("#")) if selector else [root]
        return "".join(nodes[0].xpath("string()").split())
    soup = BeautifulSoup(markup.decode(), "lxml")
    node = soup.select_one(selector) if selector else soup
    return "".join(node.get_text().split())


def pdf_text(body: bytes) -> str:
    document = pypdfium2.PdfDocument(body)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


# the days


def test_there_are_nine_consecutive_days_from_2_march_2026_and_one_three_weeks_later():
    assert [day.number for day in days()] == list(range(1, 11))
    assert [day.on for day in days()[:9]] == [date(2026, 3, 2) + timedelta(days=n) for n in range(9)]
    assert days()[-1].on == date(2026, 3, 31)


def test_a_day_outside_the_script_is_refused(visitor):
    with pytest.raises(ValueError, match="not a day 11"):
        visitor.practice.day = 11


# CAC


def test_the_rule_has_25_articles_in_five_chapters_under_a_joint_order(visitor):
    text = words(visitor.body("cac", RULE, 1), "#BodyLabel")
    assert text.startswith("国家互联网信息办公室中华人民共和国工业和信息化部中华人民共和国公安部令第97号")
    assert "2022年11月25日" in text
    assert "自2023年1月10日起施行" in text
    assert len(articles(visitor, RULE, 1)) == 25
    assert re.findall("第[一二三四五六]章", text) == ["第一章", "第二章", "第三章", "第四章", "第五章"]
    assert "是指" in text
    assert "（六）三维场景" in text


def test_the_amendment_inserts_one_article_and_shortens_the_time_limit(visitor):
    old, new = articles(visitor, RULE, 1), articles(visitor, RULE, 2)
    assert len(new) == 26
    assert "三十日内" in old[8]
    assert "十日内" in new[8]
    assert "三十日" not in new[8]
    assert new[9].startswith("第十条深度合成服务提供者应当为未成年人")
    assert old[:5] + old[6:8] == new[:5] + new[6:8]


def test_references_follow_the_renumbering(visitor):
    old, new = articles(visitor, RULE, 1), articles(visitor, RULE, 2)
    assert "本规定第十八条" in old[5]
    assert "本规定第十九条" in new[5]
    assert "违反本规定第十五条" in old[20]
    assert "违反本规定第十六条" in new[21]


def test_the_rule_is_listed_beside_a_press_release_and_a_q_and_a(visitor):
    soup = BeautifulSoup(visitor.body("cac", CAC_LIST, 1).decode(), "lxml")
    links = soup.select("#loadingInfoPage li > h5 > a[href][title]")
    assert [link["title"] for link in links] == [
        "《互联网信息服务深度合成管理练习规定》答记者问",
        "国家互联网信息办公室等三部门公布《互联网信息服务深度合成管理练习规定》",
        "互联网信息服务深度合成管理练习规定",
    ]
    assert all(link["href"].startswith("//127.0.0.1:") for link in links)
    assert [node.get_text() for node in soup.select("li > div.times")] == ["2022-12-11"] * 3


def test_the_draft_appears_on_day_6_with_a_deadline_and_a_blank_commencement(visitor):
    assert visitor.ask("cac", DRAFT, 5)[0] == 404
    assert DRAFT not in visitor.body("cac", CAC_LIST, 5).decode()
    assert DRAFT in visitor.body("cac", CAC_LIST, 6).decode()
    text = visitor.body("cac", DRAFT, 6).decode()
    assert "意见反馈截止时间为2026年6月30日" in text
    assert "自2026年　月　日起施行" in text


def test_the_old_page_says_gb2312_and_is_gb18030(visitor):
    _, headers, body = visitor.ask("cac", OLD, 1)
    assert headers["content-type"] == "text/html"
    assert b"charset=gb2312" in body
    with pytest.raises(UnicodeDecodeError):
        body.decode("gbk")
    assert "李䶮" in body.decode("gb18030")


def test_a_cac_page_differs_on_every_request_but_not_in_its_text(visitor):
    first, second = (visitor.body("cac", RULE, 1) for _ in range(2))
    assert first != second
    assert words(first, "#BodyLabel") == words(second, "#BodyLabel")
    stamps = [re.search(rb"publishdate:[^<]+", body)[0] for body in (first, second)]
    assert stamps[0] != stamps[1]


def articles(visitor: Visitor, path: str, day: int) -> list[str]:
    soup = BeautifulSoup(visitor.body("cac", path, day).decode(), "lxml")
    articles_text: list[str] = []
    for paragraph in soup.select("#BodyLabel p"):
        strong = paragraph.find("strong")
        text = "".join(paragraph.get_text().split())
        if strong and re.fullmatch("第[一二三四五六七八九十]+条", strong.get_text().strip()):
            articles_text.append(text)
        elif articles_text:
            articles_text[-1] += text
    return articles_text


# Cellar


def test_cellar_negotiates_and_answers_400_and_404_as_the_real_one(visitor):
    visitor.practice.day = 1
    assert visitor.ask("cellar", ACT)[0] == 400
    assert visitor.ask("cellar", ACT, Accept="application/xhtml+xml")[0] == 400
    assert visitor.ask("cellar", "/resource/celex/32025R0000", **NEGOTIATION_HEADERS)[0] == 404
    assert visitor.ask("cellar", ACT, Accept="application/xhtml+xml", Accept_Language="pol")[0] == 404
    status, headers, _ = visitor.ask("cellar", ACT, **NEGOTIATION_HEADERS)
    assert status == 303
    assert headers["location"].endswith(".0006.03/DOC_1")


def test_cellar_answers_304_to_whoever_has_the_text(visitor):
    place = urlsplit(visitor.ask("cellar", ACT, 1, **NEGOTIATION_HEADERS)[1]["location"]).path
    _, headers, _ = visitor.ask("cellar", place)
    assert visitor.ask("cellar", place, If_None_Match=headers["etag"])[0] == 304
    assert visitor.ask("cellar", place, If_Modified_Since=headers["last-modified"])[0] == 304
    assert visitor.ask("cellar", place, 3, If_None_Match=headers["etag"])[0] == 200


def test_the_act_is_printed_in_the_markup_of_the_official_journal(visitor):
    root = etree.fromstring(visitor.law(ACT, 1), PARSER)
    ids = root.xpath("//*[@class='eli-subdivision']/@id")
    assert [i for i in ids if i.startswith("art_")] == [f"art_{n}" for n in range(1, 8)]
    assert [i for i in ids if i.startswith("rct_")] == [f"rct_{n}" for n in range(1, 5)]
    assert root.xpath("//*[@class='eli-container']/@id") == ["anx_I"]
    assert "within 15 days" in "".join(root.itertext())


def test_the_consolidated_act_carries_amendment_marks_and_no_recitals(visitor):
    assert visitor.ask("cellar", CONSOLIDATED_PATH, 4, **NEGOTIATION_HEADERS)[0] == 404
    body = visitor.law(CONSOLIDATED_PATH, 5)
    root = etree.fromstring(body, PARSER)
    ids = root.xpath("//*[@class='eli-subdivision']/@id")
    assert [i for i in ids if i.startswith("art_")] == [
        *(f"art_{n}" for n in range(1, 5)),
        "art_4a",
        "art_5",
        "art_6",
        "art_7",
    ]
    assert not any(i.startswith("rct_") for i in ids)
    assert [m.xpath("string()").strip() for m in root.xpath("//*[@class='modref']")] == ["▼B", "▼M1", "▼B"]
    assert "►M1</a> 10 days ◄" in body.decode()


def test_apart_from_the_amendment_both_renderings_say_the_same(visitor):
    old = words(visitor.law(ACT, 5), "#enc_1")
    new = words(visitor.law(CONSOLIDATED_PATH, 5), "#enc_1")
    insertion = new[new.index("▼M1") : new.index("▼B") + len("▼B")]
    assert old.replace("15days", "►M110days◄") == new.replace(insertion, "")


def test_sparql_lists_the_consolidated_act_from_day_5(visitor):
    query = "/webapi/rdf/sparql?format=application%2Fsparql-results%2Bjson&query=SELECT+32025R9001"
    assert json.loads(visitor.body("cellar", query, 4))["results"]["bindings"] == []
    (row,) = json.loads(visitor.body("cellar", query, 5))["results"]["bindings"]
    assert (row["celex"]["value"], row["date"]["value"]) == ("02025R9001-20260301", "2026-03-01")


def test_on_day_4_cellar_challenges_with_an_empty_202(visitor):
    place = urlsplit(visitor.ask("cellar", ACT, 4, **NEGOTIATION_HEADERS)[1]["location"]).path
    status, headers, body = visitor.ask("cellar", place)
    assert (status, body, headers["x-amzn-waf-action"]) == (202, b"", "challenge")


# Federal Register and eCFR


def test_the_postponing_rule_is_listed_from_day_5(visitor):
    path = "/api/v1/documents.json?conditions%5Bterm%5D=automated+decisions&conditions%5Btype%5D%5B%5D=RULE"
    numbers = [
        [d["document_number"] for d in json.loads(visitor.body("fedreg", path, day))["results"]] for day in (4, 5)
    ]
    assert numbers == [["2026-90011"], ["2026-90042", "2026-90011"]]
    assert json.loads(visitor.body("fedreg", path.replace("automated", "airport"), 5))["count"] == 0


def test_page_views_change_on_every_request_and_nothing_else(visitor):
    first, second = (json.loads(visitor.body("fedreg", "/api/v1/documents/2026-90011.json", 1)) for _ in range(2))
    assert {key for key in first if first[key] != second[key]} == {"page_views", "regulations_dot_gov_info"}
    assert first["effective_on"] == "2026-07-01"


def test_on_day_5_xml_and_text_are_a_block_page_under_200(visitor):
    shape = json.loads(visitor.body("fedreg", "/api/v1/documents/2026-90042.json", 5))
    for key in ("full_text_xml_url", "raw_text_url"):
        _, headers, body = visitor.ask("fedreg", urlsplit(shape[key]).path, 5)
        assert headers["content-type"].startswith("text/html")
        assert b"Request Access" in body
        assert b"until January 4, 2027" in visitor.body("fedreg", urlsplit(shape[key]).path, 6)


def test_the_rule_says_when_it_is_effective(visitor):
    root = etree.fromstring(visitor.body("fedreg", "/documents/full_text/xml/2026/02/20/2026-90011.xml", 1), PARSER)
    assert root.findtext("PREAMB/EFFDATE/P") == "This rule is effective July 1, 2026."
    assert [node.text for node in root.iter("SECTNO")] == ["§ 9102.1", "§ 9102.2", "§ 9102.3"]


def test_an_amount_of_the_part_changes_with_the_issue_of_5_march(visitor):
    titles = [json.loads(visitor.body("fedreg", "/api/versioner/v1/titles.json", day))["titles"][0] for day in (3, 4)]
    assert [title["latest_issue_date"] for title in titles] == ["2026-02-27", "2026-03-05"]
    assert visitor.ask("fedreg", PART.format("2026-03-05"), 3)[0] == 404
    old, new = (visitor.body("fedreg", PART.format(on), 4) for on in ("2026-02-27", "2026-03-05"))
    assert words(old).replace("$5,000", "$7,500") == words(new)
    assert len(etree.fromstring(new, PARSER).findall(".//DIV8")) == 5


# MeitY and PIB


def test_the_corrected_rules_replace_the_notified_ones_under_a_new_address(visitor):
    rows = {
        day: BeautifulSoup(visitor.body("meity", MEITY_LIST, day), "lxml").select("table.documents tbody tr")
        for day in (6, 8)
    }
    title = "Synthetic Media Labelling (Practice) Rules, 2026"
    assert [row.a["title"] for row in rows[6]] == [title]
    assert [row.a["title"] for row in rows[8]] == [f"Corrigenda to the {title}", title]
    old, new = (rows[day][-1].a["href"] for day in (6, 8))
    assert old != new
    assert visitor.ask("meity", old, 8)[0] == 200
    assert visitor.ask("meity", new, 7)[0] == 404


def test_the_gazette_is_hindi_first_english_second_and_small(visitor):
    body = visitor.body("meity", gazette(visitor, 1), 1)
    text = pdf_text(body)
    assert len(body) < 60_000
    assert text.index("भारत का राजपत्र") < text.index("MINISTRY OF ELECTRONICS")
    assert re.search(r"^2 THE GAZETTE OF INDIA : EXTRAORDINARY", text, re.MULTILINE)
    assert len(re.findall(r"^\d\. [A-Z][\w ]+\.—", text, re.MULTILINE)) == 7


def test_the_corrected_rules_differ_exactly_where_the_corrigendum_says(visitor):
    old, new_text = (pdf_text(visitor.body("meity", gazette(visitor, day), 8)) for day in (1, 8))
    corrigendum = pdf_text(visitor.body("meity", gazette(visitor, 8, row=0), 8))
    replacements = re.findall("for “([^”]+)”, read “([^”]+)”", " ".join(corrigendum.split()))
    assert len(replacements) == 3
    flat = " ".join(old.split())
    for wrong, right in replacements:
        assert flat.count(wrong) == 1
        flat = flat.replace(wrong, right)
    assert flat == " ".join(new_text.split())


def test_on_day_7_the_list_is_an_empty_shell(visitor):
    body = visitor.body("meity", MEITY_LIST, 7)
    assert b'<div id="root"></div>' in body
    assert b"<table" not in body


def test_the_view_state_of_pib_changes_on_every_request(visitor):
    soups = [BeautifulSoup(visitor.body("meity", RELEASE, 1), "lxml") for _ in range(2)]
    states = {soup.select_one("#__VIEWSTATE")["value"] for soup in soups}
    counters = {soup.select_one("#lblViews").get_text() for soup in soups}
    assert (len(states), len(counters)) == (2, 2)
    assert len({soup.select_one("p").get_text() for soup in soups}) == 1


def test_the_feed_gains_an_item_on_days_2_and_8(visitor):
    path = "/RssMain.aspx?ModId=6&Lang=1&Regid=3"
    counts = [len(etree.fromstring(visitor.body("meity", path, day), PARSER).findall(".//item")) for day in range(1, 9)]
    assert counts == [1, 2, 2, 2, 2, 2, 2, 3]


def gazette(visitor: Visitor, day: int, row: int = -1) -> str:
    soup = BeautifulSoup(visitor.body("meity", MEITY_LIST, day), "lxml")
    return soup.select("table.documents tbody a")[row]["href"]


# the cosmetic day


@pytest.mark.parametrize(
    ("role", "path", "selector"),
    [
        ("cac", RULE, "#BodyLabel"),
        ("cac", CAC_LIST, "#loadingInfoPage"),
        ("fedreg", "/documents/full_text/xml/2026/02/20/2026-90011.xml", None),
        ("fedreg", PART.format("2026-02-27"), None),
        ("meity", MEITY_LIST, "table.documents tbody"),
        ("meity", RELEASE, "#PrDateTime"),
    ],
)
def test_on_the_cosmetic_day_the_bytes_differ_and_the_words_do_not(visitor, role, path, selector):
    before, after = visitor.body(role, path, 2), visitor.body(role, path, 3)
    assert before != after
    assert words(before, selector) == words(after, selector)


def test_on_the_cosmetic_day_cellar_converts_the_same_act_again(visitor):
    before, after = visitor.law(ACT, 2), visitor.law(ACT, 3)
    assert before != after
    assert words(before) == words(after)


def test_on_the_cosmetic_day_the_old_page_keeps_its_words(visitor):
    bodies = [visitor.body("cac", OLD, day).decode("gb18030").encode() for day in (2, 3)]
    assert bodies[0] != bodies[1]
    assert words(bodies[0], "#content") == words(bodies[1], "#content")


# guests, the log and the declarations


@pytest.mark.parametrize("role", ["cac", "cellar", "fedreg", "meity"])
def test_every_regulator_has_its_own_robots_txt(visitor, role):
    assert visitor.body(role, "/robots.txt", 1).startswith(b"User-agent: *\nDisallow: /")


def test_the_log_shows_what_was_asked_and_counts_the_trap():
    with Practice() as practice:
        Visitor(practice).ask("cac", "/zfz/neibu.htm", 2, User_Agent="a guest")
    (request,) = practice.requests
    assert (request.day, request.role, request.method, request.path, request.status) == (
        2,
        "cac",
        "GET",
        "/zfz/neibu.htm",
        404,
    )
    assert request.headers["user-agent"] == "a guest"
    assert practice.trap_hits == {"cac": 1, "cellar": 0, "fedreg": 0, "meity": 0}
    assert practice.busiest["cac"] == 1


def test_many_guests_at_once_are_answered_and_all_logged():
    with Practice() as practice:
        visitor = Visitor(practice)
        with ThreadPoolExecutor(8) as pool:
            statuses = list(pool.map(lambda _: visitor.ask("cac", RULE)[0], range(40)))
    assert statuses == [200] * 40
    assert len(practice.requests) == 40


def test_each_declaration_is_toml_with_addresses_of_the_running_practice(visitor):
    declared_files = declarations(visitor.practice.origins)
    assert len(declared_files) == 9
    for path, text in declared_files.items():
        declaration = tomllib.loads(text)
        jurisdiction, name = path.split("/")
        assert name.startswith(f"{jurisdiction}_")
        assert declaration["politeness"]["pause"] == "0 seconds"
        assert all(url.startswith("http://127.0.0.1:") for url in declaration["urls"])
        assert "{" not in text


def test_every_declared_address_answers(visitor):
    for text in declarations(visitor.practice.origins).values():
        url = urlsplit(tomllib.loads(text)["urls"][0])
        role = next(role for role, origin in visitor.practice.origins.items() if origin.endswith(url.netloc))
        status, _, _ = visitor.ask(role, f"{url.path}?{url.query}", 1, **NEGOTIATION_HEADERS)
        assert status in {200, 303}


def test_the_script_names_every_day_and_every_source(visitor):
    script = (Path(crawlers.practice.__file__).parent / "SCRIPT.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \| (\d{4}-\d\d-\d\d) \| (\d+) ", script, re.MULTILINE)
    assert [(int(n), date.fromisoformat(on)) for n, on, _ in rows] == [(day.number, day.on) for day in days()]
    for path in declarations(visitor.practice.origins):
        assert f"`{Path(path).stem}`" in script
    pages = re.findall(r"^\| `\w+` \|[^|]+\| (\d) \| (\d) \| (\d) \| (\d) \| (\d) \|$", script, re.MULTILINE)
    sums = [sum(int(row[n]) for row in pages) for n in range(5)]
    assert [int(check_count) for *_, check_count in rows] == [sums[n] for n in (0, 0, 0, 0, 1, 2, 2, 3, 4, 4)]


def test_the_points_under_an_unnumbered_paragraph_are_printed_in_both_renderings(visitor):
    for act, day in ((ACT, 1), (CONSOLIDATED_PATH, 5)):
        assert "‘provider’ means" in visitor.law(act, day).decode()
