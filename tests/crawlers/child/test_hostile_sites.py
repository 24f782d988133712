"""Sites that misbehave never touch another source: each stands beside a well-behaved one in the same crawl."""

from __future__ import annotations

import json
import time
from datetime import timedelta

import pytest

from crawlers.child import walk_limits
from crawlers.child.fetch import FetchJob
from crawlers.declaration.load import load
from crawlers.failure_causes import Cause
from crawlers.spiders.list_spider import MOST_NEW_ADDRESSES
from storage.records import Outcome

MALFORMED_LINKS = [
    "http://[::1", "http://exa mple/x", "//", "http://:80/", "https://x.example:99999/", "javascript:void(0)",
    "mailto:a@b.c", "data:text/html,x", "file:///etc/passwd", "ftp://x.example/y", "http://x.example:0/",
    "\\\\host\\share", "%zz%",
    "http://\u202egnp.exe/", "http://xn--/", "http://" + "a" * 300 + ".example/", "/" + "y" * 9000, "?" * 50, "",
]  # fmt: skip
LIST = '[params]\nitem = "li"\n'


@pytest.fixture
def good(watch, open_regulator):
    """A well-behaved source on a host of its own."""
    regulator = open_regulator()
    watch.declare("eu_good", regulator.says("/act"))
    yield "eu_good"
    regulator.close()


def items(links: list[str]) -> str:
    rows = "".join(f'<li><a href="{link}">Practice regulation {n}</a></li>' for n, link in enumerate(links))
    return f"<html><body><p>All the regulations of the authority.</p><main><ul>{rows}</ul></main></body></html>"


def test_malformed_links_are_no_rows_and_the_others_are_followed(watch, regulator, good):
    regulator.says("/fine.htm")
    watch.declare(
        "eu_list", regulator.says("/list", items([*MALFORMED_LINKS, "/fine.htm"])), spider="listing", more=LIST
    )

    watch.crawl()

    assert watch.look(good).outcome is Outcome.NEW
    assert regulator.origin + "/fine.htm" in watch.pages("eu_list")
    led_to = [url for url in watch.pages("eu_list") if not url.startswith(regulator.origin)]
    assert all(url.startswith(("http://", "https://")) for url in led_to)
    assert not any(path.startswith("/etc") for path in regulator.paths())


@pytest.mark.parametrize("spider", ["listing", "json"])
def test_a_list_that_is_endless_brings_so_many_and_its_problem_names_it(watch, regulator, good, spider):
    count = MOST_NEW_ADDRESSES + 500
    if spider == "listing":
        body, kind, more = items([f"/{n}.htm" for n in range(count)]), "text/html", LIST
    else:
        rows = [{"url": f"/{n}.htm", "title": f"Practice regulation {n}"} for n in range(count)]
        body, kind, more = json.dumps(rows), "application/json", '[params]\nlink = "url"\ntitle = "title"\n'
    watch.declare("eu_list", regulator.says("/list", body, kind=kind), spider=spider, more='kind = "news"\n' + more)

    watch.crawl()

    assert watch.look(good).outcome is Outcome.NEW
    assert len(watch.pages("eu_list")) <= MOST_NEW_ADDRESSES + 1
    (problem,) = watch.problems("eu_list")
    assert problem.cause == Cause.TOO_MANY_ITEMS
    assert problem.source_id == "eu_list"
    assert str(count) in problem.text


def test_older_pages_without_end_are_turned_only_so_often(watch, regulator, good):
    numbers = iter(range(10**6))
    regulator.otherwise = lambda path: (200, "text/html", items([f"/{next(numbers)}.htm" for _ in range(5)]).encode())
    more = 'kind = "news"\n' + LIST + '[params.older]\nurl = "?page={n}"\nmost = 50\n'
    watch.declare("eu_list", regulator.origin + "/list", spider="listing", more=more)

    watch.crawl()

    assert watch.look(good).outcome is Outcome.NEW
    assert len(regulator.paths()) <= 51


def test_a_host_that_asks_for_an_hour_between_two_requests_is_asked_once_and_holds_up_nobody(watch, regulator, good):
    regulator.says("/robots.txt", "User-agent: *\nCrawl-delay: 3600", kind="text/plain")
    watch.declare("eu_shy", regulator.says("/list", items(["/1.htm", "/2.htm"])), spider="listing", more=LIST)
    started_at = time.monotonic()

    watch.crawl()

    assert time.monotonic() - started_at < 60
    assert watch.look(good).outcome is Outcome.NEW
    assert regulator.paths() == ["/list"]


def test_a_slow_host_holds_up_only_itself(watch, regulator, good):
    for n in range(3):
        url = regulator.says(f"/{n}", before=lambda: time.sleep(2.5))
        more = '[politeness]\npause = "0 seconds"\ntimeout = "1 second"\n'
        watch.declare(f"eu_slow_{n}", url, more=more)

    watch.crawl()

    assert watch.look(good).outcome is Outcome.NEW
    assert [watch.look(f"eu_slow_{n}").cause for n in range(3)] == [Cause.TIMED_OUT] * 3


def test_every_source_has_a_deadline_of_its_own_that_grows_with_its_pause(watch, regulator):
    watch.declare("eu_page", regulator.origin + "/a")
    watch.declare("eu_list", regulator.origin + "/b", spider="listing", more=LIST, pause="10 seconds")
    page, listing = (load([watch.declarations])[name] for name in ("eu_page", "eu_list"))

    assert walk_limits.longest_walk(page, ()) < timedelta(minutes=5)
    assert timedelta(minutes=10) < walk_limits.longest_walk(listing, ()) <= timedelta(minutes=45)


def test_a_walk_past_its_deadline_is_named_and_the_rest_goes_on(watch, regulator, good):
    regulator.says("/robots.txt", "User-agent: *\nCrawl-delay: 20", kind="text/plain")
    for n in range(40):
        regulator.says(f"/{n}.htm")
    links = [f"/{n}.htm" for n in range(40)]
    watch.declare("eu_long", regulator.says("/list", items(links)), spider="listing", more=LIST)

    watch.crawl(FetchJob("eu_long"), FetchJob(good), timeout=timedelta(seconds=5))

    assert watch.look(good).outcome is Outcome.NEW
    assert len(regulator.paths()) < 5  # the list, and what twenty seconds between two requests let through
