"""One crawl by the real child process, over real HTTP, of a regulator on this machine."""

from __future__ import annotations

import gzip
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawlers.child.fetch import FetchJob, FetchPlace, _long_enough, fetch, shares
from crawlers.child.job import dump
from crawlers.declaration.load import load
from crawlers.errors import CrawlError
from crawlers.failure_causes import Cause
from crawlers.hosts.host_lock import HOSTS_AT_ONCE
from storage import sources
from storage.records import Outcome, Source, Stage

LAW_IN_CHINESE = (
    "<html><head><meta charset=gb2312><title>练习</title></head><body>" + "<p>第一条 练习者应当练习。</p>" * 9
)


def test_a_page_is_kept_as_the_bytes_that_arrived_with_their_headers(watch, regulator):
    body = LAW_IN_CHINESE.encode("gb18030")
    watch.declare(
        "cn_old", regulator.says("/old.htm", body, kind="text/html", headers={"X-Of-Site": "练".encode().hex()})
    )
    watch.declare("eu_zipped", regulator.says("/act"))

    watch.crawl()

    (snapshot,) = watch.snapshots("cn_old")
    headers, archived_body = watch.archive.exchange(snapshot.archived_as)
    assert archived_body == body
    assert ("X-Of-Site", "练".encode().hex()) in headers
    assert (snapshot.media_type, snapshot.length, snapshot.fetched_at) == ("text/html", len(body), watch.noon)
    assert watch.look("eu_zipped").outcome is Outcome.NEW


def test_the_same_bytes_are_kept_once_and_each_look_is_on_record(watch, regulator):
    watch.declare("eu_act", regulator.says("/act"))

    watch.crawl()
    watch.crawl()
    regulator.says("/act", "<html><body>" + "<p>The light shall be lit by day, too.</p>" * 3)
    watch.crawl()

    assert [c.outcome for c in watch.looks("eu_act")] == [Outcome.NEW, Outcome.SAME, Outcome.NEW]
    assert len(watch.snapshots("eu_act")) == 2


def test_a_page_that_has_not_changed_is_not_sent_again_unless_the_whole_is_wanted(watch, regulator):
    url = regulator.says_once("/act", '"v1"')
    watch.declare("eu_act", url)

    watch.crawl()
    watch.crawl()
    watch.crawl(FetchJob("eu_act", (url,), full=True))
    watch.crawl(now=watch.noon + timedelta(days=8))  # validators may lie: once a week the whole page

    tags = [headers.get("if-none-match") for path, headers in regulator.requests if path == "/act"]
    assert tags == [None, '"v1"', None, None]
    assert [c.outcome for c in watch.looks("eu_act")] == [Outcome.NEW, Outcome.NOT_MODIFIED, Outcome.SAME, Outcome.SAME]


@pytest.fixture
def bad_day(watch, regulator):
    """Everything goes wrong at once, in one crawl."""
    answers = {
        Cause.CHALLENGE: {"body": "", "status": 202},
        Cause.EMPTY: {"body": ""},
        Cause.BLOCKED: {"body": "<html><title>Access Denied</title><p>You have been blocked.</p></html>"},
        Cause.LOGIN: {"body": "<html><body><p>请先登录后再查看本页面的内容，谢谢合作。</p></body></html>"},
        Cause.EMPTY_SHELL: {
            "body": "<html><head><script src=a.js></script></head><body><div id=root></div></body></html>"
        },
        Cause.WRONG_TYPE: {"body": '{"error": "no"}', "kind": "application/json"},
        Cause.TRUNCATED: {"claims": 99_999},
        Cause.TOO_LARGE: {"body": gzip.compress(bytes(70 * 1024 * 1024)), "headers": {"Content-Encoding": "gzip"}},
        Cause.HTTP_STATUS: {"status": 500},
    }
    for cause, answer in answers.items():
        name = cause.name.lower()
        watch.declare(f"eu_{name}", regulator.says(f"/{name}", **answer))
    watch.declare("eu_unreachable", "http://127.0.0.1:9/act")
    watch.crawl()
    return {cause: f"eu_{cause.name.lower()}" for cause in (*answers, Cause.UNREACHABLE)}


def test_what_is_not_the_page_is_no_snapshot_but_a_failed_look_and_a_problem_that_ends_by_itself(
    watch, regulator, bad_day
):
    for cause, source_id in bad_day.items():
        (problem,) = watch.problems(source_id)
        assert (problem.cause, problem.stage) == (cause, cause.stage)
        assert (watch.look(source_id).outcome, watch.look(source_id).cause) == (Outcome.FAILED, cause)
        assert watch.snapshots(source_id) == []

    for source_id in bad_day.values():
        regulator.says(f"/{source_id.removeprefix('eu_')}")
    watch.crawl()

    assert [source_id for source_id in bad_day.values() if watch.problems(source_id)] == ["eu_unreachable"]


def test_a_list_shows_new_pages_and_only_what_appears_later_is_news(watch, regulator):
    def rows(*names: str) -> str:
        items = "".join(
            f'<li><a href="/{n}.htm#top" title="Act {n} in full">Act…</a> <i>2026-03-0{n}</i></li>' for n in names
        )
        return f'<html><body><ul>{items}<li><a href="javascript:x()">none</a></ul><p>The list of all acts.</p>'

    more = '[params]\nitem = "li"\ndate = "i"\n[expect]\nmin_items = 1\n'
    declaration = watch.declare("eu_list", regulator.says("/list", rows("1", "2")), spider="listing", more=more)
    for name in "123":
        regulator.says(f"/{name}.htm")

    watch.crawl()
    regulator.says("/list", rows("3", "1", "2"))
    watch.crawl(FetchJob(declaration, (regulator.origin + "/list",)))

    pages = watch.pages(declaration)
    assert {url.rsplit("/", 1)[1]: page.discovered for url, page in pages.items()} == {
        "list": False, "1.htm": False, "2.htm": False, "3.htm": True,
    }  # fmt: skip
    newest = pages[regulator.origin + "/3.htm"]
    assert (newest.title, str(newest.published_on), newest.listing) == ("Act 3 in full", "2026-03-03", False)
    assert regulator.paths() == ["/list", "/1.htm", "/2.htm", "/list", "/3.htm"]


def test_a_list_without_its_rows_is_a_problem_and_nothing_on_it_is_followed(watch, regulator):
    shell = "<html><body><p>Welcome to the site of the regulator of lighthouses.</p></body></html>"
    more = '[params]\nitem = "li"\n[expect]\nmin_items = 1\n'
    watch.declare("eu_list", regulator.says("/list", shell), spider="listing", more=more)

    watch.crawl()

    assert [p.cause for p in watch.problems("eu_list")] == [Cause.TOO_FEW_ITEMS]
    assert len(watch.pages("eu_list")) == 1


def test_a_feed_is_followed_and_one_with_entities_is_refused(watch, regulator):
    link, on = regulator.says("/news"), "Sat, 07 Mar 2026 09:00:00 GMT"
    item = f"<item><title>A &amp; B</title><link>{link}</link><pubDate>{on}</pubDate></item>"
    feed = f"<?xml version='1.0'?><rss version='2.0'><channel><title>News</title>{item}</channel></rss>"
    bomb = feed.replace("<rss", "<!DOCTYPE r [<!ENTITY a 'aaaa'>]><rss")
    more = 'kind = "news"\n[expect]\nmin_items = 1\n'
    watch.declare("eu_feed", regulator.says("/feed", feed, kind="application/rss+xml"), spider="feed", more=more)
    watch.declare("eu_bomb", regulator.says("/bomb", bomb, kind="application/rss+xml"), spider="feed", more=more)

    watch.crawl()

    page = watch.pages("eu_feed")[regulator.origin + "/news"]
    assert (page.title, str(page.published_on)) == ("A & B", "2026-03-07")
    assert [p.cause for p in watch.problems("eu_bomb")] == [Cause.TOO_FEW_ITEMS]


def test_one_host_is_asked_one_thing_at_a_time_with_the_declared_pause(watch, regulator):
    for n in range(4):
        watch.declare(f"eu_act_{n}", regulator.says(f"/{n}", before=lambda: time.sleep(0.05)), pause="1 second")

    start = time.monotonic()
    watch.crawl(FetchJob("eu_act_0"), FetchJob("eu_act_1"), FetchJob("eu_act_2"))

    assert regulator.busiest == 1
    assert time.monotonic() - start >= 3  # robots.txt and three pages: three pauses


def test_two_crawls_at_once_still_ask_a_host_one_thing_at_a_time(watch, regulator, tmp_path):
    for n in range(6):
        watch.declare(f"eu_act_{n}", regulator.says(f"/{n}", before=lambda: time.sleep(0.1)))
    script = "import sys; from crawlers.__main__ import main; main()"
    children = []
    watch.crawl(FetchJob("eu_act_0"))
    for half in ((1, 2, 3), (3, 4, 5)):
        place = FetchPlace(watch.home, watch.home / "watch.db", watch.home / "archive", (watch.declarations,))
        child = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE)
        child.stdin.write(dump([FetchJob(f"eu_act_{n}") for n in half], place))
        child.stdin.flush()
        children.append(child)
    for child in children:
        assert child.wait(60) == 0
        child.stdin.close()

    assert regulator.busiest == 1
    assert sorted(regulator.paths()) == ["/0", "/1", "/2", "/3", "/3", "/4", "/5"]


def test_a_host_that_asks_us_to_wait_is_left_alone(watch, regulator):
    for n in range(3):
        busy = regulator.says(f"/{n}", "<p>busy</p>", status=429, headers={"Retry-After": "120"})
        watch.declare(f"eu_act_{n}", busy)

    watch.crawl()

    assert len(regulator.paths()) == 1
    assert sorted(watch.look(f"eu_act_{n}").cause for n in range(3)) == [
        Cause.BACK_OFF,
        Cause.BACK_OFF,
        Cause.HTTP_STATUS,
    ]


def test_nothing_beyond_this_machine_is_asked_without_a_contact_nor_anything_private_with_one(watch, regulator):
    watch.declare("eu_far", "http://192.0.2.1/act", pause="1 second")
    watch.declare("eu_named", "http://law.invalid/act", pause="1 second")
    watch.crawl()

    for source_id in ("eu_far", "eu_named"):
        (problem,) = watch.problems(source_id)
        assert problem.cause == Cause.NO_CONTACT
        assert "set CLAUSEWATCH_CONTACT" in problem.text

    watch.declare("eu_private", "http://10.0.0.1/act", pause="1 second")
    watch.crawl(FetchJob("eu_private"), contact="policy@example.org")

    assert [p.cause for p in watch.problems("eu_private")] == [Cause.PRIVATE_ADDRESS]


def test_we_say_who_we_are_and_ask_this_machine_without_a_proxy(watch, regulator, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    watch.declare("eu_act", regulator.says("/act"))

    watch.crawl(contact="policy@example.org")

    agents = {headers["user-agent"] for _, headers in regulator.requests}
    assert agents == {"Clausewatch/0.1 (+policy@example.org)"}
    assert not {"cookie", "referer"} & {name for _, headers in regulator.requests for name in headers}


def test_a_redirect_is_followed_and_its_first_address_stays_the_page(watch, regulator):
    regulator.says("/new")
    watch.declare("eu_act", regulator.says("/old", "", status=301, headers={"Location": "/new"}))

    watch.crawl()

    (snapshot,) = watch.snapshots("eu_act")
    assert snapshot.url == regulator.origin + "/old"
    assert watch.look("eu_act").text == f"moved for good to {regulator.origin}/new"
    assert regulator.paths() == ["/old", "/new"]


def test_a_crawl_that_hangs_is_killed_and_what_it_left_out_is_a_problem(watch, regulator):
    end = threading.Event()
    watch.declare("eu_slow", regulator.says("/slow", before=lambda: end.wait(60)))

    start = time.monotonic()
    watch.crawl(timeout=timedelta(seconds=4))

    assert time.monotonic() - start < 50  # a machine with much to do is slow to start and to end it
    end.set()
    (problem,) = watch.problems("eu_slow")
    assert (problem.stage, problem.cause) == (Stage.FETCH, Cause.NOT_FETCHED)
    assert "was stopped after 4 s" in problem.text


def test_hosts_that_hang_do_not_use_up_the_time_of_those_behind_them():
    time_limit = timedelta(seconds=60)
    urls = [f"http://127.0.0.1:{port}/act" for port in range(9000, 9060)]
    declarations = {
        f"eu_{n}": Source(f"eu_{n}", "eu", "Act", ("eu_ep",), "en", "page", (url,), timedelta(days=1))
        for n, url in enumerate(urls)
    }
    jobs = [FetchJob(source_id) for source_id in declarations]

    # each may time out at its robots.txt and at its page, a dozen side by side
    assert _long_enough(jobs, declarations) >= len(jobs) / HOSTS_AT_ONCE * 2 * time_limit


def test_a_crawl_dies_with_whoever_ordered_it(watch, regulator):
    watch.declare("eu_slow", regulator.says("/slow", before=lambda: time.sleep(6)))
    script = (
        "import sys; from pathlib import Path; from crawlers.child.fetch import *\n"
        "home, declarations = map(Path, sys.argv[1:])\n"
        "fetch([FetchJob('eu_slow')], FetchPlace(home, home / 'watch.db', home / 'archive', (declarations,)))\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script, watch.home, watch.declarations])
    while not regulator.paths():
        time.sleep(0.05)
        assert parent.poll() is None
    children = _children_of(parent.pid)

    parent.kill()
    parent.wait()

    assert children
    deadline = time.monotonic() + 20
    while any(_runs(pid) for pid in children):
        assert time.monotonic() < deadline, "the child outlived its parent"
        time.sleep(0.05)


def test_a_source_that_nobody_declared_is_refused(watch, regulator):
    watch.declare("eu_act", regulator.says("/act"))

    with pytest.raises(CrawlError, match="no source is declared as eu_atc"):
        watch.crawl(FetchJob("eu_atc"))


def test_without_a_given_time_the_real_one_is_kept(watch, regulator):
    watch.declare("eu_act", regulator.says("/act"))

    before = datetime.now(UTC)
    watch.crawl(now=None)

    assert before <= watch.look("eu_act").checked_at <= datetime.now(UTC)


def _children_of(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(child) for child in children.split()]


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_the_hosts_of_a_round_are_shared_out_and_none_is_asked_by_two_processes(watch, regulator, open_regulator):
    other = open_regulator()
    watch.declare("eu_a", regulator.origin + "/a")
    watch.declare("eu_b", regulator.origin + "/b")
    watch.declare("eu_c", other.origin + "/c")
    declarations = load([watch.declarations])
    jobs = [FetchJob("eu_a", tuple(f"{regulator.origin}/{n}" for n in range(300))), FetchJob("eu_b"), FetchJob("eu_c")]

    two = shares(jobs, declarations, 2)

    assert [sorted(one.source_id for one in share) for share in two] == [["eu_a", "eu_b"], ["eu_c"]]
    assert len(shares(jobs, declarations, 1)) == 1
    assert len(shares(jobs, declarations, 9)) == 2  # as many as there are hosts
    assert len(shares([FetchJob("eu_b"), FetchJob("eu_c")], declarations)) == 1  # too little to be worth a second start
    other.close()


def test_two_processes_crawl_side_by_side_and_what_fails_in_one_is_told_of_it(watch, regulator, open_regulator):
    other = open_regulator()
    watch.declare("eu_a", regulator.says("/a"))
    watch.declare("eu_b", other.says("/b"))
    watch.declare("eu_c", other.says("/c", "<h1>Not Found</h1>", status=404))
    place = FetchPlace(watch.home, watch.home / "watch.db", watch.home / "archive", (watch.declarations,), processes=2)

    sources.sync(watch.db, load([watch.declarations]).values(), watch.noon)
    fetch([FetchJob("eu_a"), FetchJob("eu_b"), FetchJob("eu_c")], place)

    assert [watch.look(name).outcome for name in ("eu_a", "eu_b", "eu_c")] == [Outcome.NEW, Outcome.NEW, Outcome.FAILED]
    assert (watch.home / "logs/crawl-2.log").exists()
    other.close()
