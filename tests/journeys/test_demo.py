"""The demonstration plays the script of days, and nothing but the script (crawlers/practice/SCRIPT.md)."""

import json
import re
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

import crawlers.practice
from crawlers.practice import days
from storage import alerts, events, problems, versions
from storage.schema.open import open_database
from tracker.cli.main import app
from tracker.config import Settings
from tracker.errors import UsageError
from tracker.operations.demo import play

SCRIPT = (Path(crawlers.practice.__file__).parent / "SCRIPT.md").read_text(encoding="utf-8")
_ROW = re.compile(r"^\| (\d+) \| [\d-]+ \| (\d+) \| (\d+) \| (.*?) \| (.*?) \| (.*?) \|$", re.MULTILINE)


def script():
    """Return the script's table: day -> checked, versions, alert kinds, problems opened, problems closed."""
    return {
        int(day): (int(check_count), int(new_versions), *(sorted(re.findall(r"`([^`]+)`", cell)) for cell in cells))
        for day, check_count, new_versions, *cells in _ROW.findall(SCRIPT)
    }


@pytest.fixture(scope="module")
def demo_home(tmp_path_factory):
    home = tmp_path_factory.mktemp("demo") / "home"
    table = play(Settings(home=home), lambda _: None)
    db = open_database(home / "clausewatch.db")
    yield home, table, db
    db.close()


def test_every_day_brings_what_the_script_calls_for_and_nothing_else(demo_home):
    _, table, db = demo_home
    kinds = {event.id: event for event in events.recent(db, 1000)}
    number = {day.on: day.number for day in days()}
    events_by_day = {day: [] for day in number.values()}
    for event_id, event in kinds.items():
        events_by_day[number[event.at.date()]] += [event.kind.value] * len(alerts.of_event(db, event_id))
    every = problems.all_problems(db)
    opened_by_day = {day: [p.source_id for p in every if number[p.opened_at.date()] == day] for day in events_by_day}
    closed_by_day = {
        day: [p.source_id for p in every if p.closed_at and number[p.closed_at.date()] == day] for day in events_by_day
    }

    happenings = {
        day: (
            report.checked,
            report.new_versions,
            sorted(events_by_day[day]),
            sorted(opened_by_day[day]),
            sorted(closed_by_day[day]),
        )
        for day, _, report in table
    }

    assert happenings == script()


def test_each_alert_is_one_email(demo_home):
    home, table, _ = demo_home
    assert len(list((home / "emails").glob("*.eml"))) == sum(report.emails for _, _, report in table) == 11


def test_the_rule_ends_with_as_many_articles_as_it_began_with(demo_home):
    _, _, db = demo_home
    rows = versions.of_instrument(db, "cn_practice_deep_synthesis")
    assert [versions.get(db, row.id).reading.counts["article"] for row in rows] == [25, 26, 25, 25]


def test_two_characters_are_found_at_the_command_line_with_the_words_marked(demo_home, monkeypatch):
    monkeypatch.setenv("CLAUSEWATCH_HOME", str(demo_home[0]))
    search_result = CliRunner().invoke(app, ["search", "评估"])
    answer = json.loads(CliRunner().invoke(app, ["search", "评估", "--format", "json"]).stdout)
    empty_result = CliRunner().invoke(app, ["search", "飞艇"])

    assert "cn_practice_deep_synthesis  art_19  第十九条" in search_result.stdout
    assert "开展安全[评估]" in search_result.stdout
    assert [hit["eid"] for hit in answer["hits"]] == ["art_19", "art_5__item_3"]
    assert (empty_result.exit_code, empty_result.stdout) == (0, "0 provisions\n")


def test_no_page_was_asked_for_that_robots_txt_forbids(demo_home):
    home, _, db = demo_home
    outcomes = Counter(row["outcome"] for row in db.query("SELECT outcome FROM checks"))
    assert outcomes["new"] > 0
    assert not [row for row in db.query("SELECT url FROM pages") if "/zfz/" in row["url"]]
    assert (home / "clausewatch-demo").exists()


def test_a_home_that_holds_anything_but_a_demo_is_refused(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")

    with pytest.raises(UsageError, match="no demo"):
        play(Settings(home=tmp_path), lambda _: None)

    assert (tmp_path / "thesis.txt").read_text(encoding="utf-8") == "mine"


def test_what_was_played_is_proved_to_a_stranger(demo_home, tmp_path, monkeypatch):
    home, *_ = demo_home
    monkeypatch.setenv("CLAUSEWATCH_HOME", str(home))
    law = ("cn_practice_deep_synthesis", "--from", "2026-03-01", "--to", "2030-01-01")
    kinds = {"version": (f"{law[0]}@2026-03-02",), "change": ("1",)}

    for kind, words in kinds.items():
        proof = CliRunner().invoke(app, ["prove", kind, *words, "-o", str(tmp_path / f"{kind}.zip")])
        assert proof.exit_code == 0, proof.output
        assert CliRunner().invoke(app, ["verify", str(tmp_path / f"{kind}.zip")]).exit_code == 0
    silence_proof = CliRunner().invoke(app, ["prove", "silence", *law, "-o", str(tmp_path / "silence.zip")])
    assert silence_proof.exit_code == 2
    assert "did change" in silence_proof.output
    whole = CliRunner().invoke(app, ["verify", "--witness", str(home / "log" / "checkpoint")])
    assert whole.exit_code == 0, whole.output


def test_the_days_can_end_today_and_bring_the_same(demo_home, tmp_path):
    now = datetime(2031, 5, 5, 7, 30, tzinfo=UTC)
    table = play(Settings(home=tmp_path / "home"), lambda _: None, now)
    counts = [(r.checked, r.unchanged, r.new_versions, r.changes, r.alerts, r.emails) for _, _, r in table]
    assert counts == [
        (r.checked, r.unchanged, r.new_versions, r.changes, r.alerts, r.emails) for _, _, r in demo_home[1]
    ]
    with closing(open_database(tmp_path / "home" / "clausewatch.db")) as db:
        days = {event.at.date() for event in events.recent(db)}
        assert max(days) == now.date()
        assert max(event.at for event in events.recent(db)) <= now
