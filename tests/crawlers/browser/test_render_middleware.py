"""A page whose law is written by its script, in the system's Chromium driven by Playwright."""

from __future__ import annotations

import tempfile
import time
from datetime import timedelta
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawlers.browser.limits import MOST_ERRANDS
from crawlers.failure_causes import Cause
from crawlers.practice.meity.scripted import PAGE
from crawlers.practice.server import Practice
from storage import problems
from storage.records import Outcome

IN_BROWSER = "\n[params]\nbrowser = true\n"


@pytest.fixture
def browsers(monkeypatch):
    """The folder in which every browser of the test has its profile; Chromium wants its path short."""
    with tempfile.TemporaryDirectory(prefix="cw-", ignore_cleanup_errors=True) as folder:
        monkeypatch.setenv("TMPDIR", folder)
        yield Path(folder)


def processes_of(folder):
    """Every process that was told of *folder*."""
    processes = []
    for command_line in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if str(folder).encode() in command_line.read_bytes():
                processes.append(command_line)
        except OSError:
            continue
    return processes


def records(watch, snapshot):
    with (watch.home / "archive" / snapshot.archived_as).open("rb") as stream:
        return {r.rec_type: (r.rec_headers, r.raw_stream.read()) for r in ArchiveIterator(stream)}


def say_scripted_page(regulator, script):
    regulator.says("/app.js", script, kind="text/javascript")
    return regulator.says("/act", '<html><body><div id="root"></div><script src="/app.js"></script></body></html>')


WRITES = 'fetch("/text").then(r => r.text()).then(t => { document.getElementById("root").innerHTML = t; });'


class TestAScriptedPage:
    @pytest.fixture
    def practice(self):
        with Practice() as practice:
            yield practice

    def test_is_kept_as_its_script_leaves_it_together_with_what_arrived(self, watch, practice, chromium, browsers):
        watch.declare("in_meity_lantern", practice.origins["meity"] + PAGE, more=IN_BROWSER)

        watch.crawl()

        assert watch.look("in_meity_lantern").outcome is Outcome.NEW, watch.look("in_meity_lantern").text
        [snapshot] = watch.snapshots("in_meity_lantern")
        body = watch.archive.body(snapshot.archived_as).decode()
        assert "A keeper of lanterns shall test each lantern before it is lit." in body
        kept_records = records(watch, snapshot)
        assert kept_records["conversion"][1].decode() == body
        assert b"keeper of lanterns" not in kept_records["response"][1]
        assert b'<div id="root"></div>' in kept_records["response"][1]
        refers = kept_records["conversion"][0].get_header("WARC-Refers-To")
        assert refers == kept_records["response"][0].get_header("WARC-Record-ID")
        assert processes_of(browsers) == []

    def test_asks_for_nothing_but_scripts_and_what_they_read_and_keeps_to_robots_txt(
        self, watch, practice, chromium, browsers
    ):
        watch.declare("in_meity_lantern", practice.origins["meity"] + PAGE, more=IN_BROWSER)

        watch.crawl()

        paths = [request.path for request in practice.requests if request.path != "/robots.txt"]
        assert sorted(paths) == ["/app/app.js", PAGE, "/app/rules.json"]
        assert practice.busiest["meity"] == 1
        assert practice.trap_hits["meity"] == 0

    def test_without_the_key_is_an_empty_shell(self, watch, practice):
        watch.declare("in_meity_lantern", practice.origins["meity"] + PAGE)

        watch.crawl()

        assert watch.look("in_meity_lantern").cause == Cause.EMPTY_SHELL

    def test_that_says_the_same_again_is_no_new_snapshot(self, watch, practice, chromium, browsers):
        watch.declare("in_meity_lantern", practice.origins["meity"] + PAGE, more=IN_BROWSER)

        watch.crawl()
        watch.crawl(now=watch.noon + timedelta(days=1))

        assert [look.outcome for look in watch.looks("in_meity_lantern")] == [Outcome.NEW, Outcome.SAME]


def test_a_page_in_another_charset_is_kept_in_utf_8(watch, regulator, chromium, browsers):
    regulator.says(
        "/text",
        "第一条 灯塔看守人应当点亮灯塔，并保存每次检查的记录，保存期限不得少于三年。".encode() * 3,
        kind="text/plain; charset=utf-8",
    )
    regulator.says("/app.js", WRITES, kind="text/javascript")
    head = '<meta charset="gb2312"><title>规定</title>'
    page = f'<html><head>{head}</head><body><div id="root"></div><script src="/app.js"></script></body></html>'
    url = regulator.says("/act", page.encode("gb2312"), kind="text/html; charset=gb2312")
    watch.declare("cn_cac_act", url, more=IN_BROWSER)

    watch.crawl()

    [snapshot] = watch.snapshots("cn_cac_act")
    assert "<title>规定</title>" in watch.archive.body(snapshot.archived_as).decode("utf-8-sig")


@pytest.mark.parametrize(
    ("script", "cause"),
    [
        ("while (true) {}", Cause.TIMED_OUT),
        (f'for (let n = 0; n <= {MOST_ERRANDS + 1}; n++) fetch("/text?" + n);', Cause.TOO_LARGE),
        ('fetch("/broken");', Cause.HTTP_STATUS),
    ],
    ids=["without end", "that asks for too much", "whose interface is down"],
)
def test_a_script_is_a_problem_and_the_browser_is_closed(watch, regulator, chromium, browsers, script, cause):
    regulator.says("/text", "text", kind="text/plain")
    regulator.says("/broken", "down", status=503)
    timeout = '[politeness]\npause = "0 seconds"\ntimeout = "4 seconds"\n'
    watch.declare("eu_ep_act", say_scripted_page(regulator, script), more=IN_BROWSER + timeout)

    watch.crawl()

    assert watch.look("eu_ep_act").cause == cause, watch.look("eu_ep_act").text
    assert watch.snapshots("eu_ep_act") == []
    assert processes_of(browsers) == []


def test_a_child_that_is_stopped_takes_its_browser_with_it(watch, regulator, chromium, browsers):
    watch.declare("eu_ep_act", say_scripted_page(regulator, "while (true) {}"), more=IN_BROWSER)

    watch.crawl(timeout=timedelta(seconds=12))

    assert [p.cause for p in watch.problems("eu_ep_act")] == [Cause.NOT_FETCHED]
    assert are_gone(browsers)


def are_gone(folder):
    end = time.monotonic() + 10
    while processes_of(folder) and time.monotonic() < end:
        time.sleep(0.1)
    return not processes_of(folder)


class TestWithoutABrowser:
    def test_the_page_is_not_asked_for_the_problem_says_what_to_do_and_others_go_on(
        self, watch, regulator, monkeypatch
    ):
        monkeypatch.setenv("CLAUSEWATCH_BROWSER", "/nowhere/chromium")
        watch.declare("eu_ep_act", say_scripted_page(regulator, WRITES), more=IN_BROWSER)
        watch.declare("eu_ep_other", regulator.says("/other"))

        watch.crawl()

        [problem] = watch.problems("eu_ep_act")
        assert problem.cause == Cause.NO_BROWSER
        assert regulator.paths() == ["/other"]
        assert watch.look("eu_ep_other").outcome is Outcome.NEW

    def test_without_the_extra_the_problem_names_it(self, watch, regulator, tmp_path, monkeypatch):
        empty_folder = tmp_path / "hidden"
        (empty_folder / "playwright").mkdir(parents=True)
        (empty_folder / "playwright" / "__init__.py").write_text("raise ImportError('not installed')")
        monkeypatch.setenv("PYTHONPATH", str(empty_folder))
        monkeypatch.setenv("CLAUSEWATCH_BROWSER", "/bin/true")
        watch.declare("eu_ep_act", say_scripted_page(regulator, WRITES), more=IN_BROWSER)

        watch.crawl()

        [problem] = watch.problems("eu_ep_act")
        assert problem.cause == Cause.NO_BROWSER
        assert "clausewatch[browser]" in problem.text
        assert len(problems.open_problems(watch.db)) == 1
