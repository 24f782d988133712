"""What real sites answered, played under the shipped declarations; skipped where the recordings are not at hand."""

from __future__ import annotations

import importlib.util
import os
import re
from pathlib import Path

import pytest

from crawlers.child.fetch import FetchJob
from crawlers.declaration.load import BUILT_IN, load
from crawlers.declaration.proposals import accept_proposal
from crawlers.failure_causes import Cause
from storage.records import Outcome

REFUSALS = {"cn_npc_flk": Cause.ROBOTS, "us_ca_sb53": Cause.ROBOTS, "in_pib_releases": Cause.OTHER_LANGUAGE}
TITLES = {
    "cn_gov_gazette": "国务院公报2026年第26号",
    "cn_npc_consultations": "中华人民共和国网络犯罪防治法（草案）征求意见",
    "eu_have_your_say": "Cloud and AI Development Act",
    "in_egazette_meity": "Aadhaar amendment",
}


def _tool(path: Path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def playback(tmp_path_factory, open_watch):
    folder = Path(os.environ.get("CLAUSEWATCH_CORPUS", "")).parent / "recorded"
    if not (folder / "answers.json").exists():
        pytest.skip("no recorded answers beside CLAUSEWATCH_CORPUS")
    serve, loopback = _tool(folder / "serve.py"), _tool(folder / "loopback.py")
    ports = serve.start([folder])[""]
    answers, _ = serve.answers_of([folder])
    watch = open_watch(tmp_path_factory.mktemp("recorded"))
    watch.ids = loopback.copy(
        BUILT_IN, watch.declarations, ports, ids={answer["source"] for answer in answers}, prefix=""
    )
    watch.crawl(*(FetchJob(source_id) for source_id in load([watch.declarations])), now=None)
    yield watch
    watch.db.close()


def test_each_source_finds_its_rows_or_is_refused_for_the_right_reason(playback):
    first = {source_id: playback.looks(source_id)[0] for source_id in playback.ids}

    failures = {source_id: check.cause for source_id, check in first.items() if check.outcome is Outcome.FAILED}
    assert failures == REFUSALS


@pytest.mark.parametrize("source_id", sorted(TITLES))
def test_a_row_bears_the_title_that_the_site_gives_it(playback, source_id):
    assert TITLES[source_id] in {page.title for page in playback.pages(source_id).values()}


def test_deadlines_and_dates_come_from_the_lists(playback):
    drafts = playback.pages("cn_npc_consultations").values()

    assert {str(page.comments_due_on) for page in drafts if page.title} == {"2026-09-30", "2026-10-12"}
    assert {str(page.published_on) for page in playback.pages("in_egazette_meity").values() if page.title} == {
        "2025-12-11",
        "2025-12-18",
    }


@pytest.mark.parametrize(
    ("source_id", "end"),
    [("cn_miit_consultations", ".pdf"), ("in_sebi_circulars", ".pdf"), ("cn_gov_gazette", ".html")],
)
def test_the_text_behind_a_notice_a_frame_or_an_issue_is_fetched(playback, source_id, end):
    texts = [page for page in playback.pages(source_id).values() if not page.listing]

    assert texts
    assert all(page.url.partition("?")[0].endswith(end) for page in texts)


SPOILT = {
    "eu_edpb_documents": ("item", "div.teaser-of-old"),
    "eu_have_your_say": ("items", "_embedded.initiativeResultDtoes"),
    "in_meity_notifications": ("items", "documents"),
    "cn_npc_consultations": ("items", "data.list"),
}


def test_a_real_list_under_a_shape_of_before_is_found_again_and_mended_by_one_command(tmp_path, playback, open_watch):
    watch = open_watch(tmp_path)
    for source_id, (key, value) in SPOILT.items():
        path = next(playback.declarations.glob(f"*/{source_id}.toml"))
        text = re.sub(rf"^{key} = .*$", f'{key} = "{value}"', path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        (watch.declarations / path.parent.name).mkdir(exist_ok=True)
        (watch.declarations / path.parent.name / path.name).write_text(text, encoding="utf-8")

    watch.crawl(now=None)

    for source_id in SPOILT:
        assert Cause.SHAPE_CHANGED in {problem.cause for problem in watch.problems(source_id)}, source_id
        accept_proposal(watch.home, source_id, [watch.declarations])
    watch.crawl(now=None)
    for source_id in SPOILT:
        titles = {page.title for page in watch.pages(source_id).values() if page.title}
        assert titles >= {page.title for page in playback.pages(source_id).values() if page.title and not page.listing}
        assert not [p for p in watch.problems(source_id) if p.cause in {Cause.SHAPE_CHANGED, Cause.TOO_FEW_ITEMS}]
    watch.db.close()
