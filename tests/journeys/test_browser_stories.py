"""A person at a browser: finds a rule, reads what changed, follows a provision, searches, trusts the evidence.

Runs in the system's Chromium; without one it is skipped with its reason, and in CI a skip is a failure.
"""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from crawlers.sources import load
from storage import search
from storage.archive import Archive
from storage.database import open_database
from tests.tracker.web.conftest import serving
from tracker.compare import compare
from tracker.config import Settings
from tracker.demo import play
from tracker.web import make_app
from tracker.weigh import weigh

RULE = "Practice Provisions on the Administration of Deep Synthesis in Internet Information Services"
AXE = Path(os.environ.get("CLAUSEWATCH_AXE") or Path(__file__).parents[2] / ".venv" / "axe" / "package" / "axe.min.js")
PAGES = (
    "/", "/instruments", "/instruments/cn_practice_deep_synthesis", "/changes", "/changes/1", "/changes/1?view=side",
    "/changes/1?show=whole", "/instruments/cn_practice_deep_synthesis/history/art_14", "/search?q=评估", "/calendar",
    "/topics", "/jurisdictions/cn", "/sources", "/evidence/1", "/docs", "/compare", "/unsubscribe?token=x", "/nowhere",
)  # fmt: skip


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
def address(tmp_path_factory):
    home = tmp_path_factory.mktemp("demo") / "home"
    settings = Settings(home=home)
    play(settings, lambda _: None)
    with closing(open_database(settings.database)) as db:
        search.index_new_versions(db)
    app = make_app(
        settings.database,
        load((home / "declarations",)),
        lambda token: token == "good",
        archive=Archive(settings.archive),
        contrast=lambda old, new: weigh(compare(old, new), old, new),
    )
    with serving(app) as served:
        yield served


@pytest.fixture(params=["with scripts", "without scripts"])
def page(request, chromium, address):
    context = chromium.new_context(base_url=address, java_script_enabled=request.param == "with scripts")
    page = context.new_page()
    page.set_default_timeout(15_000)
    loaded = []
    page.on("request", lambda asked: loaded.append(asked.url))
    yield page
    context.close()
    assert [url for url in loaded if not url.startswith(address)] == []


def seen(element):
    """Wait until a person can see *element*; a click returns before the next page stands."""
    element.wait_for(state="visible")


def test_a_person_finds_the_rule_and_reads_what_changed(page):
    page.goto("/")
    page.get_by_label("Jurisdiction").select_option("cn")
    page.get_by_label("high").check()
    page.get_by_role("button", name="Filter").click()
    page.wait_for_url("**jurisdiction=cn**")
    page.get_by_role("link", name=RULE).click()
    seen(page.get_by_text("Time limit shortened from 30 days to 10 days"))
    seen(page.locator("del", has_text="三十日"))
    seen(page.locator("ins", has_text="十日").first)
    page.get_by_role("link", name="Side by side").click()
    seen(page.locator(".sides").first)
    page.get_by_role("link", name="Whole text").click()
    seen(page.locator(".law ins").first)


def test_a_person_follows_one_provision_through_its_numbers(page):
    page.goto("/instruments/cn_practice_deep_synthesis")
    page.locator("#art_14 > .label a").click()
    seen(page.locator(".steps > li").nth(2))
    assert page.locator(".steps > li").count() == 3
    seen(page.get_by_role("heading", level=1))


def test_a_person_finds_two_characters_and_goes_where_they_stand(page):
    page.goto("/")
    page.get_by_label("Search provisions").fill("评估")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    seen(page.locator("mark", has_text="评估").first)
    page.locator(".hits a").first.click()
    seen(page.locator(":target"))
    assert "评估" in page.locator(":target").inner_text()


def test_a_person_compares_two_versions_of_their_choice(page):
    page.goto("/instruments/cn_practice_deep_synthesis")
    page.get_by_label("cn_practice_deep_synthesis@2026-03-02 as the old text").check()
    page.get_by_role("button", name="Compare the two").click()
    page.wait_for_url("**2026-03-02**")
    seen(page.locator("ins, del").first)


def test_a_person_sees_the_page_as_received_and_it_can_do_nothing(page):
    page.goto("/evidence/1")
    frame = page.frame_locator("iframe.evidence")
    assert frame.locator("body").inner_text().strip()
    assert len(page.locator("dd code").first.inner_text()) == 64


def test_a_person_is_refused_with_a_clear_message_and_leaves_a_subscription(page):
    page.goto("/unsubscribe?token=bad")
    page.get_by_role("button", name="Unsubscribe").click()
    seen(page.get_by_text("This link is not valid"))
    page.goto("/unsubscribe?token=good")
    page.get_by_role("button", name="Unsubscribe").click()
    seen(page.get_by_text("Done."))


def test_keys_lead_from_change_to_change(chromium, address):
    page = chromium.new_page(base_url=address)
    page.goto("/changes/1")
    page.keyboard.press("j")
    first = page.evaluate("document.activeElement.id")
    page.keyboard.press("k")
    assert first.startswith("art_")
    page.close()


def test_no_page_is_wider_than_a_phone(chromium, address):
    page = chromium.new_page(base_url=address, viewport={"width": 360, "height": 740})
    wide = {}
    for path in PAGES:
        page.goto(path)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 360:
            wide[path] = width
    page.close()
    assert wide == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_any_page(chromium, address, scheme):
    if not AXE.exists():
        pytest.skip("axe-core is not fetched; see the Makefile")
    context = chromium.new_context(base_url=address, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    found = []
    for path in PAGES:
        page.goto(path)
        page.add_script_tag(path=str(AXE))
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
        outcome = page.evaluate("tags => axe.run(document, {runOnly: tags, iframes: false})", tags)
        found += [(path, v["id"], v["impact"], v["nodes"][0]["html"][:120]) for v in outcome["violations"]]
    context.close()
    assert found == []
