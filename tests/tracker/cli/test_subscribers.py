"""Who is told what, by the command line: asked for, foreseen, brought in from a file, ended, handed out, forgotten."""

import json
from textwrap import dedent

import pytest
from typer.testing import CliRunner

from tracker.cli.main import app


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("CLAUSEWATCH_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()
    return lambda *args: runner.invoke(app, [str(arg) for arg in args])


@pytest.fixture
def team(tmp_path):
    path = tmp_path / "team.toml"
    path.write_text(
        dedent("""
        [[subscriber]]
        address = "ana@policy.example"
        timezone = "Asia/Shanghai"
        [[subscriber.subscription]]
        jurisdictions = ["cn"]
        words = ["灯语"]
        cadence = "daily"
        hour = 7
        [[subscriber.subscription]]
        kinds = ["repealed"]
        [[subscriber]]
        address = "bo@policy.example"
        """),
        encoding="utf-8",
    )
    return path


def one_clear_line(result) -> bool:
    lines = result.stderr.strip().splitlines()
    return result.exit_code == 2 and len(lines) == 1 and not result.stdout


def list_all(run, *more):
    return json.loads(run("subscriptions", "list", "--format", "json", *more).stdout)["subscriptions"]


def test_what_was_asked_for_is_listed_in_words(run):
    run("subscribe", "ana@policy.example", "--jurisdiction", "cn", "--provision", "art_20", "--cadence", "weekly")

    assert "confirmed  ana@policy.example  China; and art. 20 (weekly)" in run("subscriptions", "list").stdout
    assert list_all(run)[0]["asks"] == "China; and art. 20 (weekly)"


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--topic", "zz", "there is no topic 'zz'; there are ai-regulation, "),
        ("--authority", "cn_cax", "there is no authority 'cn_cax'; nearest are cn_"),
        ("--source", "cn_cac_deep_synthesi", "nearest are cn_cac_deep_synthesis"),
        ("--instrument", "eu_32016R067", "there is no instrument 'eu_32016R067'; nearest are eu_32016R0679"),
        ("--provision", "article 5", "there is no provision 'article 5'; one looks like art_20 or art_5__para_1"),
        ("--provision", "art_5__line_3", "there is no provision 'art_5__line_3'"),
    ],
)
def test_what_there_is_not_cannot_be_asked_for(run, option, value, words):
    for command in (("subscribe", "ana@policy.example"), ("subscriptions", "preview")):
        result = run(*command, option, value)

        assert one_clear_line(result)
        assert words in result.stderr
    assert list_all(run) == []


def test_what_is_declared_can_be_asked_for_before_it_is_read(run):
    assert (
        run("subscribe", "ana@policy.example", "--instrument", "eu_32016R0679", "--provision", "art_5").exit_code == 0
    )


def test_a_file_of_a_team_is_brought_in_once(run, team):
    assert run("subscriptions", "import", team).stdout == "2 new, 0 known already\n"
    assert run("subscriptions", "import", team).stdout == "0 new, 2 known already\n"
    assert [(row["timezone"], row["hour"]) for row in list_all(run)] == [("Asia/Shanghai", 7), ("Asia/Shanghai", 8)]


@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        ('kinds = ["repealed"]', 'kinds = ["revoked"]', "subscriber.0.subscription.1.kinds"),
        ("hour = 7", "hours = 7", "hours"),
        ("Asia/Shanghai", "Asia/Nowhere", "no time zone"),
        ("bo@policy.example", "bo", "no email address"),
        ('jurisdictions = ["cn"]', 'topics = ["astrology"]', "ana@policy.example: there is no topic 'astrology'"),
        ("[[subscriber]]", "[[subscriber", "team.toml"),
    ],
)
def test_a_file_with_one_mistake_names_it_and_brings_in_nothing(run, team, right, wrong, words):
    team.write_text(team.read_text(encoding="utf-8").replace(right, wrong), encoding="utf-8")

    result = run("subscriptions", "import", team)

    assert one_clear_line(result)
    assert words in result.stderr
    assert list_all(run) == []


def test_a_subscription_ends_once(run):
    run("subscribe", "ana@policy.example")

    assert run("subscriptions", "end", 1).stdout == "subscription 1 has ended\n"
    assert one_clear_line(run("subscriptions", "end", 1))
    assert list_all(run) == []
    assert [row["status"] for row in list_all(run, "--all")] == ["ended"]


def test_a_filter_is_foreseen_over_an_empty_past(run):
    shape = json.loads(run("subscriptions", "preview", "--jurisdiction", "cn", "--format", "json").stdout)

    assert shape == {"schema": "clausewatch/preview/1", "count": 0, "of": 0, "by_month": {}, "events": [],
                     "per_week": 0.0, "last_year": 0, "advice": None}  # fmt: skip
    assert one_clear_line(run("subscriptions", "preview", 99))


def test_a_persons_data_are_handed_out_and_forgotten(run):
    run("subscribe", "ana@policy.example", "--name", "Ana")

    assert json.loads(run("subscribers", "export", "ana@policy.example").stdout)["subscriber"]["name"] == "Ana"
    assert run("subscribers", "forget", "ana@policy.example").exit_code == 0
    assert one_clear_line(run("subscribers", "export", "ana@policy.example"))
    assert "ana@" not in run("subscriptions", "list", "--all").stdout


@pytest.mark.parametrize(
    "options",
    [
        ("nobody",),
        ("ana@policy.example", "--timezone", "Mars/Olympus"),
        ("ana@policy.example", "--channel", "webhook"),
        ("ana@policy.example", "--channel", "webhook", "--target", "ftp://x"),
        ("ana@policy.example", "--target", "https://hooks.example"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(run, options):
    assert one_clear_line(run("subscribe", *options))


def test_a_webhook_is_given_its_secret(run):
    result = run("subscribe", "ana@policy.example", "--channel", "webhook", "--target", "https://hooks.example/1")

    assert "signed with whsec_" in result.stdout


def test_feeds_are_written_as_files(run, tmp_path):
    result = run("feeds", tmp_path / "feeds")

    assert result.exit_code == 0
    assert {path.name for path in (tmp_path / "feeds").iterdir()} == {"all.atom", "all.json", "all.ics"}
