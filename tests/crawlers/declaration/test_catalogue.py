"""The catalogue's page, and the five steps by which one more source comes into it."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from crawlers.declaration.catalogue import duration_text, markdown, scaffold
from crawlers.declaration.load import BUILT_IN, load, load_file
from crawlers.declaration.params import PARAMS
from crawlers.errors import DeclarationError
from tracker.cli.main import app

DOCS = Path(__file__).parents[3] / "docs"
LIST = (
    '<html><body><ul><li><a href="/1.htm">Practice Act 1</a><li><a href="/2.htm">Practice Act 2</a></ul></body></html>'
)

ACT = "<html><head><meta charset=utf-8><title>灯塔练习法</title></head><body><p>灯塔练习法</p>" + "".join(
    f"<p>第{n}条　第{n}号灯塔的看守者应当在夜间点亮灯塔，并保存记录。</p>" for n in "一二三四五"
)


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("CLAUSEWATCH_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return lambda *args: CliRunner().invoke(app, [str(arg) for arg in args])


def test_the_page_of_all_sources_is_fresh():
    page_text = (DOCS / "sources.md").read_text(encoding="utf-8")

    assert page_text == markdown(load([BUILT_IN]).values()), "run `clausewatch sources docs > docs/sources.md`"


def test_the_guide_names_every_way_of_walking():
    guide = (DOCS / "adding-a-source.md").read_text(encoding="utf-8")

    assert [spider for spider in PARAMS if f"| `{spider}` |" not in guide] == []


@pytest.mark.parametrize(
    ("duration", "words"),
    [
        (timedelta(weeks=2), "2 weeks"),
        (timedelta(days=1), "1 day"),
        (timedelta(hours=36), "36 hours"),
        (timedelta(seconds=90), "90 seconds"),
    ],
)
def test_a_duration_is_spoken_as_a_declaration_writes_it(duration, words):
    assert duration_text(duration) == words


@pytest.mark.parametrize("spider", ["page", "listing", "feed", "json", "jpaas", "postback"])
def test_the_draft_of_a_declaration_is_well_formed(tmp_path, spider):
    path = scaffold("cn_cac_example", "https://www.cac.gov.cn/x.htm", tmp_path, spider)

    source = load_file(path)
    assert (source.spider, source.authority, source.timezone) == (spider, ("cn_cac",), "Asia/Shanghai")


@pytest.mark.parametrize(
    ("url", "spider"),
    [
        ("https://law.example/rss.xml", "feed"),
        ("https://law.example/feed/news_en", "feed"),
        ("https://law.example/list.json", "json"),
        ("https://law.example/act.htm", "page"),
        ("https://law.example/acts/list.html", "listing"),
        ("https://law.example/news/", "listing"),
        ("https://law.example/regulations/2026/act.htm", "page"),
    ],
)
def test_the_walk_is_guessed_from_the_address(tmp_path, url, spider):
    assert load_file(scaffold("eu_x_example", url, tmp_path)).spider == spider


def test_a_draft_never_overwrites_and_a_bad_one_leaves_nothing(tmp_path):
    scaffold("eu_x_example", "https://law.example/", tmp_path)

    with pytest.raises(DeclarationError, match="is there already"):
        scaffold("eu_x_example", "https://law.example/", tmp_path)
    with pytest.raises(DeclarationError, match="is no http or https address"):
        scaffold("us_y_example", 'ftp://law.example/"', tmp_path)
    assert [path.name for path in tmp_path.rglob("*")] == ["eu", "eu_x_example.toml"]


def test_the_commands_of_the_guide_lead_from_an_address_to_a_source(run, regulator, tmp_path, monkeypatch):
    folder = tmp_path / "declarations"
    folder.mkdir()
    monkeypatch.setenv("CLAUSEWATCH_DECLARATIONS", str(folder))
    url = regulator.says("/list.htm", LIST)
    regulator.says("/1.htm", ACT)
    regulator.says("/2.htm", ACT)

    creation = run("sources", "new", "cn_practice_acts", url, "--spider", "listing")
    assert creation.exit_code == 0, creation.output
    path = folder / "cn" / "cn_practice_acts.toml"
    path.write_text(path.read_text(encoding="utf-8") + '[politeness]\npause = "0 seconds"\n', encoding="utf-8")
    assert "cn_practice_acts" in run("sources", "list").stdout
    test_run = run("sources", "test", "cn_practice_acts", "--format", "json")
    assert test_run.exit_code == 0, test_run.output
    (trial,) = json.loads(test_run.stdout)["sources"]
    assert (trial["problem"], trial["items"], trial["provisions"]) == ("", 2, 5)
    assert "`cn_practice_acts`" in run("sources", "docs").stdout
    assert not (tmp_path / "home" / "clausewatch.db").exists()  # nothing is remembered


def test_a_source_that_does_not_hold_what_it_promises_is_named(run, regulator, tmp_path, monkeypatch):
    folder = tmp_path / "declarations"
    folder.mkdir()
    monkeypatch.setenv("CLAUSEWATCH_DECLARATIONS", str(folder))
    path = scaffold("cn_practice_act", regulator.says("/act", ACT), folder)
    page_text = path.read_text(encoding="utf-8").replace("min_provisions = 1", "min_provisions = 9")
    path.write_text(page_text + '[politeness]\npause = "0 seconds"\n', encoding="utf-8")

    trial = run("sources", "test", "cn_practice_act")

    assert trial.exit_code == 1
    assert "too few provisions" in trial.stdout
    assert "5 provisions read, at least 9 expected" in trial.stdout


def test_nothing_beyond_this_machine_is_tried_without_a_contact(run):
    trial = run("sources", "test", "cn_cac_deep_synthesis")

    assert (trial.exit_code, trial.stdout) == (2, "")
    assert "CLAUSEWATCH_CONTACT" in trial.stderr


def test_a_known_or_unknown_name_is_one_clear_line(run):
    assert "is declared already" in run("sources", "new", "cn_cac_deep_synthesis", "https://x.example/").stderr
    assert "no such source" in run("sources", "test", "cn_cac_nothing").stderr
    assert "no such walk" in run("sources", "new", "cn_cac_x", "https://x.example/", "--spider", "spider").stderr
