"""The ten tasks of docs/tour.md, each done by following what the pages offer, in a real browser."""

import re
import shutil
from pathlib import Path

import pytest

import docs
from crawlers.declaration.load import load
from tests.tracker.web.conftest import serve_app
from tracker.config import Settings
from tracker.context import open_context
from tracker.operations.demo import play
from tracker.web.app import make_app

sync_api = pytest.importorskip("playwright.sync_api", reason="the package playwright is not installed")
TOUR = (Path(docs.__path__[0]) / "tour.md").read_text(encoding="utf-8")
RULE = "Practice Provisions on the Administration of Deep Synthesis in Internet Information Services"


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    settings = Settings(home=tmp_path_factory.mktemp("tour") / "home", secret_key="for tests only")
    play(settings, lambda _: None)
    folders = (settings.home / "declarations",)
    service = open_context(settings, load(folders), folders, to_watch=False)
    with serve_app(make_app(service)) as base:
        yield base
    service.db.close()


@pytest.fixture(scope="module")
def browser():
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("no Chromium on this machine")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser, address):
    context = browser.new_context(base_url=address, accept_downloads=True)
    new_page = context.new_page()
    new_page.set_default_timeout(15_000)
    new_page.goto("/")
    yield new_page
    context.close()


def click(page, name, scope=None, **how):
    (scope or page).get_by_role("link", name=name, **how).first.click()


def sees(page, words):
    page.get_by_text(words).first.wait_for(state="visible")


def open_rule(page):
    click(page, "Topics", exact=True)
    click(page, "Synthetic and generative AI", exact=True)
    click(page, RULE)
    page.get_by_role("heading", level=1, name=RULE).wait_for()


def to_change(page):
    open_rule(page)
    page.locator("#changes + p + ul a, #changes ~ ul a[href^='/changes/']").last.click()
    page.locator("section.change").first.wait_for()


def test_there_are_ten_tasks():
    assert re.findall(r"^(\d+)\. \*\*", TOUR, re.MULTILINE) == [str(n) for n in range(1, 11)]


def test_1_what_changed_for_generative_ai_in_china(page):
    click(page, "Topics", exact=True)
    page.locator("li", has=page.get_by_role("link", name="Synthetic and generative AI", exact=True)).get_by_role(
        "link", name="China"
    ).click()
    page.locator(".news > li > a[href^='/changes/']").first.click()
    with page.expect_download() as download:
        click(page, "Word, with tracked changes")
    assert download.value.suggested_filename.endswith(".docx")


def test_2_who_must_label_in_the_four_jurisdictions(page):
    click(page, "Topics", exact=True)
    click(page, "Synthetic and generative AI", exact=True)
    assert page.locator(".places > div").count() == 4
    assert page.locator(".places li").count() >= 4
    click(page, RULE)
    sees(page, "Who must do what")
    page.locator(".duties li").first.wait_for()


def test_3_by_when_complaints_must_be_answered(page):
    open_rule(page)
    page.locator("section", has=page.locator("#limits")).get_by_text(re.compile(r"^\d+ days$")).first.wait_for()
    page.goto("/changes/1")
    sees(page, "shorter time limit: 30 days → 10 days")


def test_4_what_an_article_said_before(page):
    open_rule(page)
    page.locator(".law .k-article > .label a").first.click()
    page.locator(".steps > li").first.wait_for()


@pytest.mark.parametrize(
    ("words", "says"), [("CAC", "Issued by CAC"), ("网信办", "Issued by CAC"), ("provders", "Did you mean")]
)
def test_5_a_law_by_abbreviation_authority_or_misspelled(page, words, says):
    page.get_by_label("Search provisions").fill(words)
    page.keyboard.press("Enter")
    sees(page, says)


def test_6_what_is_coming(page):
    click(page, "Calendar", exact=True)
    link = page.get_by_role("link", name="In your own calendar program").get_attribute("href")
    assert page.request.get(link).text().startswith("BEGIN:VCALENDAR")


def test_7_cite_a_change(page):
    to_change(page)
    page.get_by_text("Cite this change").click()
    assert "Clausewatch, http" in page.locator("#citation").inner_text()
    page.get_by_role("button", name="Copy the citation").wait_for()


def test_8_a_table_of_old_and_new(page):
    to_change(page)
    with page.expect_download() as download:
        click(page, "Word, table of old and new")
    assert download.value.suggested_filename.endswith(".table.docx")


def test_9_be_told_of_the_next_change(page):
    open_rule(page)
    page.get_by_label("Tell me when this instrument changes").fill("ana@policy.example")
    page.get_by_role("button", name="Sign up").click()
    sees(page, "One more step")


def test_10_whether_anybody_still_looks(page):
    assert re.search(r"last look|watch has stopped", page.locator("main").inner_text(), re.IGNORECASE)
    click(page, "Sources", exact=True)
    click(page, "Coverage, confidence and known gaps")
    page.locator("svg.picture").wait_for()
