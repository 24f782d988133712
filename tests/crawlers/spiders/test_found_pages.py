"""What a list leads to: notices and drafts, files in frames, issues and items, by the real child process."""

from __future__ import annotations

from datetime import date

from crawlers.child.fetch import FetchJob
from crawlers.failure_causes import Cause
from storage.records import Outcome

LINE = "<p>Article {n}. A keeper of lighthouses shall keep light number {n} lit at night.</p>"
LONG = "<h1>Practice Act</h1>" + "".join(LINE.format(n=n) for n in range(1, 6))
NOTICE = (
    "<html><body><p>We ask for comments on the draft until the end of April, by mail or by letter.</p>{}</body></html>"
)


def a_list(*rows: str) -> str:
    says = "<p>All the drafts of the practice ministry, newest first.</p>"
    return f"<html><body><main>{says}<ul>{''.join(rows)}</ul></main></body></html>"


def a_row(name: object, more: str = "") -> str:
    return f'<li><a href="/{name}.htm">Practice draft {name}</a>{more}</li>'


def pages_by_name(watch, source_id) -> dict[str, object]:
    return {url.rpartition("/")[2]: page for url, page in watch.pages(source_id).items()}


def test_the_draft_of_a_notice_is_law_its_note_is_kept_and_its_form_left_alone(watch, regulator):
    more = '[params]\nitem = "li"\nnotices = true\nattachments = "a.file"\ndate = "i"\ndeadline = "i"\n'
    span = "<i>2026-03-02 to 2026-04-01</i>"
    watch.declare("eu_list", regulator.says("/list", a_list(a_row(1, span))), spider="listing", more=more)
    files = (
        '<a class="file" href="/f/draft">Practice draft 1</a> <a class="file" href="/f/note">Explanatory memorandum</a>'
        ' <a class="file" href="/f/form">Feedback form</a>'
    )
    regulator.says("/1.htm", NOTICE.format(files))
    for name in ("draft", "note", "form"):
        regulator.says(f"/f/{name}", LONG)

    watch.crawl()

    pages = pages_by_name(watch, "eu_list")
    assert {name: page.listing for name, page in pages.items() if name != "list"} == {
        "1.htm": True,
        "draft": False,
        "note": True,
    }
    assert pages["draft"].published_on == date(2026, 3, 2)
    assert pages["draft"].comments_due_on == date(2026, 4, 1)
    assert "/f/form" not in regulator.paths()


def test_a_page_is_looked_at_again_as_what_it_was_found_to_be(watch, regulator):
    more = '[params]\nitem = "li"\nnotices = true\nattachments = "a.file"\n'
    watch.declare("eu_list", regulator.says("/list", a_list(a_row(1))), spider="listing", more=more)
    regulator.says("/1.htm", NOTICE.format('<a class="file" href="/f/draft">Practice draft 1</a>'))
    draft = regulator.says("/f/draft", LONG)  # an address without an extension

    watch.crawl()
    watch.crawl(FetchJob("eu_list", (draft,)))

    assert pages_by_name(watch, "eu_list")["draft"].listing is False


def test_a_page_that_prints_its_text_is_the_law_and_one_that_only_announces_is_not(watch, regulator):
    more = '[params]\nitem = "li"\nnotices = "attached"\nattachments = "a.file"\n'
    watch.declare("eu_list", regulator.says("/list", a_list(a_row(1), a_row(2), a_row(3))), spider="listing", more=more)
    regulator.says("/1.htm", NOTICE.format('<a class="file" href="/f/1">Annex to the draft</a>'))
    regulator.says("/2.htm", f"<body>{LONG}<a class='file' href='/f/2'>Download</a></body>")
    regulator.says("/3.htm", NOTICE.format(""))
    for name in (1, 2):
        regulator.says(f"/f/{name}", LONG)

    watch.crawl()

    listing = {name: page.listing for name, page in pages_by_name(watch, "eu_list").items()}
    assert listing == {"list": True, "1.htm": True, "1": False, "2.htm": False, "3.htm": False}


def test_a_file_in_a_frame_behind_a_viewer_is_fetched(watch, regulator):
    more = '[params]\nitem = "li"\nnotices = "attached"\nattachments = "iframe[src]"\n'
    watch.declare("in_list", regulator.says("/list", a_list(a_row(1))), spider="listing", more=more)
    frame = f"<iframe src='../web/?file={regulator.origin}/docs/7.pdf' title='Practice circular'></iframe>"
    regulator.says(
        "/1.htm", f"<html><body><h1>Practice circular</h1><p>Read it in this frame.</p>{frame}</body></html>"
    )
    regulator.says("/docs/7.pdf", b"%PDF-1.4\n" + b"0" * 200, kind="application/pdf")

    watch.crawl()

    assert "/docs/7.pdf" in regulator.paths()
    assert pages_by_name(watch, "in_list")["7.pdf"].title == "Practice circular"


def test_an_issue_lists_items_of_which_those_with_a_word_are_read(watch, regulator):
    more = """
    [params]
    items = "*.values.*.*"
    link = "url"
    title = "Gazette {@keys.0}, {@keys.1}"
    newest = 2
    title_words = ["data"]
    inner = { item = "a.item", link = "" }
    """
    issues = '{"No. 3": {"url": "/issue/3/"}, "No. 2": {"url": "/issue/2/"}, "No. 1": {"url": "/issue/1/"}}'
    table = regulator.says("/gb.json", f'\ufeff[{{"values": {{"2026": {issues}}}}}]', kind="application/json")
    watch.declare("cn_gazette", table, spider="json", more=more)
    items = '<a class="item" href="/c/{n}.htm">Rules on data {n}</a> <a class="item" href="/c/x{n}.htm">On buoys</a>'
    for n in (2, 3):
        regulator.says(f"/issue/{n}/", f"<body><p>Gazette of the practice state, whole.</p>{items.format(n=n)}</body>")
        regulator.says(f"/c/{n}.htm", LONG)

    watch.crawl()

    pages = {url.removeprefix(regulator.origin): page for url, page in watch.pages("cn_gazette").items()}
    assert {url: page.listing for url, page in pages.items()} == {
        "/gb.json": True,
        "/issue/3/": True,
        "/issue/2/": True,
        "/c/3.htm": False,
        "/c/2.htm": False,
    }
    assert pages["/issue/3/"].title == "Gazette 2026, No. 3"


def test_a_list_in_another_language_is_a_problem_that_names_it(watch, regulator):
    rows = a_list(*(f'<li><a href="/{n}.htm">प्रकाशस्तंभ अधिनियम {n}</a></li>' for n in range(1, 4)))
    watch.declare("in_list", regulator.says("/list", rows), spider="listing", more='[params]\nitem = "li"\n')

    watch.crawl()

    assert watch.look("in_list").cause == Cause.OTHER_LANGUAGE
    assert "3 of 3 titles" in watch.look("in_list").text
    assert len(watch.pages("in_list")) == 1


def test_items_are_counted_after_filtering_and_a_list_without_rows_is_none(watch, regulator):
    words = '[params]\nitem = "li"\ntitle_words = ["buoy"]\n'
    few = f"{words}[expect]\nmin_items = 1\n"
    watch.declare("eu_few", regulator.says("/few", a_list(a_row(1))), spider="listing", more=few)
    watch.declare("eu_none", regulator.says("/none", a_list(a_row(1))), spider="listing", more=words)
    watch.declare("eu_empty", regulator.says("/empty", a_list()), spider="listing", more=words)

    watch.crawl()

    assert watch.look("eu_few").cause == watch.look("eu_empty").cause == Cause.TOO_FEW_ITEMS
    assert watch.look("eu_none").outcome is Outcome.NEW


def test_one_malformed_link_spoils_no_other_row(watch, regulator):
    malformed_links = [
        f'<li><a href="{url}">Practice draft 0</a></li>' for url in ("http://[broken/1", "http://a..b/x")
    ]
    rows = a_list(*malformed_links, a_row(2))
    watch.declare("eu_list", regulator.says("/list", rows), spider="listing", more='[params]\nitem = "li"\n')
    regulator.says("/2.htm", LONG)

    watch.crawl()

    assert sorted(pages_by_name(watch, "eu_list")) == ["2.htm", "list"]
    assert watch.problems("eu_list") == []


def test_a_list_brings_so_many_new_addresses_at_most_and_says_so(watch, regulator):
    rows = a_list(*(a_row(n) for n in range(1000)))
    more = 'kind = "news"\n[params]\nitem = "li"\n'
    watch.declare("eu_list", regulator.says("/list", rows), spider="listing", more=more)

    watch.crawl()

    assert len(watch.pages("eu_list")) == 401
    assert watch.look("eu_list").cause == Cause.TOO_MANY_ITEMS
    assert "600 new addresses more" in watch.look("eu_list").text
