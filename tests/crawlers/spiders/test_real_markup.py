"""Pages as real sites serve them, by the real child process: everything is found, or a Problem says what is not."""

from __future__ import annotations

from crawlers.declaration.load import load
from crawlers.failure_causes import Cause
from storage.records import Outcome

TOP = "<html><head><base href='/docs/'></head><body><div>Ministry of Practice</div></body></html>"
NOTICE = f"""{TOP}<div><h1>Practice notice</h1><p>The draft is attached; say by the end of the month what you think.</p>
<a class=file href='draft.pdf'>Practice draft</a>
<a class=file href="javascript:void(0)" onclick="download('annex/1.pdf', 7)">Annex on lamps</a></div></html>"""
PDF = b"%PDF-1.4\n" + b"0" * 200


def test_what_stands_behind_a_stray_end_of_the_page_is_found_from_the_base_it_names(watch, regulator):
    more = '[params]\nitem = "li"\nattachments = ".file"\nnotices = "attached"\n'
    rows = f"{TOP}<ul><li><a href='notice.html;jsessionid=AB12'>Practice notice</a></ul><p>End of the list.</p></html>"
    watch.declare("cn_list", regulator.says("/list", rows), spider="listing", more=more)
    regulator.says("/docs/notice.html", NOTICE)
    for name in ("draft.pdf", "annex/1.pdf"):
        regulator.says(f"/docs/{name}", PDF, kind="application/pdf")

    watch.crawl()

    pages = {url.removeprefix(regulator.origin): page.title for url, page in watch.pages("cn_list").items()}
    assert pages == {
        "/list": "",
        "/docs/notice.html": "Practice notice",
        "/docs/draft.pdf": "Practice draft",
        "/docs/annex/1.pdf": "Annex on lamps",
    }
    assert watch.problems("cn_list") == []


def test_a_session_in_an_address_makes_no_new_page_of_a_known_one(watch, regulator):
    rows = "<html><body><p>The list of all acts.</p><ul><li><a href='/1.htm;jsessionid={}'>Act 1</a></ul></body></html>"
    watch.declare(
        "in_list", regulator.says("/list", rows.format("A1")), spider="listing", more='[params]\nitem = "li"\n'
    )
    regulator.says("/1.htm")
    watch.crawl()

    regulator.says("/list", rows.format("B2"))
    watch.crawl()

    assert [url.removeprefix(regulator.origin) for url in watch.pages("in_list")] == ["/list", "/1.htm"]
    assert [check.outcome for check in watch.looks("in_list")] == [Outcome.NEW] * 3  # the list, the page, the list


EMPTY_LISTS = {
    "written_by_a_script": "<script>document.write('<li><a href=/1.htm>Practice Act 1</a></li>')</script>",
    "an_array_in_a_script": "<script>var rows = [{title: 'Practice Act 1', url: '/1.htm'}]</script>",
    "an_empty_table": "<table><thead><tr><th><a href='?sort=1'>Title</a></th></tr></thead></table>",
    "only_a_menu": "<nav><ul><li><a href=/home>Home</a></li><li><a href=/laws>Laws</a></li></ul></nav>",
    "links_to_nowhere": "<ul><li><a href='#'>Practice Act 1</a></li><li><a href='mailto:a@b.c'>Write</a></li></ul>",
    "a_form_of_a_search": "<form method=post><input name=q><button>Search the acts</button></form>",
    "a_frame_of_another_site": "<iframe src='https://elsewhere.example/list'></iframe>",
    "template_marks": "<ul><li v-for='act in acts'>{{ act.title }}</li></ul>",
}


NO_LIST = {
    "an_error": '{"code": 500, "message": "busy"}',
    "another_field": '{"list": [{"url": "/1.htm"}]}',
    "no_list": '{"rows": null}',
    "text": '{"rows": "none"}',
    "broken": '{"rows": [{"url": "/1.htm"}',
}


def a_page(body: str) -> str:
    return f"<html><body><h1>Practice acts and rules</h1><p>All acts of the practice state.</p>{body}</body></html>"


def test_a_list_that_yields_nothing_is_always_a_problem_and_never_silence(watch, regulator):
    for name, body in EMPTY_LISTS.items():
        for words, suffix in (("", "a"), ('title_words = ["practice"]\n', "w")):
            url = regulator.says(f"/{name}/{suffix}", a_page(body))
            watch.declare(f"eu_{name}_{suffix}", url, spider="listing", more=f'[params]\nitem = "li, tr"\n{words}')
    for name, answer in NO_LIST.items():
        url = regulator.says(f"/{name}", answer, kind="application/json")
        watch.declare(f"eu_{name}", url, spider="json", more='[params]\nitems = "rows"\nlink = "url"\n')
        url = regulator.says(f"/{name}.json", answer, kind="application/json")
        watch.declare(f"us_{name}", url, spider="federal_register", more='[params.conditions]\nterm = "AI"\n')

    watch.crawl()

    for source_id in load([watch.declarations]):
        causes = {problem.cause for problem in watch.problems(source_id)}
        assert causes & {Cause.TOO_FEW_ITEMS, Cause.SHAPE_CHANGED, Cause.EMPTY_SHELL}, (source_id, causes)
        assert len(watch.pages(source_id)) == 1


def test_an_answer_that_there_is_nothing_is_believed(watch, regulator):
    url = regulator.says("/none", '{"total": 0, "rows": []}', kind="application/json")
    watch.declare("eu_none", url, spider="json", more='[params]\nitems = "rows"\nlink = "url"\n')
    url = regulator.says("/none.json", '{"count": 0, "description": "no documents"}', kind="application/json")
    watch.declare("us_none", url, spider="federal_register", more='[params.conditions]\nterm = "AI"\n')
    empty = '[params]\nitem = "li"\n[expect]\nmin_rows = 0\n'
    watch.declare("cn_none", regulator.says("/empty", a_page("<p>None yet.</p>")), spider="listing", more=empty)

    watch.crawl()

    assert [watch.problems(source_id) for source_id in ("eu_none", "us_none", "cn_none")] == [[], [], []]
