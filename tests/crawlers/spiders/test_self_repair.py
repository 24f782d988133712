"""A list whose shape changed is found again: read for discovery, marked, proposed and mended by one command."""

from __future__ import annotations

from crawlers.child.fetch import FetchJob
from crawlers.declaration.proposals import accept_proposal, find_proposal
from crawlers.failure_causes import Cause
from storage.records import Outcome
from tests.crawlers.conftest import LAW

OLD = "<body><ul class='acts'>{}</ul></body>"
MENU = "<div class='nav'><ul><li><a href='/home/'>Home</a></li></ul></div>"
NEW = f"<body>{MENU}<main><div class='results'>{{}}</div></main></body>"
CARD = (
    "<article class='card'><h3>Practice regulation {n}</h3><time>2026-03-0{n}</time>"
    "<a href='/{n}.htm'>Open</a></article>"
)


def old_rows(*names: int) -> str:
    return OLD.format("".join(f"<li><a href='/{n}.htm'>Practice regulation {n}</a></li>" for n in names))


def new_rows(*names: int) -> str:
    return NEW.format("".join(CARD.format(n=n) for n in names))


def test_a_redesigned_list_is_read_for_discovery_marked_and_mended_by_one_command(watch, regulator):
    url = regulator.says("/list", old_rows(1, 2, 3))
    watch.declare("eu_list", url, spider="listing", more='[params]\nitem = "ul.acts li"\n[expect]\nmin_items = 1\n')
    for n in range(1, 6):
        regulator.says(f"/{n}.htm", LAW)
    watch.crawl()
    assert find_proposal(watch.home, "eu_list") is None

    regulator.says("/list", new_rows(5, 4, 3))
    watch.crawl(FetchJob("eu_list", (url,)))

    assert watch.look("eu_list").outcome is not Outcome.FAILED  # the page that was found
    assert [p.cause for p in watch.problems("eu_list")] == [Cause.SHAPE_CHANGED]
    assert {url.rpartition("/")[2] for url in watch.pages("eu_list")} == {"list", *(f"{n}.htm" for n in range(1, 6))}
    proposal = find_proposal(watch.home, "eu_list")
    assert proposal is not None
    assert proposal.params["item"].endswith("article.card")

    accept_proposal(watch.home, "eu_list", [watch.declarations])
    watch.crawl(FetchJob("eu_list", (url,), full=True))

    assert watch.problems("eu_list") == []


def test_a_shape_that_finds_only_strangers_gives_way_to_the_list_that_holds_what_is_known(watch, regulator):
    url = regulator.says("/list", old_rows(1, 2, 3, 4))
    watch.declare("eu_list", url, spider="listing", more='kind = "news"\n[params]\nitem = "ul li"\n')
    watch.crawl()

    topics = "".join(f"<li><a href='/topic/{n}.htm'>Rules on topic {n}</a></li>" for n in range(1, 6))
    regulator.says("/list", f"<body><div><h2>Topics</h2><ul>{topics}</ul></div>{new_rows(5, 4, 3, 2)}</body>")
    watch.crawl(FetchJob("eu_list", (url,)))

    (problem,) = watch.problems("eu_list")
    assert problem.cause == Cause.SHAPE_CHANGED
    assert "only 5 rows that were never seen" in problem.text
    assert not any("/topic/" in page_url for page_url in watch.pages("eu_list"))
    assert any(page_url.endswith("/5.htm") for page_url in watch.pages("eu_list"))


def test_a_list_of_nothing_but_new_documents_is_what_it_says(watch, regulator):
    url = regulator.says("/list", old_rows(1, 2, 3, 4))
    watch.declare("eu_list", url, spider="listing", more='kind = "news"\n[params]\nitem = "ul.acts li"\n')
    watch.crawl()

    regulator.says("/list", old_rows(5, 6, 7, 8))
    watch.crawl(FetchJob("eu_list", (url,)))

    assert watch.problems("eu_list") == []
    assert len(watch.pages("eu_list")) == 9


def test_where_no_list_can_be_found_again_the_list_is_too_short(watch, regulator):
    page = "<body><p>The register has moved, please look for it at another place of our site.</p></body>"
    more = '[params]\nitem = "ul.acts li"\n[expect]\nmin_items = 1\n'
    watch.declare("eu_list", regulator.says("/list", page), spider="listing", more=more)

    watch.crawl()

    assert watch.look("eu_list").cause == Cause.TOO_FEW_ITEMS
    assert find_proposal(watch.home, "eu_list") is None


def test_a_moved_list_of_objects_is_found_again(watch, regulator):
    rows = ", ".join(f'{{"id": {n}.0, "title": "Practice regulation {n}", "day": "2026-03-0{n}"}}' for n in (1, 2, 3))
    url = regulator.says("/api", f'{{"page": {{"content": [{rows}]}}}}', kind="application/json")
    more = 'kind = "news"\n[params]\nitems = "results"\nlink = "/acts/{id}"\ntitle = "title"\ndate = "day"\n'
    watch.declare("eu_api", url, spider="json", more=more)

    watch.crawl()

    assert sorted(url.removeprefix(regulator.origin) for url in watch.pages("eu_api")) == [
        "/acts/1",
        "/acts/2",
        "/acts/3",
        "/api",
    ]
    assert watch.look("eu_api").cause == Cause.SHAPE_CHANGED
    assert dict(find_proposal(watch.home, "eu_api").params)["items"] == "page.content"
