"""A slice of the tampering drill: what was rewritten is found and named, and nothing honest is taken for it."""

import shutil

import pytest

from benchmarks.tampering.__main__ import ForgeryOutcome, table
from benchmarks.tampering.home import faults_of, make_home, newest_checkpoint
from benchmarks.tampering.rewritings import REWRITINGS, roll_back

SLICE = (
    "snapshot: dated back", "snapshot: a path outside", "look: removed", "look: invented at the end, dated back",
    "version: another text", "version: packed text damaged", "version: one rejection hidden", "topic: another",
    "change: another weight", "message: other words", "record: one bit", "looks: cut off", "leaf: the first is no JSON",
    "tiles: another hash", "key: emptied", "database: a table gone",
)  # fmt: skip


@pytest.fixture(scope="module")
def past(tmp_path_factory):
    return make_home(tmp_path_factory.mktemp("past"))


def test_there_are_at_least_sixty_kinds_of_rewriting():
    assert len(REWRITINGS) >= 60


@pytest.mark.parametrize("name", SLICE)
def test_what_was_rewritten_is_found(past, tmp_path, name):
    home, _, declarations = past
    copy = shutil.copytree(home, tmp_path / "copy")
    REWRITINGS[name](copy)

    assert faults_of(copy, declarations)


def test_what_nobody_rewrote_is_whole(past):
    home, earlier, declarations = past

    assert faults_of(home, declarations) == []
    assert faults_of(home, declarations, quick=True) == []
    assert faults_of(home, declarations, newest_checkpoint(earlier, declarations)) == []


def test_a_home_that_was_rolled_back_is_found_by_who_kept_a_checkpoint(past, tmp_path):
    home, earlier, declarations = past
    note = newest_checkpoint(home, declarations)
    copy = shutil.copytree(home, tmp_path / "copy")
    roll_back(copy, earlier)

    assert faults_of(copy, declarations) == []
    assert "rolled back" in faults_of(copy, declarations, note)[0]


def test_verifying_makes_no_key_where_there_is_none(past, tmp_path):
    home, _, declarations = past
    copy = shutil.copytree(home, tmp_path / "copy")
    (copy / "log.key").unlink()

    assert faults_of(copy, declarations, quick=True)
    assert not (copy / "log.key").exists()


def test_what_goes_unnoticed_is_shown_as_such():
    text = table(
        [
            ForgeryOutcome("leaf: a", ()),
            ForgeryOutcome("leaf: b", ("x",)),
            ForgeryOutcome("honest: c", ("y",), is_honest=True),
        ],
        0.1,
    )

    assert "1 of 2 rewritings found, 1 found falsely" in text
