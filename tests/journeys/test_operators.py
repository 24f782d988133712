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
def listed(watch):
    """The practice CAC list, which leads to the rule, and to a press release and a Q&A that are no law."""
    service = watch(day=1, only=[LIST])
    one_round(service)
    return service


def open_read(service):
    return [p for p in problems.open_problems(service.db) if p.stage is Stage.READ]


def test_pages_that_are_known_to_be_no_law_are_no_problem_any_more(listed, practice):
    [problem] = open_read(listed)
    known = dismiss(listed, problem.id)
    practice.day = 2
    listed.clock.set(2)
    again = one_round(listed)

    assert len(known) == 2
    assert again.checked == 4  # they are still looked at
    assert open_read(listed) == []


def test_one_page_may_be_dismissed_and_the_others_keep_the_problem_open(listed):
    [problem] = open_read(listed)
    first, second = [pages.get(listed.db, page_id) for page_id in snapshots.misread(listed.db, LIST)]

    assert [p.id for p in dismiss(listed, problem.id, first.url)] == [first.id]
    assert [(p.cause, p.url) for p in open_read(listed)] == [(problem.cause, second.url)]
    dismiss(listed, problem.id, second.url)
    assert open_read(listed) == []


def test_a_dismissed_page_that_reads_otherwise_is_a_problem_again(listed, practice):
    [problem] = open_read(listed)
    dismiss(listed, problem.id)
    practice.breaks(practice.origins["cac"], fault("longer-than-its-length"))
    one_round(listed, all_pages=True)

    [back] = open_read(listed)
    assert (back.cause, back.id != problem.id) == ("cut off", True)


def test_only_an_open_problem_about_pages_can_be_dismissed(listed):
    [problem] = open_read(listed)

    with pytest.raises(UsageError, match="problem 99"):
        dismiss(listed, 99)
    with pytest.raises(UsageError, match="no page of problem"):
        dismiss(listed, problem.id, "http://127.0.0.1/elsewhere")


def test_the_command_line_shows_what_the_mail_tells(listed, tmp_path, monkeypatch):
    monkeypatch.setenv("CLAUSEWATCH_HOME", str(listed.settings.home))
    monkeypatch.setenv("CLAUSEWATCH_DECLARATIONS", str(tmp_path / "declarations"))
    runner = CliRunner()
    listed.db.close()

    [shown] = json.loads(runner.invoke(app, ["problems", "--format", "json"]).stdout)["problems"]
    text = runner.invoke(app, ["problems"]).stdout

    assert (shown["source"], shown["stage"], shown["last_good"]) == (LIST, "read", None)
    assert shown["told_at"]
    assert len(shown["pages"]) == 2
    assert all(url in text for url in shown["pages"])
    assert shown["commands"] == [f"clausewatch check {LIST}", f"clausewatch problems dismiss {shown['id']}"]
    assert all(each in text for each in shown["commands"])
    assert shown["advice"][:40] in text
    [mail] = (listed.settings.home / "operator").glob("*.eml")
    assert LIST in mail.read_text(encoding="utf-8")

    done = runner.invoke(app, ["problems", "dismiss", str(shown["id"])])
    assert (done.exit_code, done.stdout.count("known, no law: ")) == (0, 2)
    assert runner.invoke(app, ["problems"]).stdout == "no problems\n"
