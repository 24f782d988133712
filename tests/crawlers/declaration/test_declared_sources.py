"""Every declared source, walked over a hand-written page in the markup of its site."""

from __future__ import annotations

import gzip
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawlers.declaration.catalogue import sureness
from crawlers.declaration.evidence import GRADES
from crawlers.declaration.load import BUILT_IN, load
from storage import snapshots
from storage.records import Outcome, Reading, Source, SourceKind
from tests.crawlers.printing import a_docx, a_pdf, expand
from tracker.pipeline.versions.reading_attempt import context_for, operative
from tracker.reading import read
from tracker.reading.authorities import by_ids
from tracker.render.display_names import authority_short

SITES = Path(__file__).parents[1] / "sites"
SOURCES = load([BUILT_IN])
FAMILIES = tomllib.loads((SITES / "families.toml").read_text(encoding="utf-8"))
FAMILY = {source_id: name for name, family in FAMILIES.items() for source_id in family["sources"]}
TYPES = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "xml": "application/xml",
    "txt": "application/pdf",
}
IDS = sorted(SOURCES)


def test_at_least_170_sources_are_declared_and_forty_in_each_jurisdiction():
    counts = {j: sum(s.jurisdiction == j for s in SOURCES.values()) for j in ("cn", "eu", "us", "in")}

    assert len(SOURCES) >= 170
    assert min(counts.values()) >= 40, counts


def test_every_source_has_a_page_that_stands_for_it_and_every_page_stands_for_one():
    assert FAMILY.keys() == SOURCES.keys()
    stems = {path.stem.partition("+")[0] for path in SITES.iterdir() if path.suffix != ".toml"}
    assert stems == {family["main"].rpartition(".")[0] for family in FAMILIES.values()}


@pytest.mark.parametrize("source_id", IDS)
def test_a_source_says_what_each_fact_rests_on(source_id):
    source = SOURCES[source_id]
    facts = {"urls", "robots"} | ({"rows"} if source.spider not in {"page", "cellar", "ecfr"} else set())
    facts |= {"text"} if source.kind is not SourceKind.NEWS else set()

    assert facts <= source.evidence.keys()
    assert {evidence.grade for evidence in source.evidence.values()} <= set(GRADES)


@pytest.mark.parametrize("source_id", IDS)
def test_a_source_is_never_surer_of_its_shape_than_the_page_that_stands_for_it(source_id):
    source, shape = SOURCES[source_id], FAMILIES[FAMILY[source_id]]["shape"]
    fact = "text" if source.spider in {"page", "cellar", "ecfr"} else "rows"

    assert GRADES.index(source.evidence[fact].grade) >= GRADES.index(shape)
    if shape == "unknown":
        assert sureness(source) == "unknown"


@pytest.mark.parametrize("source_id", IDS)
def test_a_fact_that_somebody_vouches_for_says_who_or_when(source_id):
    unvouched_facts = {
        fact for fact, e in SOURCES[source_id].evidence.items() if e.grade != "unknown" and not e.on + e.origin
    }

    assert unvouched_facts == set()


@pytest.mark.parametrize("source_id", IDS)
def test_a_source_names_authorities_and_topics_that_are_known(source_id):
    source = SOURCES[source_id]
    topics = tomllib.loads((BUILT_IN.parents[1] / "tracker/reading/topics.toml").read_text(encoding="utf-8"))

    assert [name for name in source.authority if authority_short(name) == name] == []
    assert set(source.topics) <= topics.keys()
    assert source.topics
    assert source.timezone != "UTC"
    assert source.expect.longest_silence


@pytest.mark.parametrize("source_id", IDS)
def test_every_authority_that_a_source_names_has_a_name_in_english_and_its_own_language(source_id):
    source = SOURCES[source_id]
    tradition = {"cn": "china", "eu": "europe", "us": "america", "in": "india"}[source.jurisdiction]

    for authority in by_ids(source.authority, tradition):
        assert authority.name != authority.id
        assert authority.native


@pytest.mark.parametrize("source_id", IDS)
def test_a_source_is_walked_and_holds_its_expectations(walk, source_id, request):
    source = SOURCES[source_id]
    if source.params.get("browser"):
        request.getfixturevalue("chromium")
    pages = walk.pages(source_id)
    landing_pages = [page for page in pages.values() if walk.landing_urls[source_id] == page.url]
    led_to = [page for page in pages.values() if page not in landing_pages]
    looks = [(check.outcome, check.cause, check.text) for check in walk.looks(source_id)]

    assert [look for look in looks if look[0] is not Outcome.NEW] == []
    assert walk.problems(source_id) == []
    if landing_pages[0].listing:
        assert len(led_to) >= max(1, source.expect.min_items)
        assert all(page.title for page in led_to)
        assert len(looks) > 1 or source.kind is SourceKind.NEWS
    else:
        reading = read_page(walk, source, landing_pages[0])
        assert [flaw for flaw in reading.flaws if flaw.fatal] == []
        assert len(operative(reading)) >= max(1, source.expect.min_provisions)


def read_page(walk, source: Source, page) -> Reading:
    snapshot = snapshots.latest(walk.db, page.id)
    return read(walk.archive.body(snapshot.archived_as), context_for(source, page, snapshot))


@pytest.mark.parametrize(
    ("source_id", "title", "instruments"),
    [
        ("in_meity_notifications", "IT (Intermediary Guidelines and Ethics Code) Rules, 2021", ["in_it_rules_2021"]),
        ("in_meity_notifications", "IT (Intermediary Guidelines and Ethics Code) Amendment Rules, 2026", []),
        ("cn_cac_laws", "中华人民共和国网络安全法（2025年修正）", ["cn_csl"]),
        ("cn_cac_laws", "全国人民代表大会常务委员会关于修改《中华人民共和国网络安全法》的决定", []),
        ("cn_cac_rules_list", "互联网信息服务深度合成管理规定", ["cn_deep_synthesis"]),
        ("cn_cac_rules_list", "国家互联网信息办公室等三部门发布《互联网信息服务深度合成管理规定》", []),
    ],
)
def test_a_found_page_belongs_to_the_instrument_that_its_title_names(source_id, title, instruments):
    joins = SOURCES[source_id].params["instruments"]

    assert [join["instrument"] for join in joins if re.search(join["title"], title)] == instruments


@pytest.mark.parametrize("source_id", IDS)
def test_an_instrument_that_a_list_joins_is_one_that_a_source_declares(source_id):
    own_instruments = {source.instrument for source in SOURCES.values()}

    assert {join["instrument"] for join in SOURCES[source_id].params.get("instruments", ())} <= own_instruments


def test_the_standard_attached_to_a_notice_is_fetched_with_it(walk):
    pages = walk.pages("cn_tc260_standards").values()

    notices = [page for page in pages if "/suggestion-detail/" in page.url]
    (standard,) = [page for page in pages if page.url.endswith(".pdf")]
    assert all(page.listing for page in notices)  # never read as law
    assert (standard.listing, standard.title) == (False, "灯塔安全练习要求.pdf")


def test_a_file_that_a_list_names_by_its_number_is_asked_for_where_the_interface_says_it_is(walk):
    pages = [page for page in walk.pages("in_dot_documents").values() if "/wp/v2/media/" in page.url]
    texts = {snapshot.url for snapshot in walk.snapshots("in_dot_documents")}

    assert pages
    assert all(page.title.startswith("Practice telecom data rules") for page in pages)
    assert any(url.endswith("/cms/wp-content/uploads/2026/03/practice.pdf") for url in texts)


def test_what_its_publisher_does_not_want_downloaded_is_left_alone(walk):
    assert not any("2c909fff" in url for url in walk.pages("cn_npc_flk"))


def test_the_newest_edition_is_asked_for_and_the_page_stays_the_declared_one(walk):
    (bill,) = walk.snapshots("us_ca_sb53")

    assert bill.url.endswith("&version=20250SB5392CHP")
    assert list(walk.pages("us_ca_sb53")) == [walk.landing_urls["us_ca_sb53"]]


def test_a_draft_behind_three_hops_is_fetched_and_what_was_received_is_kept_beside_it(walk):
    pages = walk.pages("cn_ndrc_consultations").values()

    notices = [page for page in pages if "access-url?shortKey=" in page.url]
    assert {page.title for page in notices} >= {
        "关于向社会公开征求《灯塔数据管理办法之一（公开征求意见稿）》意见的公告"
    }
    (draft,) = [page for page in pages if page.url.endswith(".docx")]
    assert (draft.listing, draft.title) == (False, "灯塔数据管理办法（公开征求意见稿）")
    read = next(page for page in notices if snapshots.latest(walk.db, page.id))
    snapshot = snapshots.latest(walk.db, read.id)
    assert snapshot.media_type == "text/html"
    assert "公开征求意见的时间" in walk.archive.body(snapshot.archived_as).decode()
    body = gzip.decompress((walk.archive.root / snapshot.archived_as).read_bytes())
    assert b'"insertApply": "YES"' in body


def test_a_list_prints_its_dates_where_the_site_prints_them(walk):
    for source_id in ("cn_moj_consultations", "in_cert_in_notes", "in_irdai_circulars", "cn_miit_policy_search"):
        listed_pages = [page for page in walk.pages(source_id).values() if page.url != walk.landing_urls[source_id]]
        assert {str(page.published_on)[:7] for page in listed_pages if page.title} <= {"2026-03", "2026-02"}, source_id
    for source_id in ("in_dot_documents", "in_trai_regulations", "in_trai_consultations"):
        dated_pages = [page for page in walk.pages(source_id).values() if page.url != walk.landing_urls[source_id]]
        assert {str(page.published_on)[:7] for page in dated_pages} == {"2026-03"}, source_id
        assert all("\u200b" not in page.title and "Download" not in page.title for page in dated_pages)
    titles = {page.title for page in walk.pages("in_cert_in_notes").values()}
    assert "Weak lamps in lighthouses of kind 1" in titles


def test_older_rows_come_from_the_interface_behind_the_list(walk):
    (old,) = [page for page in walk.pages("cn_cac_rules_list").values() if "/2019-01/" in page.url]

    assert str(old.published_on) == "2019-01-02"
    requests = walk.posts["cn_cac_rules_list"]
    assert any(path == "/cms/JsonList" and "channelCode=A09370303" in body for path, body in requests)


def test_a_form_is_sent_back_with_its_hidden_fields_and_the_question(walk):
    ((_, body),) = [name for name in walk.posts["in_pib_meity_archive"] if name[1]]

    assert "__VIEWSTATE=s1" in body
    assert "ddlMonth=3" in body


@pytest.fixture(scope="module")
def walk(tmp_path_factory, open_watch, open_regulator) -> Iterator[object]:
    """All sources, each with a regulator of its own, walked in one crawl."""
    watch = open_watch(tmp_path_factory.mktemp("walked"))
    regulators = {source_id: open_regulator() for source_id in IDS}
    for source_id, regulator in regulators.items():
        source = SOURCES[source_id]
        path = watch.declarations / source.jurisdiction / f"{source_id}.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(_moved_home(source, regulator.origin), encoding="utf-8")
        answers = Answers(source, regulator.origin)
        regulator.otherwise = answers.reply
    watch.landing_urls = {source_id: source.urls[0] for source_id, source in load([watch.declarations]).items()}
    watch.crawl()
    watch.posts = {source_id: regulator.posts for source_id, regulator in regulators.items()}
    yield watch
    for regulator in regulators.values():
        regulator.close()
    watch.db.close()


def _moved_home(source: Source, origin: str) -> str:
    """Return the declaration with every address on this machine, and at most two new pages a walk."""
    declaration = (BUILT_IN / source.jurisdiction / f"{source.id}.toml").read_text(encoding="utf-8")
    head, *vocabulary = re.split(r"(http://publications\.europa\.eu/ontology\S+)", declaration)  # names, no addresses
    text = "".join(
        piece if "/ontology" in piece else re.sub(r"https?://[a-z0-9.-]+", origin, piece)
        for piece in (head, *vocabulary)
    )
    text = re.sub(r'^only = "[a-z.]+/"', 'only = "/"', text, flags=re.M)
    text = re.sub(r"^max_new = .*\n", "", text, flags=re.M)
    if source.spider not in {"page", "cellar", "ecfr"}:
        text = (
            text.replace("[params]", "[params]\nmax_new = 2", 1)
            if "[params]" in text
            else f"{text}\n[params]\nmax_new = 2\n"
        )
    return re.sub(r"^\[politeness\]\npause = .*\n", "", text, flags=re.M) + '\n[politeness]\npause = "0 seconds"\n'


class Answers:
    """What the regulator of one source says to any address."""

    def __init__(self, source: Source, origin: str) -> None:
        self.source, self.origin = source, origin
        name, _, self.suffix = FAMILIES[FAMILY[source.id]]["main"].rpartition(".")
        self.main = SITES / f"{name}.{self.suffix}"
        self.extra = {path.stem.partition("+")[2]: path for path in SITES.glob(f"{name}+*")}
        self.path = re.sub(r"https?://[^/]+", "", source.urls[0])

    def reply(self, path: str) -> tuple[int, str, bytes]:
        flat = path.replace("/", "-")
        for slug, file in self.extra.items():
            if slug in flat:
                return self._of(file)
        if path.partition("?")[0] == self.path.partition("?")[0]:
            return self._of(self.main)
        return _LEAVES.get(path.partition("?")[0].rpartition(".")[2], _LEAVES["html"])

    def _of(self, file: Path) -> tuple[int, str, bytes]:
        kind = TYPES[file.suffix[1:]]
        text = expand(file.read_text(encoding="utf-8"), self._values(), self._times())
        return 200, kind, a_pdf(text) if file.suffix == ".txt" else text.encode()

    def _values(self) -> dict[str, str]:
        params = self.source.params
        return {
            "origin": self.origin,
            "host": self.origin.partition("//")[2],
            "title": str(params.get("title", "")),
            "part": str(params.get("part", "")),
            "leaf": "pdf" if ".pdf" in str(params) else "html",
        }

    def _times(self) -> int:
        return max(self.source.expect.min_items, self.source.expect.min_provisions, 2) + 1


_LAW = (
    "<!DOCTYPE html><title>Practice law</title>"
    + "<p>The keeper of the lighthouse shall keep the light lit at night.</p>" * 5
)
_LEAVES = {
    "html": (200, TYPES["html"], _LAW.encode()),
    "pdf": (200, "application/pdf", a_pdf("1. The keeper shall keep the light lit at night.\n" * 9)),
    "xml": (200, "application/xml", (SITES / "presidential_document.xml").read_bytes()),
    "docx": (200, "application/octet-stream", a_docx("第一条 看守者应当点灯。")),
    "txt": (404, "text/plain", b"not found"),
}
