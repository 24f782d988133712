"""What is kept of a look that brought nothing new, and of a page that is no more."""

from __future__ import annotations

from datetime import timedelta

from warcio.archiveiterator import ArchiveIterator

from crawlers.child.fetch import FetchJob
from storage.records import Outcome

ROW = '<html><body><p>The list of all practice acts.</p><ul><li><a href="/1.htm">Practice Act 1</a></ul></body></html>'


def records(path):
    with path.open("rb") as stream:
        return [
            (record.rec_type, dict(record.rec_headers.headers), record.http_headers.get_statuscode())
            for record in ArchiveIterator(stream)
        ]


def test_a_look_that_brought_what_we_had_is_a_revisit_that_says_where_the_page_is(watch, regulator):
    url = regulator.says_once("/act", '"v1"')
    watch.declare("eu_act", url)

    watch.crawl()
    watch.crawl(now=watch.noon + timedelta(hours=1))
    watch.crawl(FetchJob("eu_act", (url,), full=True), now=watch.noon + timedelta(hours=2))

    (file,) = (watch.archive.root / "revisits").iterdir()
    assert file.name == "20260302.warc.gz"
    revisits = [(headers, status) for kind, headers, status in records(file) if kind == "revisit"]
    assert [status for _, status in revisits] == ["304", "200"]
    assert [headers["WARC-Profile"].rpartition("/")[2] for headers, _ in revisits] == [
        "server-not-modified",
        "identical-payload-digest",
    ]
    (snapshot,) = watch.snapshots("eu_act")
    for headers, _ in revisits:
        assert headers["WARC-Target-URI"] == headers["WARC-Refers-To-Target-URI"] == url
        assert headers["WARC-Refers-To-Date"] == "2026-03-02T12:00:00.000000Z"
        assert headers["WARC-Payload-Digest"] == f"sha256:{snapshot.sha256}"
    assert [kind for kind, _, _ in records(file)] == ["revisit", "request"] * 2
    assert file.stat().st_size < 2500
    assert watch.archive.body(snapshot.archived_as)


def test_a_found_page_that_is_twice_said_to_be_no_more_is_gone_and_its_problem_ends(watch, regulator):
    more = '[params]\nitem = "li"\n'
    declaration = watch.declare("eu_list", regulator.says("/list", ROW), spider="listing", more=more)
    url = regulator.says("/1.htm")
    watch.crawl()

    regulator.says("/1.htm", "<h1>Gone</h1>", status=410)
    watch.crawl(FetchJob(declaration, (url,)))
    assert watch.pages(declaration)[url].gone_at is None
    assert len(watch.problems(declaration)) == 1

    watch.crawl(FetchJob(declaration, (url,)))
    assert watch.pages(declaration)[url].gone_at == watch.noon
    assert watch.problems(declaration) == []


def test_a_declared_page_is_never_given_up(watch, regulator):
    url = regulator.says("/act", "<h1>Not Found</h1>", status=404)
    watch.declare("eu_act", url)

    for _ in range(3):
        watch.crawl()

    assert watch.pages("eu_act")[url].gone_at is None
    assert [check.outcome for check in watch.looks("eu_act")] == [Outcome.FAILED] * 3
    assert len(watch.problems("eu_act")) == 1
