"""What lists of every kind have in common, by the real child process."""

from __future__ import annotations

from crawlers.child.fetch import FetchJob
from crawlers.failure_causes import Cause
from storage.records import Outcome

OLDER = '[params]\nitem = "li"\n[params.older]\nurl = "/list?page={n}"\nmost = 3\n'


def a_list(*names: object) -> str:
    rows = "".join(f'<li><a href="/{name}.htm">Practice Act {name}</a></li>' for name in names)
    return f"<html><body><p>The list of all practice acts.</p><ul>{rows}</ul></body></html>"


def older(regulator) -> list[str]:
    return [path for path in regulator.paths() if "page=" in path]


def test_older_pages_are_turned_only_while_nothing_was_known(watch, regulator):
    declaration = watch.declare("eu_list", regulator.says("/list", a_list(5, 6)), spider="listing", more=OLDER)
    regulator.says("/list?page=2", a_list(3, 4))
    regulator.says("/list?page=3", a_list(3, 4))  # ends where nothing is new
    for name in range(1, 12):
        regulator.says(f"/{name}.htm")
    url = regulator.origin + "/list"

    watch.crawl()
    assert older(regulator) == ["/list?page=2", "/list?page=3"]
    assert len(watch.pages(declaration)) == 5

    regulator.says("/list", a_list(7, 6, 5))
    watch.crawl(FetchJob(declaration, (url,)))
    assert len(older(regulator)) == 2

    regulator.says("/list", a_list(10, 11))  # a gap: so much was published that all we knew has left the page
    regulator.says("/list?page=2", a_list(8, 9, 7))
    watch.crawl(FetchJob(declaration, (url,)))
    assert older(regulator)[2:] == ["/list?page=2"]
    assert len(watch.pages(declaration)) == 10


def test_an_older_page_that_cannot_be_had_does_not_spoil_the_list(watch, regulator):
    watch.declare("eu_list", regulator.says("/list", a_list(1)), spider="listing", more=OLDER)
    regulator.says("/1.htm")

    watch.crawl()

    assert [check.outcome for check in watch.looks("eu_list")] == [Outcome.NEW, Outcome.NEW]


def test_rows_that_nobody_wants_still_count_as_a_list_that_works(watch, regulator):
    more = '[params]\nitem = "li"\ntitle_words = ["LIGHT"]\n[expect]\nmin_rows = 3\n'
    rows = a_list(1, 2).replace("</ul>", '<li><a href="/3.htm">On lights</a></li></ul>')
    watch.declare("eu_list", regulator.says("/list", rows), spider="listing", more=more)
    regulator.says("/3.htm")

    watch.crawl()

    assert watch.problems("eu_list") == []
    assert [url.rpartition("/")[2] for url in watch.pages("eu_list")] == ["list", "3.htm"]


def test_a_new_address_of_a_known_instrument_joins_it(watch, regulator):
    more = """
    [params]
    item = "li"
    [[params.instruments]]
    title = "(?i)^practice act 2"
    instrument = "eu_practice_act_2"
    """
    watch.declare("eu_list", regulator.says("/list", a_list(1, 2)), spider="listing", more=more)
    regulator.says("/1.htm")
    regulator.says("/2.htm")

    watch.crawl()

    instruments_by_name = {url.rpartition("/")[2]: page.instrument_id for url, page in watch.pages("eu_list").items()}
    assert instruments_by_name == {"list": "", "1.htm": "", "2.htm": "eu_practice_act_2"}


def test_a_file_attached_later_is_found_when_the_notice_is_looked_at_again(watch, regulator):
    more = '[params]\nitem = "li"\nnotices = true\nattachments = "a.file"\n'
    notice = "<html><body><p>The practice standard is open for comment until the end of the month.</p>{}</body></html>"
    declaration = watch.declare("eu_list", regulator.says("/list", a_list(1)), spider="listing", more=more)
    url = regulator.says("/1.htm", notice.format(""))
    regulator.says("/files/a.htm")

    watch.crawl()
    regulator.says("/1.htm", notice.format('<a class="file" href="/files/a.htm">Standard A</a>'))
    watch.crawl(FetchJob(declaration, (url,)))

    pages = {url.rpartition("/")[2]: page for url, page in watch.pages(declaration).items()}
    assert (pages["1.htm"].listing, pages["a.htm"].listing, pages["a.htm"].discovered) == (True, False, True)
    assert watch.looks(declaration)[-1].outcome is Outcome.NEW


def test_a_shell_that_does_not_say_how_its_list_is_asked_is_a_failed_look(watch, regulator):
    shell = "<html><body><p>Welcome to the ministry of lighthouses and buoys.</p></body></html>"
    more = '[params]\nitem = "li"\n'
    watch.declare("cn_column", regulator.says("/column", shell), spider="jpaas", more=more)
    watch.declare("in_form", regulator.says("/form", shell), spider="postback", more=more)
    watch.declare("cn_api", regulator.says("/api", "[]", kind="application/json"), spider="json",
                  more='[params]\nitems = "rows"\nlink = "url"\n[expect]\nmin_items = 1\n')  # fmt: skip

    watch.crawl()

    assert watch.look("cn_column").cause == watch.look("in_form").cause == Cause.UNREADABLE
    assert watch.look("cn_api").cause == Cause.TOO_FEW_ITEMS


def test_a_page_of_editions_that_names_none_is_a_failed_look_and_no_older_text_is_taken(watch, regulator):
    more = '[params]\neditions = "option"\nedition_url = "/text?v={0}"\n'
    watch.declare("us_bill", regulator.says("/bill"), more=more)

    watch.crawl()

    assert watch.look("us_bill").cause == Cause.UNREADABLE
    assert regulator.paths() == ["/bill"]


def test_where_a_text_is_must_be_said_by_its_publisher(watch, regulator):
    more = """
    [params]
    item = "li"
    text_pattern = '/(\\d+)\\.htm'
    text_url = "/where/{0}"
    text_at = "data.url"
    """
    declaration = watch.declare("cn_list", regulator.says("/list", a_list(1, 2)), spider="listing", more=more)
    regulator.says("/where/1", '{"data": {"url": "/signed/1"}}', kind="application/json")
    regulator.says("/where/2", '{"data": {}}', kind="application/json")
    regulator.says("/signed/1")

    watch.crawl()

    first, second = (page for page in watch.pages(declaration).values() if not page.listing)
    assert [snapshot.url for snapshot in watch.snapshots(declaration)][1:] == [regulator.origin + "/signed/1"]
    assert first.url.endswith("/1.htm")
    assert [check.cause for check in watch.looks(declaration) if check.page_id == second.id] == [Cause.UNREADABLE]
