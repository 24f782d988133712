"""A person at a browser: finds a rule, reads what changed, follows a provision, searches, trusts the evidence.

Runs in the system's Chromium; without one it is skipped with its reason, and in CI a skip is a failure.
"""

from __future__ import annotations

import os
import re
import shutil
import time
from dataclasses import astuple
from email import message_from_bytes, policy
from pathlib import Path

import httpx
import pytest

from crawlers.declaration.load import load
from tests.journeys.arriving import serve_in_two_parts
from tests.journeys.office import furnish
from tests.tracker.web.conftest import serve_app
from tracker.config import Settings
from tracker.context import open_context
from tracker.operations.demo import play
from tracker.signing import unsubscribe_token
from tracker.web.app import make_app
from tracker.web.operators.passwords import hash_of

RULE = "Practice Provisions on the Administration of Deep Synthesis in Internet Information Services"
AXE = Path(os.environ.get("CLAUSEWATCH_AXE") or Path(__file__).parents[2] / ".venv" / "axe" / "package" / "axe.min.js")
PAGES = (
    "/", "/instruments", "/instruments/cn_practice_deep_synthesis", "/changes", "/changes/1", "/changes/1?view=side",
    "/changes/1?show=whole", "/instruments/cn_practice_deep_synthesis/history/art_14", "/search?q=评估", "/calendar",
    "/topics", "/topics/synthetic-and-generative-ai", "/topics/ai-regulation/cn", "/jurisdictions/cn",
    "/sources", "/coverage", "/pending", "/instruments/cn_practice_deep_synthesis/duties", "/search?q=provders",
    "/instruments/cn_practice_deep_synthesis/changed-articles", "/search?q=GDPR", "/changes/3",
    "/coverage", "/evidence/1", "/docs", "/compare",
    "/compare?old=cn_practice_deep_synthesis&q=practice", "/unsubscribe?token=x", "/nowhere",
    "/subscribe", "/subscribe?instrument=cn_practice_deep_synthesis", "/subscribe/thanks", "/manage", "/feeds",
    "/operators/sign-in",
)  # fmt: skip
OFFICE = (
    "/operators", "/operators/problems", "/operators/quarantine", "/operators/outbox", "/operators/outbox/1",
    "/operators/declare", "/team", "/team/changes/1", "/team/changes/2", "/team/lists", "/team/lists/1",
)  # fmt: skip
SECRET, PASSWORD, ANA = "for tests only", "correct horse battery", "ana@policy.example"


def skip(reason):
    """Skip, or fail where a browser must be."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def chromium():
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        skip("no Chromium on this machine")
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - not everywhere
    except ImportError:
        skip("the package playwright is not installed")
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("demo") / "home"


@pytest.fixture(scope="module")
def settings(home):
    play(Settings(home=home), lambda _: None)
    options = {"secret_key": SECRET, "operator_password_hash": hash_of(PASSWORD), "sign_ups_per_hour": 1000}
    return Settings(home=home, **options, questions_per_minute=10_000)


@pytest.fixture(scope="module")
def private(settings):
    return furnish(settings)


@pytest.fixture(scope="module")
def address(settings, private):
    folders = (settings.home / "declarations",)
    service = open_context(settings, load(folders), folders, to_watch=False)
    with serve_app(make_app(service)) as base:
        yield base
    service.db.close()


@pytest.fixture(params=["with scripts", "without scripts"])
def page(request, chromium, address):
    context = chromium.new_context(base_url=address, java_script_enabled=request.param == "with scripts")
    page = context.new_page()
    page.set_default_timeout(15_000)
    urls = []
    page.on("request", lambda request: urls.append(request.url))
    yield page
    context.close()
    assert [url for url in urls if not url.startswith(address)] == []


def wait_to_see(element):
    """Wait until a person can see *element*; a click returns before the next page stands."""
    element.wait_for(state="visible")


def test_a_person_finds_the_rule_and_reads_what_changed(page):
    page.goto("/")
    page.get_by_text("Filter by place, kind or weight").click()
    page.get_by_label("Jurisdiction").select_option("cn")
    page.get_by_role("checkbox", name="high").check()
    page.get_by_role("button", name="Filter").click()
    page.wait_for_url("**jurisdiction=cn**")
    page.get_by_role("link", name=RULE).last.click()  # the rule changed twice; the amendment came first
    wait_to_see(page.get_by_text("Time limit shortened from 30 days to 10 days", exact=True))
    wait_to_see(page.locator("del", has_text="三十日"))
    wait_to_see(page.locator("ins", has_text="十日").first)
    page.get_by_role("link", name="Side by side").click()
    wait_to_see(page.locator(".sides").first)
    page.get_by_role("link", name="Whole text").click()
    wait_to_see(page.locator(".law ins").first)


def test_a_person_follows_one_provision_through_its_numbers(page):
    page.goto("/instruments/cn_practice_deep_synthesis")
    page.locator("#art_14 > .label a").click()
    wait_to_see(page.locator(".steps > li").nth(2))
    assert page.locator(".steps > li").count() == 4
    wait_to_see(page.get_by_role("heading", level=1))


def test_a_person_finds_two_characters_and_goes_where_they_stand(page):
    page.goto("/")
    page.get_by_label("Search provisions").fill("评估")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    wait_to_see(page.locator("mark", has_text="评估").first)
    page.locator(".hits a").first.click()
    wait_to_see(page.locator(":target"))
    assert "评估" in page.locator(":target").inner_text()


def test_a_person_compares_two_versions_of_their_choice(page):
    page.goto("/instruments/cn_practice_deep_synthesis")
    page.get_by_label("cn_practice_deep_synthesis@2026-03-02 as the old text").check()
    page.get_by_role("button", name="Compare the two").click()
    page.wait_for_url("**2026-03-02**")
    wait_to_see(page.locator("ins, del").first)


def test_a_person_compares_two_laws_found_by_their_words(page):
    page.goto("/changes")
    page.get_by_role("link", name="Compare any two texts").click()
    page.get_by_label("Words of its title or its number").fill("labelling")
    page.get_by_role("button", name="Find").click()
    page.locator(".rows").get_by_role("link", name="Synthetic Media Labelling").first.click()
    wait_to_see(page.get_by_text("With another version of it"))
    page.get_by_label("Words of its title or its number").fill("register act")
    page.get_by_role("button", name="Find").click()
    page.locator(".rows").get_by_role("link", name="Practice Register Act").first.click()
    wait_to_see(page.get_by_text("Old: "))
    wait_to_see(page.locator("ins, del").first)


def test_a_person_sees_the_page_as_received_and_it_can_do_nothing(page):
    page.goto("/evidence/1")
    frame = page.frame_locator("iframe.evidence")
    assert frame.locator("body").inner_text().strip()
    assert len(page.locator("dd code").first.inner_text()) == 64


def newest_link(home, path):
    """Return where the newest filed mail with a link to *path* leads, as its reader would."""
    end = time.monotonic() + 15
    while time.monotonic() < end:
        for file in sorted((home / "emails").glob("*.eml"), key=lambda mail: mail.stat().st_mtime, reverse=True):
            message = message_from_bytes(file.read_bytes(), policy=policy.default)
            text = message.get_body(("plain",)).get_content()
            if message["To"].addresses[0].addr_spec == ANA and (match := re.search(rf"/{path}\?token=\S+", text)):
                return match[0]
        time.sleep(0.1)
    raise AssertionError(f"no mail leads to {path}")


def test_a_person_subscribes_is_refused_confirms_and_leaves(page, home):
    page.goto("/instruments/cn_practice_deep_synthesis")
    page.get_by_role("link", name="Follow this instrument").click()
    assert page.get_by_label(RULE).is_checked()
    page.get_by_label("Your email address").fill(ANA)
    page.get_by_label("Your time zone").fill("Mars/Olympus")
    page.get_by_role("button", name="Subscribe").click()
    wait_to_see(page.get_by_role("alert").filter(has_text="there is no time zone"))
    assert page.get_by_label("Your email address").input_value() == ANA
    page.get_by_label("Your time zone").fill("Asia/Shanghai")
    page.get_by_role("button", name="Subscribe").click()
    wait_to_see(page.get_by_text("please check your mailbox"))
    page.goto(newest_link(home, "confirm"))
    page.get_by_role("button", name="Yes, send me these messages").click()
    wait_to_see(page.get_by_text("From now on you will be notified of"))
    page.get_by_role("link", name="View or change your subscriptions").click()
    page.locator(".rows").get_by_role("link", name="Change").first.click()
    page.get_by_label("once a week").check()
    page.get_by_role("button", name="Save").click()
    wait_to_see(page.get_by_text("Changed; this applies from now on."))
    mine = int(page.locator(".rows form").first.get_attribute("action").split("/")[2])
    token = unsubscribe_token(SECRET.encode(), [mine])
    page.goto("/unsubscribe?token=bad")
    wait_to_see(page.get_by_text("Sorry, this link is damaged."))
    page.goto(f"/unsubscribe?token={token}")
    page.get_by_role("button", name="Unsubscribe").click()
    wait_to_see(page.get_by_text("Done."))


def signed_in(page, path):
    page.goto(path)
    page.get_by_label("password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"**{path}")


def test_an_operator_approves_what_was_quarantined(page):
    signed_in(page, "/operators/quarantine")
    row_link = page.locator(".rows a")
    before = row_link.count()
    row_link.first.click()
    wait_to_see(page.locator("del").first)
    page.get_by_role("button", name="Approve").click()
    wait_to_see(page.get_by_role("alert").filter(has_text="Nothing was approved"))
    page.get_by_label("this is the law now").check()
    page.get_by_role("button", name="Approve").click()
    wait_to_see(page.get_by_text("Approved"))
    assert page.locator(".rows a").count() == before - 1
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/")


def test_a_team_shares_a_list_and_works_on_a_change_until_it_is_reviewed(page):
    signed_in(page, "/team/lists")
    page.get_by_label("Name of the list").fill(name := f"Labels {time.time_ns()}")
    page.get_by_label("content labelling").check()
    page.get_by_role("button", name="Share the list").click()
    wait_to_see(page.get_by_role("heading", level=1, name=name))
    page.get_by_role("link", name="365 days").click()
    wait_to_see(page.locator(".news > li").first)
    page.get_by_role("link", name="Work on changes").click()
    page.locator(".rows a").first.click()
    page.get_by_label("To whom").fill("ben")
    page.get_by_role("button", name="Assign").click()
    wait_to_see(page.locator(".trail").get_by_text("operator assigned it to ben").last)
    page.get_by_label("Your comment").fill("Our logs are kept for six months.")
    page.get_by_role("button", name="Comment").click()
    wait_to_see(page.locator(".trail").get_by_text("Our logs are kept for six months.").last)
    page.get_by_role("button", name="Mark as reviewed").click()
    wait_to_see(page.get_by_text("reviewed by operator").first)
    page.get_by_role("button", name="Reopen").click()
    wait_to_see(page.locator(".trail").get_by_text("operator reopened it").last)
    page.get_by_role("link", name="Read the redline").click()
    page.get_by_role("link", name="Assign, comment or review").click()
    wait_to_see(page.get_by_role("heading", name="Audit trail"))


def test_keys_lead_from_change_to_change_and_back(chromium, address):
    page = chromium.new_page(base_url=address)
    page.goto("/changes/1")
    links = []
    for key in "jjjk":
        page.keyboard.press(key)
        links.append(page.evaluate("document.activeElement.id"))
    assert len(set(links[:3])) == 3
    assert links[3] == links[1]
    page.close()


def test_after_scrolling_by_hand_a_key_leads_on_from_there(chromium, address):
    page = chromium.new_page(base_url=address, reduced_motion="reduce")
    page.goto("/changes/1")
    page.keyboard.press("j")
    last = page.locator("section.change").last
    page.mouse.wheel(0, 0)
    last.evaluate("it => window.scrollTo(0, it.offsetTop - 3)")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.id") == last.get_attribute("id")
    page.close()


def test_a_redline_can_be_read_while_the_rest_of_it_arrives(chromium, address):
    whole = httpx.get(f"{address}/changes/1").content
    cut = whole.index(b"</section>") + len(b"</section>")
    with serve_in_two_parts(address, "/changes/1", whole[:cut], whole[cut:]) as (base, go_on):
        page = chromium.new_page(base_url=base)
        page.goto("/changes/1", wait_until="commit")
        wait_to_see(page.locator("section.change ins").first)
        page.wait_for_selector("html.scripted")
        page.keyboard.press("j")
        assert page.evaluate("document.activeElement.className") == "change"
        assert page.locator("section.change").count() == 1
        go_on.set()
        page.wait_for_load_state()
        assert page.locator("section.change").count() > 1
        page.close()


def test_the_first_news_is_seen_on_a_phone_without_moving_the_page(chromium, address):
    page = chromium.new_page(base_url=address, viewport={"width": 390, "height": 760})
    page.goto("/")
    first = page.locator(".news > li").first
    assert first.bounding_box()["y"] < 400
    assert first.locator(".said").bounding_box()["y"] < 760
    page.close()


def test_a_person_reads_in_chinese_and_comes_back(page):
    page.goto("/changes/1")
    page.get_by_role("link", name="中文").click()
    wait_to_see(page.get_by_text("期限由30日缩短为10日").first)
    wait_to_see(page.get_by_role("link", name="日历"))
    assert page.locator("html").get_attribute("lang") == "zh"
    page.get_by_role("link", name="English").click()
    wait_to_see(page.get_by_role("link", name="Calendar"))


def test_a_person_compares_a_topic_across_jurisdictions_and_asks_who_must_do_what(page):
    page.goto("/topics")
    page.get_by_role("link", name="Synthetic and generative AI", exact=True).click()
    assert page.locator(".places h3").count() == 4
    page.get_by_role("link", name=RULE).first.click()
    page.get_by_role("link", name=re.compile("obligations, by bearer")).click()
    wait_to_see(page.get_by_role("heading", name="Who must do what"))
    wait_to_see(page.locator(".duties li").first)


def test_a_person_is_asked_what_a_misspelled_word_means(page):
    page.goto("/search?q=provders")
    page.get_by_role("note").get_by_role("link", name="providers").click()
    wait_to_see(page.locator(".hits mark").first)


def test_what_is_new_since_the_last_look_is_marked(chromium, address):
    context = chromium.new_context(base_url=address)
    page = context.new_page()
    page.goto("/")
    assert page.locator(".fresh").count() == 0
    page.evaluate("localStorage.setItem('seen', '2026-03-20T00:00:00+00:00')")
    page.reload()
    assert 0 < page.locator(".fresh").count() < page.locator(".news > li").count()
    page.reload()
    assert page.locator(".fresh").count() == 0
    context.close()


def test_no_page_is_wider_than_a_phone(chromium, address, private):
    page = chromium.new_page(base_url=address, viewport={"width": 360, "height": 740})
    wide = {}
    signed_in(page, "/operators")
    for path in (*PAGES, *OFFICE, *astuple(private), "/language/zh", "/", "/changes/1", "/instruments", "/topics"):
        page.goto(path)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 360:
            wide[path] = width
    page.close()
    assert wide == {}


@pytest.mark.parametrize(
    ("scheme", "width", "language"),
    [("light", 1100, "en"), ("dark", 390, "en"), ("light", 390, "zh"), ("dark", 1100, "zh")],
    ids=str,
)
def test_axe_finds_nothing_serious_on_any_page(chromium, address, private, scheme, width, language):
    if not AXE.exists():
        pytest.skip("axe-core is not fetched: `make axe` does, where there is npm")
    view = {"width": width, "height": 800}
    context = chromium.new_context(base_url=address, color_scheme=scheme, bypass_csp=True, viewport=view)
    page = context.new_page()
    violations = []
    signed_in(page, "/operators")
    page.goto(f"/language/{language}")
    for path in (*PAGES, *OFFICE, *astuple(private)):
        page.goto(path)
        page.add_script_tag(path=str(AXE))
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
        outcome = page.evaluate("tags => axe.run(document, {runOnly: tags, iframes: false})", tags)
        violations += [(path, v["id"], v["impact"], v["nodes"][0]["html"][:120]) for v in outcome["violations"]]
    context.close()
    assert violations == []
