"""Programs of the system are held to processor time, so that waiting for a busy machine costs a page nothing."""

import sys
import time

import pytest

from tracker.reading.formats.limited_program import run_limited


def test_a_program_answers_what_it_is_given():
    process = run_limited([sys.executable, "-c", "print(input().upper())"], b"ferry\n", 10)

    assert (process.returncode, process.stdout.strip()) == (0, b"FERRY")


def test_a_program_that_works_without_end_is_ended_by_the_system():
    assert run_limited([sys.executable, "-c", "while True: pass"], b"", 1).returncode < 0


def test_waiting_longer_than_the_limit_is_no_work():
    start = time.monotonic()
    process = run_limited([sys.executable, "-c", "import time; time.sleep(1.6); print('done')"], b"", 1)

    assert process.stdout.strip() == b"done"
    assert time.monotonic() - start > 1.5


def test_a_program_that_is_not_there_cannot_be_started():
    assert run_limited(["/no/such/program"], b"", 1).returncode != 0


@pytest.mark.parametrize("folder", ["a", "b"])
def test_a_program_runs_in_the_folder_it_is_given(tmp_path, folder):
    place = tmp_path / folder
    place.mkdir()
    process = run_limited([sys.executable, "-c", "import os; print(os.getcwd())"], b"", 10, place)

    assert process.stdout.decode().strip().endswith(folder)
