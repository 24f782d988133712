"""The probe looks once at every source and says how it is; played by regulators on ports of this machine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from crawlers.declaration.load import load
from tests.crawlers.conftest import LAW, Regulator
from tests.crawlers.printing import expand
from tracker.cli.main import app
from tracker.config import Settings
from tracker.operations.probe import probe

HEAD = 'title = "Practice"\nauthority = "us_congress"\nlanguage = "en"\nevery = "1 day"\n'
WALK = 'spider = "{spider}"\nurls = ["{url}"]\n'
POLITE = '\n[politeness]\npause = "0 seconds"\n'
SITES = Path(__file__).parents[2] / "crawlers/sites"
ACT = expand((SITES / "law_us.html").read_text(encoding="utf-8"), {}, 5)
ROWS = "".join(f"<li><a href='/{n}.htm'>Practice regulation {n}</a></li>" for n in (1, 2, 3))


@pytest.fixture
def regulators():
    new_regulators = [Regulator() for _ in range(5)]
    yield new_regulators
    for regulator in new_regulators:
        regulator.close()


def test_every_source_gets_a_verdict_and_the_answers_are_kept(tmp_path, regulators):
    folder = tmp_path / "declarations"
    (folder / "us").mkdir(parents=True)

    def declare(name, regulator, path, spider="page", more=""):
        text = HEAD + WALK.format(spider=spider, url=regulator.origin + path) + more + POLITE
        (folder / f"us/us_{name}.toml").write_text(text, encoding="utf-8")

    works, closed_site, walled_site, changed_site, dead = regulators
    works.says("/act", ACT)
    declare("works", works, "/act")
    closed_site.says("/robots.txt", "User-agent: *\nDisallow: /", kind="text/plain")
    declare("closed", closed_site, "/act")
    walled_site.says("/act", "<h1>Forbidden</h1>", status=403)
    declare("walled", walled_site, "/act")
    changed_site.says("/list", f"<main><ul class='new'>{ROWS}</ul></main>")
    for n in (1, 2, 3):
        changed_site.says(f"/{n}.htm", LAW)
    declare("changed", changed_site, "/list", "listing", '[params]\nitem = "p.old"\n')
    works.says("/list", "<main><ul><li><a href='/draft.wps'>Practice draft</a></li></ul></main>" + LAW)
    works.says("/draft.wps", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), kind="application/octet-stream")
    declare("unread", works, "/list", "listing", '[params]\nitem = "li"\n')
    declare("dead", dead, "/gone")
    declare("asleep", dead, "/asleep", more='dormant = "a wall; us_works stands in"\n')
    sources, messages = load([folder]), []
    settings = Settings(home=tmp_path / "home", declarations=folder)

    results = {
        result.id: result
        for result in probe(sorted(sources), sources, settings, record=tmp_path / "kept", tell=messages.append)
    }

    assert results["us_works"].why is None
    assert {name: result.verdict for name, result in results.items()} == {
        "us_works": "works",
        "us_closed": "robots",
        "us_walled": "wall",
        "us_changed": "shape_changed",
        "us_unread": "unreadable",
        "us_dead": "dead",
        "us_asleep": "dormant",
    }
    assert results["us_works"].read["counts"]["section"] == 5
    assert results["us_changed"].titles[0] == "Practice regulation 1"
    assert results["us_changed"].proposal["params"]["item"] == "ul.new li"
    assert (tmp_path / "home/proposals/us_changed.json").exists()
    assert results["us_asleep"].why == "a wall; us_works stands in"
    assert messages == ["6 of 6 sources looked at"]
    assert not any(path == "/asleep" for path, _ in dead.requests)
    answers = json.loads((tmp_path / "kept/answers.json").read_text(encoding="utf-8"))["answers"]
    assert {answer["source"] for answer in answers} == {"us_works", "us_changed", "us_unread"}
    assert (tmp_path / "kept" / answers[-1]["file"]).read_bytes()


def test_a_test_of_one_source_prints_one_probe_object_with_what_a_first_check_would_say(
    tmp_path, regulators, monkeypatch
):
    regulators[0].says("/act", ACT)
    folder = tmp_path / "declarations"
    (folder / "us").mkdir(parents=True)
    text = HEAD + WALK.format(spider="page", url=regulators[0].origin + "/act") + POLITE
    (folder / "us/us_only.toml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("CLAUSEWATCH_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CLAUSEWATCH_DECLARATIONS", str(folder))

    result = CliRunner().invoke(app, ["sources", "test", "us_only", "--format", "json"])

    probe = json.loads(result.stdout)
    assert (result.exit_code, probe["schema"]) == (0, "clausewatch/probe/1")
    assert (probe["id"], probe["verdict"], probe["why"], probe["proposal"]) == ("us_only", "works", None, None)
    assert probe["sources"] == [{key: value for key, value in probe.items() if key not in {"schema", "sources"}}]
    assert (probe["problem"], probe["provisions"]) == ("", 5)
    assert not (tmp_path / "home/clausewatch.db").exists()
