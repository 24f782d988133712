"""The life of one provision: by the number of any version, with all below it, to its end."""

from contextlib import closing
from datetime import timedelta

import httpx
import pytest
from lxml import html

from storage import changes, instruments, pages, snapshots, sources, versions
from storage.database.connection import transaction
from storage.records import Instrument, ReviewState, Version
from storage.schema.open import open_database
from tests.tracker.web.conftest import NOW, SOURCE, an_app, contrast, serve_app
from tracker.pipeline.versions.record_version import carry_over_pids
from tracker.reading import read
from tracker.reading.structure.draft import ReadingContext
from tracker.view_models.provision_links import history_of, text_path

FIRST, SECOND, THIRD = "cn_life@2026-03-02", "cn_life@2026-03-03", "cn_life@2026-03-04"
REGISTER = "提供者应当完成登记，并向社会公布登记结果。"
COMPLAIN = "提供者应当设置便捷的投诉入口，自收到投诉之日起{}日内核查处理，并将结果告知提出人。"
MINORS = "提供者应当采取措施保护未成年人，防止未成年人沉迷服务。"
LABEL = "提供者应当对生成内容进行显著标识：\n（一）在文字内容的起始位置标识；\n（二）在图片内容的适当位置标识{}。"
RECORDS = "提供者应当保存日志，保存期限不少于六个月，法律另有规定的除外。"
LAST = "本规定自2026年5月1日起施行。"
TEXTS = {
    FIRST: [REGISTER, RECORDS, COMPLAIN.format("三十"), LABEL.format(""), LAST],
    SECOND: [REGISTER, RECORDS, MINORS, COMPLAIN.format("十"), LABEL.format("，并不得移除"), LAST],
    THIRD: [REGISTER, MINORS, COMPLAIN.format("十"), LABEL.format("，并不得移除"), LAST],
}


def law(texts):
    lines = [f"第{'一二三四五六'[place]}条 {text}" for place, text in enumerate(texts)]
    return read("\n".join(["# 练习管理规定", *lines]).encode(), ReadingContext(jurisdiction="cn"))


def fill(db):
    """Store the three texts as a round would."""
    with transaction(db):
        sources.sync(db, [SOURCE], NOW)
        [page] = pages.of_source(db, "cn_test")
        shot = snapshots.add(db, page.id, page.url, NOW, 200, "text/plain", "aa", 2, {}, "aa/aa.warc.gz")
        instruments.add_if_new(db, Instrument("cn_life", "cn", "Practice life", "练习管理规定", "cn_test"))
        old = None
        for days, (version_id, texts) in enumerate(TEXTS.items()):
            seen_at = NOW + timedelta(days=days)
            law_of_day = law(texts)
            versions.add(db, Version(version_id, "cn_life", "cn_test", page.id, shot, "zh", seen_at,
                                     ReviewState.CONFIRMED, old is None, version_id, law_of_day))  # fmt: skip
            if old is None:
                versions.set_pids(db, version_id, {step.eid: step.eid for step in law_of_day.walk()})
            else:
                comparison = contrast(old.reading, law_of_day)
                changes.add_set(db, old_version_id=old.id, new_version_id=version_id, comparison=comparison, at=seen_at)
                new = versions.get(db, version_id)
                versions.set_pids(db, version_id, carry_over_pids(old, new, comparison.pairs))
            old = versions.get(db, version_id)


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    home = tmp_path_factory.mktemp("life")
    with closing(open_database(home / "clausewatch.db")) as db:
        fill(db)
    with an_app(home) as app, serve_app(app) as address, httpx.Client(base_url=address) as new_client:
        yield new_client


def steps(client, eid, version=""):
    answer = client.get(f"/instruments/cn_life/history/{eid}", params={"version": version} if version else {})
    assert answer.status_code == 200
    return [" ".join(step.text_content().split()) for step in html.fromstring(answer.text).xpath("//ol/li")]


def test_a_number_leads_to_the_provision_that_the_version_meant_had(client):
    by_old, by_new = steps(client, "art_3", FIRST), steps(client, "art_4", SECOND)
    assert by_old == by_new == steps(client, "art_3", THIRD)
    newest, change_step, first = by_old
    assert "第四条 → 第三条" in newest
    assert "Time limit shortened from 30 days to 10 days" in change_step
    assert "三十日内" in first
    assert not any("未成年人" in step for step in by_old)


def test_without_a_version_the_number_is_the_latest_ones(client):
    assert "未成年人" in steps(client, "art_2")[0]
    assert "日志" in steps(client, "art_2", FIRST)[-1]


def test_what_changed_below_a_provision_is_in_its_history_with_the_whole_text(client):
    _, change_step, first = steps(client, "art_4")
    assert "1 change here" in change_step
    assert "不得移除" in change_step
    assert "（一）" in first
    assert "不得移除" not in first


def test_a_removed_provision_whose_number_was_given_away_has_its_history(client):
    removal, kept_step, first = steps(client, "art_2", SECOND)
    assert "No longer in the text" in removal
    assert "Removed 第二条" in removal
    assert "Unchanged" in kept_step
    assert "日志" in first
    assert (
        "It is no longer in the newest text" in client.get(f"/instruments/cn_life/history/art_2?version={SECOND}").text
    )


def test_words_of_the_law_say_their_language(client):
    page = html.fromstring(client.get("/instruments/cn_life/history/art_3").text)
    assert page.xpath("//h1/@lang") == ["zh"]
    assert set(page.xpath("//*[@class='redline']/@lang | //*[@class='law']/@lang | //h2/span/@lang")) == {"zh"}


@pytest.mark.parametrize("number", ["art_9", "art_1?version=cn_other@1", f"art_6?version={THIRD}"])
def test_a_number_that_the_version_does_not_have_is_not_found(client, number):
    assert client.get(f"/instruments/cn_life/history/{number}").status_code == 404


def test_the_interface_follows_the_number_of_a_version_too(client):
    answer = client.get("/api/v1/instruments/cn_life/provisions/art_4", params={"version": FIRST}).json()
    assert [step["eid"] for step in answer["items"]] == ["art_4", "art_5", "art_4"]
    assert [step["label"] for step in answer["items"][0]["inner"]] == ["（一）", "（二）"]


def test_an_address_says_the_version_when_it_is_not_the_newest():
    assert history_of("cn_a/b", "v@1", "v@1")("art_5") == "/instruments/cn_a%2Fb/history/art_5"
    assert history_of("cn_x", "v@1", "v@2")("art_5") == "/instruments/cn_x/history/art_5?version=v%401"
    assert text_path("cn_x", "art_5", "v@1", "v@2") == "/instruments/cn_x?version=v%401#art_5"
    assert text_path("cn_x") == "/instruments/cn_x"
