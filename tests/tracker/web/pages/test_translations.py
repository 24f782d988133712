"""Machine translations on pages: marked, refused where a fact is lost, asked for by the team alone."""

import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from crawlers.egress.address_policy import LOOPBACK
from storage import api_keys, problems, translations
from storage.database.connection import transaction
from storage.schema.open import open_database
from tests.builders.visitor import send, sign_in
from tests.tracker.lockfile.law_home import FIRST_DAY, LawHome
from tests.tracker.translation.translator import serve_translations
from tests.tracker.web.conftest import an_app, serve_app
from tracker.pipeline.versions.translate_changes import translate_changes
from tracker.signing import key_fingerprint
from tracker.view_models.profile.machine_translations import texts_of_profile

KEY = "ana's key, for tests only"
DUTY = "灯具所有人应当在发现损坏之日起{days}日内报告，不得转让损坏的灯具。"
LAW = (
    """# 港口灯具管理条例

2020年3月1日发布

第一条　在港口内使用灯具的，适用本条例。

第二条　"""
    + DUTY
    + """

第三条　本条例所称灯具所有人，是指拥有灯具的组织和个人。

第四条　违反本条例规定的，处一万元以下罚款。
"""
)
GOOD = "The owner of a lamp shall report damage within 10 days of finding it and shall not transfer a damaged lamp."
SCOPE = "These Regulations apply to the use of lamps in ports."
LOST_SENTENCE = "The fine is up to CNY 90,000."
TABLE = {
    DUTY.format(days="三十"): GOOD.replace("10 days", "30 days"),
    DUTY.format(days="十"): GOOD,
    "在港口内使用灯具的，适用本条例。": SCOPE,
    "违反本条例规定的，处一万元以下罚款。": LOST_SENTENCE,
}  # fmt: skip


@pytest.fixture
def law_home(tmp_path):
    db = open_database(tmp_path / "clausewatch.db")
    home = LawHome(db)
    for days in ("三十", "十"):
        version = home.publish("cn_lamps", "港口灯具管理条例", LAW.format(days=days))
    with transaction(db):
        api_keys.add(db, "ana", key_fingerprint(KEY), FIRST_DAY)
    home.version = version
    yield home
    db.close()


@contextmanager
def open_site(tmp_path, url="", **settings):
    more = {"translate_url": f"{url}/translate", "private_targets": LOOPBACK} if url else {}
    with an_app(tmp_path, sources_declared={}, secret_key="for tests only", **more, **settings) as app:
        with serve_app(app) as address, httpx.Client(base_url=address, follow_redirects=True, timeout=60) as client:
            client.service = app.state.service
            yield client


def keep(home, text, english, refusal=""):
    translations.add(home.db, text, "en", english, FIRST_DAY, service="a machine", refusal=refusal)


def test_pages_show_what_is_kept_marked_and_in_the_readers_language_only(law_home, tmp_path):
    for text in texts_of_profile(law_home.version):
        keep(law_home, text, TABLE.get(text, f"English of {len(text)}"))
    keep(law_home, DUTY.format(days="三十"), GOOD.replace("10 days", "30 days"))
    with open_site(tmp_path) as client:
        pages = {path: client.get(path).text for path in (
            "/instruments/cn_lamps", "/instruments/cn_lamps/duties", "/changes/1")}  # fmt: skip
        chinese = client.get("/instruments/cn_lamps", headers={"Accept-Language": "zh"}).text
    for path, page in pages.items():
        assert GOOD in page, path
        assert "machine translation" in page, path
        assert "only the original text counts" in page, path
    assert "within 30 days" in pages["/changes/1"]
    assert 'class="machine"' not in chinese


def test_what_was_refused_is_said_and_its_words_are_never_shown(law_home, tmp_path):
    for text in texts_of_profile(law_home.version):
        keep(law_home, text, "Nonsense.", "the number 30 is lost")
    with open_site(tmp_path) as client:
        page = client.get("/instruments/cn_lamps/duties").text
    assert "Nonsense." not in page
    assert "it lost or changed a fact of the text" in page


def test_without_a_service_pages_are_as_ever_and_ask_nobody(law_home, tmp_path):
    with open_site(tmp_path) as client:
        page = client.get("/instruments/cn_lamps").text
        sign_in(client, KEY, "/team")
        page_text = client.get("/team/instruments/cn_lamps/translation").text
    assert 'class="machine' not in page
    assert "/translation" not in page
    assert "No translation service is configured" in page_text
    assert '<button class="main">Translate' not in page_text


def test_looking_at_a_page_asks_no_service(law_home, tmp_path):
    with serve_translations(TABLE) as server, open_site(tmp_path, server.url) as client:
        for path in ("/instruments/cn_lamps", "/instruments/cn_lamps/duties", "/changes/1"):
            assert client.get(path).status_code == 200
        assert client.get("/team/instruments/cn_lamps/translation").url.path == "/operators/sign-in"
        assert server.requests == []


def test_who_signed_in_has_a_law_translated_and_a_changed_fact_is_refused(law_home, tmp_path):
    with serve_translations(TABLE) as server, open_site(tmp_path, server.url) as client:
        sign_in(client, KEY, "/team")
        path = "/team/instruments/cn_lamps/translation"
        send(client, path, action=path)
        end = time.monotonic() + 20
        while "being asked now" in client.get(path).text and time.monotonic() < end:
            time.sleep(0.05)
        state, page = client.get(path).text, client.get("/instruments/cn_lamps").text
        request = len(server.requests)
        assert "0 not asked for yet" in state.replace("</strong>", "")
        assert client.post(path, data={"form": "x"}).status_code == 403
        assert len(server.requests) == request
    assert GOOD in page
    assert SCOPE in page
    assert LOST_SENTENCE not in page


def test_a_service_that_fails_is_a_problem_and_the_page_can_be_asked_again(law_home, tmp_path):
    with serve_translations(TABLE) as server, open_site(tmp_path, server.url) as client:
        server.status = 500
        sign_in(client, KEY, "/team")
        path = "/team/instruments/cn_lamps/translation"
        send(client, path, action=path)
        end = time.monotonic() + 20
        while not problems.open_problems(law_home.db) and time.monotonic() < end:
            time.sleep(0.05)
        [problem] = problems.open_problems(law_home.db)
        assert problem.cause == "no translation"
        while "being asked now" in (page_text := client.get(path).text) and time.monotonic() < end:
            time.sleep(0.05)
        assert '<button class="main">Translate' in page_text


def test_a_round_asks_for_changes_first_then_for_what_the_pages_of_new_laws_show(law_home, tmp_path):
    with serve_translations(TABLE) as server, open_site(tmp_path, server.url) as client:
        now = law_home.version.seen_at + timedelta(hours=1)
        translate_changes(replace(client.service, db=law_home.db, clock=lambda: now))
        texts = [request[2]["q"] for request in server.requests]
    assert texts[0] == DUTY.format(days="十")
    assert "在港口内使用灯具的，适用本条例。" in texts
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize("instrument", ["nope", "us_lamps", "%2e%2e"])
def test_what_is_not_there_or_needs_no_translation_is_said_plainly(law_home, tmp_path, instrument):
    law_home.publish(
        "us_lamps", "Lamp Act", "# Lamp Act\n\nSection 1. A lamp shall be lit.\n\nSection 2. A lamp shall burn."
    )
    with open_site(tmp_path) as client:
        sign_in(client, KEY, "/team")
        assert client.get(f"/team/instruments/{instrument}/translation").status_code == 404
