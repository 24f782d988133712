"""One poisoned row is set aside and the others go on; a store that takes nothing ends the round instead."""

import pytest

from storage import problems
from storage.errors import BusyDatabaseError, DamagedDatabaseError, UnopenableDatabaseError
from storage.records import Stage, Subject
from tests.tracker.pipeline.builders import FedHome, a_source
from tracker.pipeline.error_boundary import DEFECT, ErrorBoundary

ROW = Subject.of_step("one row")


@pytest.fixture
def fed_home(tmp_path):
    home = FedHome(tmp_path / "home", a_source("cn_test", "http://127.0.0.1/rule"))
    yield home
    home.db.close()


def work(fed_home, error=None):
    with ErrorBoundary(fed_home.service, ROW, Stage.COMPARE):
        if error is not None:
            raise error


@pytest.mark.parametrize("error", [ValueError("odd"), KeyError("art_1"), DamagedDatabaseError("pack 3 is cut off")])
def test_what_is_wrong_with_one_row_is_a_problem_until_it_succeeds(fed_home, error):
    work(fed_home, error)
    assert [problem.cause for problem in problems.open_problems(fed_home.db)] == [DEFECT]

    work(fed_home)
    assert problems.open_problems(fed_home.db) == []


@pytest.mark.parametrize("error", [UnopenableDatabaseError("the disk is full"), BusyDatabaseError("in use")])
def test_no_row_is_to_blame_for_a_store_that_takes_nothing(fed_home, error):
    with pytest.raises(type(error)):
        work(fed_home, error)

    assert problems.open_problems(fed_home.db) == []


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
def test_who_ends_the_process_is_not_held_up(fed_home, error):
    with pytest.raises(error):
        work(fed_home, error())
