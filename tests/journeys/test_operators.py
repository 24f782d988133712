"""An operator's day: a page that is no law keeps a problem open, until it is said to be known."""

import json

import pytest
from typer.testing import CliRunner

from crawlers.practice import fault
from storage import pages, problems, snapshots
from storage.records import Stage
from tracker.cli.main import app
from tracker.errors import UsageError
from tracker.operations.review import dismiss
from tracker.pipeline.run import one_round

LIST = "cn_cac_practice_rules_list"


@pytest.fixture
def list_home(watch):
    """The practice CAC list, which leads to the rule, and to a press release and a Q&A that are no law."""
    service = watch(day=1, only=[LIST])
    one_round(service)
    return service


def open_read(service):
    return [p for p in problems.open_problems(service.db) if p.stage is Stage.READ]


def test_pages_that_are_known_to_be_no_law_are_no_problem_any_more(list_home, practice):
    [problem] = open_read(list_home)
    dismissal = dismiss(list_home, problem.id)
    practice.day = 2
    list_home.clock.set(2)
    again = one_round(list_home)

    assert len(dismissal) == 2
    assert again.checked == 4  # they are still looked at
    assert open_read(list_home) == []


def test_one_page_may_be_dismissed_and_the_others_keep_the_problem_open(list_home):
    [problem] = open_read(list_home)
    first, second = [pages.get(list_home.db, page_id) for page_id in snapshots.misread(list_home.db, LIST)]

    assert [p.id for p in dismiss(list_home, problem.id, first.url)] == [first.id]
    assert [(p.cause, p.url) for p in open_read(list_home)] == [(problem.cause, second.url)]
    dismiss(list_home, problem.id, second.url)
    assert open_read(list_home) == []


def test_a_dismissed_page_that_reads_otherwise_is_a_problem_again(list_home, practice):
    [problem] = open_read(list_home)
    dismiss(list_home, problem.id)
    practice.breaks(practice.origins["cac"], fault("longer-than-its-length"))
    one_round(list_home, all_pages=True)

    [back] = open_read(list_home)
    assert (back.cause, back.id != problem.id) == ("cut off", True)


def test_only_an_open_problem_about_pages_can_be_dismissed(list_home):
    [problem] = open_read(list_home)

    with pytest.raises(UsageError, match="problem 99"):
        dismiss(list_home, 99)
    with pytest.raises(UsageError, match="no page of problem"):
        dismiss(list_home, problem.id, "http://127.0.0.1/elsewhere")


def test_the_command_line_shows_what_the_mail_tells(list_home, tmp_path, monkeypatch):
    monkeypatch.setenv("CLAUSEWATCH_HOME", str(list_home.settings.home))
    monkeypatch.setenv("CLAUSEWATCH_DECLARATIONS", str(tmp_path / "declarations"))
    runner = CliRunner()
    list_home.db.close()

    [problem_row] = json.loads(runner.invoke(app, ["problems", "--format", "json"]).stdout)["problems"]
    text = runner.invoke(app, ["problems"]).stdout

    assert (problem_row["source"], problem_row["stage"], problem_row["last_good"]) == (LIST, "read", None)
    assert problem_row["told_at"]
    assert len(problem_row["pages"]) == 2
    assert all(url in text for url in problem_row["pages"])
    assert problem_row["commands"] == [f"clausewatch check {LIST}", f"clausewatch problems dismiss {problem_row['id']}"]
    assert all(command in text for command in problem_row["commands"])
    assert problem_row["advice"][:40] in text
    [mail] = (list_home.settings.home / "operator").glob("*.eml")
    assert LIST in mail.read_text(encoding="utf-8")

    dismissal = runner.invoke(app, ["problems", "dismiss", str(problem_row["id"])])
    assert (dismissal.exit_code, dismissal.stdout.count("known, no law: ")) == (0, 2)
    assert runner.invoke(app, ["problems"]).stdout == "no problems\n"
