"""The lock file as a file: stable, readable, and refused in one line when it is none."""

import json
from dataclasses import replace

import pytest

from tracker.lockfile.errors import LockFileError
from tracker.lockfile.pins import Pin, merge_pins, read_pins, write_pins

PIN = Pin(
    "Lamp Act Article 5(2)",
    "eu_lamp",
    "en",
    "eu_lamp@2026-03-02",
    "art_5__para_2",
    "p5",
    "Article 5(2)",
    "ab",
    ("b.md",),
)


def test_what_is_written_is_read_again_in_one_order():
    other = replace(PIN, eid="art_1", pid="p1")

    text = write_pins([PIN, other])

    assert (read_pins(text, "x"), write_pins([other, PIN])) == ([other, PIN], text)


def test_one_provision_is_pinned_once_by_all_that_cite_it():
    pins, new = merge_pins([PIN], [replace(PIN, version="eu_lamp@2026-09-09", sha256="cd", cited_by=("a.md",))])

    assert (new, pins) == (0, [replace(PIN, cited_by=("a.md", "b.md"))])  # what it was pinned at stays


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "not a lock file"),
        ("[]", "no schema"),
        ('{"schema": "clausewatch/lock/2", "pins": []}', "of another Clausewatch"),
        ('{"schema": "clausewatch/lock/1", "pins": {}}', "pins must be a list"),
        ('{"schema": "clausewatch/lock/1", "pins": [3]}', "pin 1: not an object"),
        ('{"schema": "clausewatch/lock/1", "pins": [{"reference": "x"}]}', "pin 1: instrument is missing"),
    ],
)
def test_what_is_no_lock_file_is_refused_in_one_line(text, why):
    with pytest.raises(LockFileError, match=why):
        read_pins(text, "clausewatch.lock")


def test_a_key_of_a_later_version_is_passed_over():
    shape = json.loads(write_pins([PIN]))
    shape["pins"][0]["colour"] = "red"

    assert read_pins(json.dumps(shape), "x") == [PIN]
