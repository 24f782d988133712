"""A reading has an identity: our code, our words and our declarations change, the law does not, and nobody is told."""

from __future__ import annotations

import shutil
import sys
from contextlib import closing
from dataclasses import fields, replace
from datetime import date, timedelta

import pytest

import tracker.reading
from storage.records import EarlierTemplate, Furniture, FurnitureKind, ReviewState, Stage
from tests.tracker.pipeline.builders import START, FedHome, a_rule, a_source
from tracker.operations.review import decide
from tracker.pipeline.run import finish
from tracker.pipeline.versions import reading_attempt
from tracker.reading import read, reading_key
from tracker.reading.reading_key import FREE_FIELDS, KEY_FIELDS, folder_hash
from tracker.reading.structure.draft import ReadingContext

URL = "http://127.0.0.1/law"
TITLE = "练习服务管理规定"
ARTICLES = [line for line in a_rule(TITLE).splitlines() if line.startswith("第")]
TIP = '<p class="tip">温馨提示：本站提供全文下载</p>'


def a_page(comment="", days=30, holder="law", tip=TIP):
    lines = [line.replace("30日", f"{days}日") for line in ARTICLES]
    lines = [f"<p>{line}</p>" for line in lines]
    lines.insert(3, tip)
    return (
        f'<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>{TITLE}</title></head>'
        f'<body><!-- {comment} --><div id="{holder}"><h1>{TITLE}</h1><p>2026年2月1日 国家互联网信息办公室公布</p>'
        f"{''.join(lines)}</div></body></html>"
    )


@pytest.fixture
def home(tmp_path):
    fed_home = FedHome(tmp_path / "home", a_source("cn_test", URL, select="#law"))
    with closing(fed_home.db):
        yield fed_home


def arrives(home, page):
    home.keep(URL, page, "text/html")
    finish(home.service)


def twice(home, page):
    for _ in range(2):
        arrives(home, page)


def declare(home, **more):
    home.sources["cn_test"] = replace(home.sources["cn_test"], **more)


def test_bug_b2_what_is_removed_by_an_edited_declaration_is_no_change_of_the_law(home):
    arrives(home, a_page())
    declare(home, remove=(".tip",))
    twice(home, a_page("regenerated"))

    assert home.happenings == []
    assert home.open_problems == []
    assert "温馨提示" not in "".join(p.text for p in home.versions_of(f"cn_{TITLE}")[-1].reading.walk())


def test_bug_b2_a_change_of_the_law_is_still_told_and_nothing_of_the_declaration_with_it(home):
    arrives(home, a_page())
    declare(home, remove=(".tip",))
    twice(home, a_page(days=10))

    [event] = home.events_told
    assert event.kind.value == "new_version"
    assert home.open_problems == []


def test_bug_b2_a_better_reader_is_no_change_of_the_law(home, monkeypatch):
    arrives(home, a_page())
    whole = reader_module().finish

    def better(drafts, cite):
        provisions = whole(drafts, cite)
        return tuple(replace(p, text=f"{p.text}！") if p.eid == "art_3" else p for p in provisions)

    monkeypatch.setattr(reading_attempt, "read_apart", read)  # what is patched here, a child process would not know
    monkeypatch.setattr(reader_module(), "finish", better)
    monkeypatch.setattr(sys.modules["tracker.reading.reading_key"], "code_hash", lambda: "another release")
    twice(home, a_page().replace("<h1>", "\n\n<h1>"))

    assert home.happenings == []
    assert home.open_problems == []
    assert "！" in home.versions_of(f"cn_{TITLE}")[-1].reading.provisions[2].text


def reader_module():
    return sys.modules["tracker.reading.read"]  # the package has a function of this name


def test_an_old_page_that_no_longer_reads_holds_the_change_for_operators_and_alerts_nobody(home):
    arrives(home, a_page())
    declare(home, select="#text")
    twice(home, a_page(days=10, holder="text"))

    assert home.happenings == []
    [problem] = home.open_problems
    assert (problem.stage, problem.cause) == (Stage.PAGE, "earlier text unreadable")
    assert home.versions_of(f"cn_{TITLE}")[-1].standing is ReviewState.QUARANTINED

    declare(home, earlier=(EarlierTemplate(START.date(), "#law"),))
    decide(home.service, problem.id, ReviewState.CONFIRMED)
    assert [kind for kind, _ in home.happenings] == ["new_version"]
    assert home.open_problems == []


def test_an_earlier_template_reads_what_was_kept_in_its_time(home):
    arrives(home, a_page())
    home.now += timedelta(days=2)
    declare(home, select="#text", remove=(".tip",), earlier=(EarlierTemplate(START.date(), "#law", (".tip",)),))
    twice(home, a_page(holder="text"))

    assert home.happenings == []
    assert home.open_problems == []


def test_of_several_earlier_templates_the_one_of_the_day_counts():
    source = a_source("cn_test", URL, select="#now", earlier=(
        EarlierTemplate(date(2026, 6, 1), "#second"), EarlierTemplate(date(2026, 3, 1), "#first")))  # fmt: skip
    days = (date(2026, 2, 1), date(2026, 3, 1), date(2026, 3, 2), date(2026, 6, 2))
    assert [source.template_of(day).select for day in days] == ["#first", "#first", "#second", "#now"]


KEYED_FIELDS = {
    "jurisdiction": "eu",
    "language": "en",
    "kind": "guidance",
    "media_type": "text/html",
    "select": "#law",
    "remove": (".tip",),
    "furniture": (Furniture(0, 1, "h", "p", "s", "", 0, FurnitureKind.SITE, (), START, START, learned_at=START),),
}
FREE = {
    "url": "http://127.0.0.1/other",
    "title": "Another title",
    "published_on": date(2026, 1, 1),
    "comments_due_on": date(2026, 1, 1),
    "authorities": ("cn_miit",),
    "topics": ("children",),
}
CONTEXT = ReadingContext(jurisdiction="cn", language="zh")


def test_each_field_of_a_context_is_in_the_key_or_touches_no_provision():
    assert {field.name for field in fields(ReadingContext)} == {*KEY_FIELDS, *FREE_FIELDS}
    assert KEYED_FIELDS.keys() == set(KEY_FIELDS)
    assert FREE.keys() == set(FREE_FIELDS)


@pytest.mark.parametrize("name", KEY_FIELDS)
def test_another_value_of_a_keyed_field_is_another_key(name):
    assert reading_key(replace(CONTEXT, **{name: KEYED_FIELDS[name]})) != reading_key(CONTEXT)


@pytest.mark.parametrize("name", FREE_FIELDS)
def test_another_value_of_a_free_field_touches_no_provision(name):
    other = replace(CONTEXT, **{name: FREE[name]})
    assert reading_key(other) == reading_key(CONTEXT)
    for page in (a_page(), a_rule(TITLE)):
        assert read(page.encode(), other).provisions == read(page.encode(), CONTEXT).provisions


@pytest.mark.parametrize("kind", ["*.py", "*.toml"])
def test_a_golden_reading_cannot_change_without_its_key_since_every_module_and_table_is_in_it(tmp_path, kind):
    package = tmp_path / "reading"
    shutil.copytree(next(iter(tracker.reading.__path__)), package, ignore=shutil.ignore_patterns("__pycache__"))
    before = folder_hash(package)
    assert before == folder_hash(package)
    for path in sorted(package.rglob(kind)):
        whole = path.read_bytes()
        path.write_bytes(whole + b"\n")
        assert folder_hash(package) != before, path
        path.write_bytes(whole)
    assert folder_hash(package) == before


def test_a_version_keeps_the_key_it_was_read_under(home):
    arrives(home, a_page())
    [version] = home.versions_of(f"cn_{TITLE}")
    context = ReadingContext(jurisdiction="cn", language="zh", media_type="text/html", select="#law")
    assert version.reading.reader == reading_key(context)
