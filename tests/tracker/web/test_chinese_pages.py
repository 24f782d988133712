"""Every page in Chinese, searched for English that was left over; what is English by nature is marked as English."""

from dataclasses import astuple, dataclass

import httpx
import pytest

from crawlers.declaration.load import load
from tests.builders.visitor import PASSWORD, send, sign_in
from tests.chinese_leftovers import english_in, leftovers
from tests.journeys.office import furnish
from tests.journeys.test_browser_stories import OFFICE, PAGES
from tests.tracker.web.conftest import serve_app
from tracker.config import Settings
from tracker.context import open_context
from tracker.operations.demo import play
from tracker.web.app import make_app
from tracker.web.operators.passwords import hash_of

MORE = (
    "/briefing", "/briefing/2026-W10", "/deadlines", "/changes/4", "/changes/5", "/changes/6", "/pending/1",
    "/pending/1/text", "/instruments/eu_practice_act", "/sources/cn_cac_practice_rules_list",
    "/instruments/us_fr_practice_automated_decisions", "/search?q=zzz", "/evidence/9999", "/changes/9999",
    "/instruments/nope", "/sources?state=overdue", "/?weight=high", "/team?assignee=ben", "/language/zh?back=/",
)  # fmt: skip
TYPED_BY_PEOPLE = {"/team", "/team/changes/2", "/team/lists", "/team/lists/1", "/team?assignee=ben"}
SUBJECTS = {"/operators/outbox", "/operators/outbox/1"}  # of mails, in the language of their readers


@dataclass(frozen=True)
class Place:
    client: httpx.Client
    private: tuple[str, ...]


@pytest.fixture(scope="module")
def chinese(tmp_path_factory):
    home = tmp_path_factory.mktemp("chinese") / "home"
    play(Settings(home=home), lambda _: None)
    settings = Settings(home=home, secret_key="for tests only", operator_password_hash=hash_of(PASSWORD),
                        questions_per_minute=10_000, sign_ups_per_hour=1_000)  # fmt: skip
    private, folders = furnish(settings), (home / "declarations",)
    service = open_context(settings, load(folders), folders, to_watch=False)
    headers = {"Accept-Language": "zh-CN"}
    with serve_app(make_app(service)) as address:
        with httpx.Client(base_url=address, follow_redirects=True, headers=headers, timeout=60) as client:
            sign_in(client, PASSWORD)
            yield Place(client, astuple(private))
    service.db.close()


def test_no_page_in_chinese_says_anything_in_english(chinese):
    left = {}
    for path in dict.fromkeys((*PAGES, *OFFICE, *MORE, *chinese.private)):
        if path in TYPED_BY_PEOPLE | SUBJECTS:
            continue
        page = chinese.client.get(path).text
        assert '<html lang="zh">' in page, path
        if leftover := leftovers(page):
            left[path] = leftover[:5]
    assert left == {}


@pytest.mark.parametrize(
    "fields",
    [
        {"address": "nobody", "topic": ["biometrics"]},
        {"address": "a@b.example", "words": "https://evil.example"},
        {"address": "a@b.example", "hour": "99"},
        {"act": "preview", "topic": ["copyright"]},
        {"act": "preview", "jurisdiction": ["cn"]},
    ],
)
def test_what_a_form_answers_is_in_chinese(chinese, fields):
    answer = send(chinese.client, "/subscribe", action="/subscribe", **fields)
    assert leftovers(answer.text) == []


def test_what_the_team_is_refused_is_said_in_chinese(chinese):
    page = chinese.client.get("/team/changes/1").text
    token = page.partition('name="form" value="')[2].partition('"')[0]
    for act in ("assign", "comment"):
        refusal = chinese.client.post("/team/changes/1", data={"form": token, "act": act})
        assert refusal.status_code == 422
        assert leftovers(refusal.text) == []


@pytest.mark.parametrize(
    ("text", "is_english"),
    [
        ("新增第十条；新的义务：“The provider shall…”", False),
        ("《Practice Register Act》已发布", False),
        ("第五条 removed", True),
        ("Nothing has changed", True),
        ("订阅源 · JSON Feed · 2026年3月2日 09:00 UTC", False),
        ("读取 cn_cac_practice_rules_list", False),
        ("Article 4(2)：期限由15日缩短为10日", False),
        ("每周一次，Monday", True),
    ],
)
def test_the_search_itself_tells_english_from_names(text, is_english):
    assert bool(english_in(text)) is is_english
