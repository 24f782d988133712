"""What operators are told of a problem is complete: every label has its advice, every kind its commands."""

import tomllib
from datetime import UTC, datetime
from importlib.resources import files

import pytest

from crawlers.failure_causes import Cause
from docs import write_problem_causes
from storage.records import Problem, Stage
from tracker.wording.problem_report import advice_for, told_of

ADVICE = tomllib.loads(files("tracker.wording").joinpath("advice.toml").read_text(encoding="utf-8"))
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
TITLES = {"cn_lamp": "Lamp Rules"}


def a_problem(**more) -> Problem:
    fields = {"stage": Stage.FETCH, "cause": "timed out", "text": "", "source_id": "cn_lamp"} | more
    return Problem(id=7, opened_at=AT, last_seen_at=AT, **fields)


@pytest.mark.parametrize("cause", Cause)
def test_every_cause_of_a_failed_look_has_advice_of_its_own(cause):
    assert ADVICE["cause"].get(cause.value)


def test_the_guide_says_what_to_try_for_each_cause():
    page = write_problem_causes.causes_page()

    assert [cause.value for cause in Cause if f"| `{cause.value}` |" not in page] == []
    assert write_problem_causes.REFERENCE.read_text(encoding="utf-8") == page, "run python -m docs.write_problem_causes"


@pytest.mark.parametrize("stage", Stage)
def test_a_label_without_advice_of_its_own_gets_that_of_its_stage(stage):
    assert advice_for("a label of tomorrow", stage) == ADVICE["stage"][stage.value]


@pytest.mark.parametrize(
    ("more", "commands"),
    [
        pytest.param({}, ("check cn_lamp",), id="fetch"),
        pytest.param(
            {"stage": Stage.READ, "cause": "no provisions"}, ("check cn_lamp", "problems dismiss 7"), id="read"
        ),
        pytest.param({"stage": Stage.READ, "cause": "defect"}, ("check cn_lamp",), id="a defect is never dismissed"),
        pytest.param({"version_id": "v"}, ("problems approve 7", "problems reject 7"), id="quarantined"),
        pytest.param({"source_id": "outbox", "stage": Stage.DELIVERY}, (), id="of no source"),
        pytest.param({"closed_at": AT}, (), id="ended"),
    ],
)
def test_a_problem_comes_with_the_commands_that_help(more, commands):
    assert told_of(a_problem(**more), TITLES, None, "").commands == tuple(
        f"clausewatch {command}" for command in commands
    )


def test_of_a_traceback_its_end_is_told():
    assert told_of(a_problem(text="Traceback\n  File x\nZeroDivisionError: of ours\n"), TITLES, None, "").says == (
        "ZeroDivisionError: of ours"
    )
