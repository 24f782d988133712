"""What refers here and what became of a draft: pages over real HTTP, and the same for programs."""

from __future__ import annotations

import itertools
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest
from lxml import html

from storage import instruments, versions
from storage.database.connection import transaction
from storage.records import Instrument
from storage.schema.open import open_database
from tests.tracker.web.conftest import NOW
from tracker.reading import read
from tracker.reading.structure.draft import ReadingContext
from tracker.view_models.draft_lineage import draft_lineage
from tracker.view_models.reference_index import reference_index

_LINES = [
    "第一条 灯塔运营者应当在{days}日内提交报告。",
    "第二条 灯塔运营者应当登记灯塔的名称、位置和光源。",
    "第三条 违反本规定第一条规定的，由主管部门给予警告。",
    "第四条 违反本规定第二条、第九条规定的，由主管部门责令改正。",
]


def lighthouse_law(days: int, *more: str) -> bytes:
    lines = [
        "# 灯塔管理规定",
        *(line.format(days=days) for line in _LINES),
        *more,
        "第五条 本规定自2026年5月1日起施行。",
    ]
    return "\n".join(lines).encode()


@pytest.fixture(scope="module")
def drafted(home):
    """Keep a draft and the final text of a law on lighthouses beside what the pages show; give the database."""
    with closing(open_database(home / "clausewatch.db")) as db:
        model = versions.find_latest(db, "cn_practice")
        assert model is not None
        for name, days in (("cn_lighthouses-draft", 30), ("cn_lighthouses", 10)):
            keep(db, model, name, read(lighthouse_law(days), ReadingContext(jurisdiction="cn")), days)
        yield db


def keep(db, model, name, reading, days):
    with transaction(db):
        instruments.add_if_new(db, Instrument(name, "cn", "Lighthouse provisions", "灯塔管理规定"))
        version_id = versions.next_id(db, name, NOW.date())
        seen_at = NOW + timedelta(days=days)
        version = replace(model, id=version_id, instrument_id=name, reading=reading, seen_at=seen_at)
        versions.add(db, version)
        versions.set_pids(db, version_id, {provision.eid: provision.eid for provision in reading.walk()})


def parsed(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, answer.text[:500]
    return html.fromstring(answer.text)


def is_well_built(page) -> bool:
    """Return whether a page has one heading of the first level, headings in order, named links and headed cells."""
    levels = [int(heading.tag[1]) for heading in page.xpath("//main//*[self::h1 or self::h2 or self::h3]")]
    in_order = all(after - before <= 1 for before, after in itertools.pairwise(levels))
    links = page.xpath("//main//a")
    ids = page.xpath("//@id")
    return (
        levels.count(1) == 1
        and in_order
        and all(link.text_content().strip() for link in links)
        and len(ids) == len(set(ids))
        and not page.xpath("//table[not(.//th[@scope])]")
    )


def test_what_refers_here_is_shown_by_the_article_referred_to(client, drafted):
    page = parsed(client, "/instruments/cn_lighthouses/references")

    assert is_well_built(page)
    heads = [heading.text_content().split()[0] for heading in page.xpath("//section[h2[@id='here']]/h3")]
    assert heads == ["第一条", "第二条"]
    assert "第九条" in page.xpath("//section[h2[@id='dangling']]")[0].text_content()


def test_the_page_of_the_law_links_to_both(client, drafted):
    page = parsed(client, "/instruments/cn_lighthouses")

    links = page.xpath("//a/@href")
    assert "/instruments/cn_lighthouses/references" in links
    assert "/instruments/cn_lighthouses/lineage" in links
    assert "1 hardened, 4 adopted" in " ".join(page.text_content().split())


@pytest.mark.parametrize("name", ["cn_lighthouses", "cn_lighthouses-draft"])
def test_the_fate_of_each_article_of_the_draft_is_shown(client, drafted, name):
    page = parsed(client, f"/instruments/{name}/lineage")

    assert is_well_built(page)
    rows = [[cell.text_content().strip() for cell in row.xpath("td")] for row in page.xpath("//tbody/tr")]
    assert rows[0][:2] == ["第一条", "第一条"]
    assert "hardened" in rows[0][2]
    assert len(rows) == 5


def test_every_link_of_both_pages_leads_somewhere(client, drafted):
    for path in ("/instruments/cn_lighthouses/references", "/instruments/cn_lighthouses/lineage"):
        for link in set(parsed(client, path).xpath("//main//a/@href")):
            assert client.get(link.split("#")[0]).status_code == 200, link


@pytest.mark.parametrize(
    "path",
    [
        "/instruments/none/references",
        "/instruments/none/lineage",
        "/instruments/cn_practice/lineage",
        "/api/v1/instruments/none/references",
        "/api/v1/instruments/cn_practice/lineage",
    ],
)
def test_what_is_not_held_is_said_plainly(client, path):
    assert client.get(path).status_code == 404


def test_programs_get_the_shapes_of_the_command_line(client, drafted):
    references = client.get("/api/v1/instruments/cn_lighthouses/references").json()
    lineage = client.get("/api/v1/instruments/cn_lighthouses/lineage").json()

    assert references["schema"] == "clausewatch/references/1"
    assert {"from_eid", "words", "to_instrument", "to_eid", "state"} == set(references["references"][0])
    assert lineage["schema"] == "clausewatch/lineage/1"
    assert next(row["fate"] for row in lineage["provisions"]) == "hardened"


def test_the_chinese_pages_say_it_in_chinese(client, drafted):
    page = client.get("/instruments/cn_lighthouses/lineage?lang=zh").text

    assert "征求意见稿的去向" in page
    assert "hardened" not in page


def test_the_views_count_what_the_pages_show(drafted):
    version = versions.find_latest(drafted, "cn_lighthouses")
    index = reference_index(drafted, version)
    lineage = draft_lineage(drafted, "cn_lighthouses-draft")

    assert (index.total, len(index.dangling)) == (2, 1)
    assert lineage is not None
    assert dict(lineage.counts) == {"hardened": 1, "adopted": 4}
    assert draft_lineage(drafted, "cn_practice") is None
