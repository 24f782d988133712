"""Sitemaps, keys, the newest edition that exists, and the CFR's open door."""

from __future__ import annotations

import gzip
import json

import pytest

from crawlers.failure_causes import Cause
from crawlers.spiders.api_keys import headers_without_key, key_headers, with_key, without_key
from crawlers.spiders.ecfr import part_of_title
from storage.records import KeyNeed, Outcome
from tests.crawlers.conftest import LAW

MAP = '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</urlset>'
ENTRY = "<url><loc>{url}</loc><lastmod>2026-03-0{n}T10:00:00Z</lastmod></url>"


def test_a_sitemap_or_an_index_of_them_is_a_list(watch, regulator):
    origin = regulator.origin
    entries = "".join(ENTRY.format(url=f"{origin}/rules/practice-rule-{n}.html", n=n) for n in (1, 2))
    other = ENTRY.format(url=f"{origin}/about.html", n=3)
    regulator.says("/map-1.xml", MAP.format(entries + other), kind="application/xml")
    fifth = ENTRY.format(url=f"{origin}/rules/practice-rule-5.html", n=5)
    regulator.says("/map-2.xml", MAP.format(fifth), kind="application/xml")
    index = "".join(f"<sitemap><loc>{origin}/map-{n}.xml</loc></sitemap>" for n in (1, 2))
    url = regulator.says("/sitemap.xml", f"<sitemapindex>{index}</sitemapindex>", kind="application/xml")
    watch.declare("us_map", url, spider="sitemap", more='kind = "news"\n[params]\nonly = "/rules/"\n')

    watch.crawl()

    map_pages = watch.pages("us_map")
    rows = {page.title: str(page.published_on) for url, page in map_pages.items() if "/rules/" in url}
    assert rows == {"practice rule 1": "2026-03-01", "practice rule 2": "2026-03-02", "practice rule 5": "2026-03-05"}


@pytest.fixture
def key(monkeypatch):
    monkeypatch.setenv("CLAUSEWATCH_KEY_PRACTICE", "s3cr et")
    return "s3cr et"


def test_a_key_is_sent_and_never_kept(watch, regulator, key):
    rows = json.dumps({"rows": [{"url": "/b/1", "title": "Practice bill"}]})
    url = regulator.says("/api", rows, kind="application/json")
    regulator.says("/b/1", "<h1>Not Found</h1>", status=404)
    more = '[params]\nitems = "rows"\nlink = "url"\ntitle = "title"\n[key]\nname = "PRACTICE"\nquery = "apikey"\n'
    watch.declare("us_bills", url, spider="json", more=more)

    watch.crawl()

    assert regulator.paths()[0] == "/api?apikey=s3cr+et"
    traces = "".join([c.text for c in watch.looks("us_bills")] + [s.url for s in watch.snapshots("us_bills")])
    assert "s3cr" not in traces + str([p.text for p in watch.problems("us_bills")])
    assert not [path for path in (watch.home / "archive").rglob("*.gz") if b"s3cr" in _unpack(path)]


def _unpack(path) -> bytes:
    return gzip.decompress(path.read_bytes())


def test_a_key_stands_in_a_header_or_in_the_query_and_is_taken_out_again(key):
    need = KeyNeed("PRACTICE", "X-Key", "k")

    assert with_key("https://a.example/x?y=1", need) == "https://a.example/x?y=1&k=s3cr+et"
    assert key_headers(need) == {"X-Key": key}
    assert without_key("https://a.example/x?y=1&k=s3cr+et answers 500", need) == "https://a.example/x?y=1 answers 500"
    assert headers_without_key((("X-Key", key),), need) == (("X-Key", "(key)"),)


def test_without_its_key_nothing_is_sent(monkeypatch):
    monkeypatch.delenv("CLAUSEWATCH_KEY_PRACTICE", raising=False)
    need = KeyNeed("PRACTICE", query="k")

    assert with_key("https://a.example/x", need) == "https://a.example/x"
    assert key_headers(need) == {}


ACT = '[params]\ncelex = "32025R0001"\nlang = "eng"\n'


def editions(*numbers: str) -> str:
    return json.dumps({"results": {"bindings": [{"celex": {"value": n}} for n in numbers]}})


def test_where_no_edition_exists_in_the_language_the_act_as_published_is_read_and_said_so(watch, regulator):
    regulator.says("/webapi/rdf/sparql", editions(), kind="application/json")
    watch.declare("eu_act", regulator.says("/resource/celex/32025R0001"), spider="cellar", more=ACT)

    watch.crawl()

    assert watch.look("eu_act").outcome is Outcome.NEW
    assert watch.look("eu_act").text == "the act as published is read: no consolidated text exists in eng"
    query_path = next(path for path in regulator.paths() if "sparql" in path)
    assert "expression_uses_language" in query_path
    assert "language%2FENG" in query_path


def test_corrigenda_that_what_is_read_does_not_hold_yet_are_named(watch, regulator):
    regulator.says("/webapi/rdf/sparql", editions("32025R0001R(02)", "32025R0001R(01)"), kind="application/json")
    watch.declare("eu_act", regulator.says("/resource/celex/32025R0001"), spider="cellar", more=ACT)

    watch.crawl()

    assert watch.look("eu_act").text.endswith("in eng; not yet in it: 32025R0001R(01), 32025R0001R(02)")


@pytest.mark.parametrize("status", [404, 406])
def test_a_first_edition_that_is_listed_and_not_to_be_had_gives_way_to_the_act_as_published(watch, regulator, status):
    regulator.says("/webapi/rdf/sparql", editions("02025R0001-20260101"), kind="application/json")
    regulator.says("/resource/celex/02025R0001-20260101", "no such form", status=status)
    watch.declare("eu_act", regulator.says("/resource/celex/32025R0001"), spider="cellar", more=ACT)

    watch.crawl()

    assert watch.look("eu_act").outcome is Outcome.NEW
    assert watch.look("eu_act").text == (
        f"the act as published is read: 02025R0001-20260101 is listed and answers {status}"
    )

    regulator.says("/resource/celex/02025R0001-20260101", LAW.replace("lit.", "lit at night."))
    watch.crawl()
    regulator.says("/resource/celex/02025R0001-20260101", "no such form", status=status)
    watch.crawl()

    assert watch.look("eu_act").outcome is Outcome.FAILED  # a step back would be told as a change


def test_an_edition_that_is_listed_no_more_is_a_failed_look_and_no_step_back(watch, regulator):
    regulator.says("/webapi/rdf/sparql", editions("02025R0001-20260101"), kind="application/json")
    regulator.says("/resource/celex/02025R0001-20260101")
    watch.declare("eu_act", regulator.says("/resource/celex/32025R0001"), spider="cellar", more=ACT)
    watch.crawl()
    assert watch.look("eu_act").text == "the consolidated text 02025R0001-20260101 is read"

    regulator.says("/webapi/rdf/sparql", editions(), kind="application/json")
    watch.crawl()

    assert watch.look("eu_act").cause == Cause.UNREADABLE
    assert [snapshot.url.rpartition("/")[2] for snapshot in watch.snapshots("eu_act")] == ["02025R0001-20260101"]


PART = (
    '<DIV5 N="{n}" NODE="16:1.{n}" TYPE="PART"><HEAD>PART {n}</HEAD>'
    '<DIV8 N="§ {n}.1" TYPE="SECTION"><P>Light.</P></DIV8></DIV5>'
)
TITLE = "<ECFR><DIV1 TYPE='TITLE'>" + "".join(PART.format(n=n) for n in (31, 312, 3120)) + "</DIV1></ECFR>"


def test_a_part_is_cut_out_of_the_bulk_data_of_its_title(watch, regulator):
    url = regulator.says("/bulkdata/ECFR/title-16/ECFR-title16.xml", TITLE, kind="application/xml")
    watch.declare("us_part", f"{url}?part=312", spider="ecfr", more='[params]\ntitle = 16\npart = "312"\n')
    watch.declare("us_none", f"{url}?part=9", spider="ecfr", more='[params]\ntitle = 16\npart = "9"\n')

    watch.crawl()

    (snapshot,) = watch.snapshots("us_part")
    body = watch.archive.body(snapshot.archived_as).decode()
    assert body.count("<DIV5") == 1
    assert '<DIV5 N="312"' in body
    assert "cut out of the whole title" in watch.look("us_part").text
    assert watch.look("us_none").cause == Cause.UNREADABLE


def test_a_title_that_ends_within_the_part_has_none():
    assert part_of_title(TITLE[: TITLE.index("3120") - 40].encode()[:-30], "312") == b""
