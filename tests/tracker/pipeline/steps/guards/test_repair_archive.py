"""What a crash tore in the archive is named to operators in the next round, and is over with the one after."""

import os

import pytest

from storage import archive, problems
from storage.records import Subject
from tests.tracker.pipeline.builders import FedHome, a_source
from tracker.evidence import transparency_log
from tracker.pipeline.steps.guards.repair_archive import repair_archive

URL = "https://law.example/rule"


@pytest.fixture
def fed_home(tmp_path):
    home = FedHome(tmp_path / "home", a_source("cn_test", URL))
    archive_entry = home.service.archive.keep(URL, [], 200, "OK", [], b"the rule", home.clock())
    for _ in range(2):
        home.service.archive.revisit(URL, [], 304, "", [], archive_entry[1], home.clock())
    yield home
    home.db.close()


def tear(fed_home, by=5):
    path = archive.looks_files(fed_home.service.archive.root)[0]
    os.truncate(path, path.stat().st_size - by)
    return path


def stands(fed_home):
    return [(problem.cause, problem.text) for problem in problems.open_problems(fed_home.db)]


def test_operators_are_told_which_file_and_how_much(fed_home):
    path = tear(fed_home)

    repair_archive(fed_home.service)

    ((cause, text),) = stands(fed_home)
    assert cause == "torn file"
    assert path.name in text
    assert "bytes" in text


def test_it_is_over_with_the_next_round(fed_home):
    tear(fed_home)
    repair_archive(fed_home.service)
    repair_archive(fed_home.service)

    assert stands(fed_home) == []
    assert not problems.stand(fed_home.db, Subject.of_step("archive"))


def test_a_whole_archive_is_no_problem(fed_home):
    repair_archive(fed_home.service)

    assert problems.every_row(fed_home.db) == []


def test_a_file_that_was_logged_whole_is_not_read_again(fed_home):
    transparency_log.record_log(fed_home.db, transparency_log.places_of(fed_home.service), fed_home.clock())
    path = archive.looks_files(fed_home.service.archive.root)[0]
    path.write_bytes(b"\0" * path.stat().st_size)  # what verify finds, and no crash does

    repair_archive(fed_home.service)

    assert stands(fed_home) == []


def test_what_was_logged_and_then_torn_off_is_still_found_by_verify(fed_home):
    transparency_log.record_log(fed_home.db, transparency_log.places_of(fed_home.service), fed_home.clock())
    tear(fed_home)
    repair_archive(fed_home.service)
    places = transparency_log.places_of(fed_home.service)

    from tracker.evidence.verify_log import verify_log  # noqa: PLC0415 - beside its one use

    assert any("looks file" in fault for fault in verify_log(fed_home.db, places))
