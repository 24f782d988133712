"""Chapters whose count begins twice: a table of contents without a name was read as law."""

import pytest

from storage.records import Reading
from tracker.reading import read
from tracker.reading.structure.draft import ReadingContext

KEEPS = "The keeper of a lighthouse shall keep the lamp burning from dusk until dawn on every day of the year."
TITLE = ["REGULATION (EU) 2099/7 OF THE COUNCIL", "of 1 February 2099", "HAS ADOPTED THIS REGULATION:"]
ARTICLES = {n: [f"Article {n}", f"Lamp {n}", f"1.   {KEEPS}", f"2.   {KEEPS}"] for n in range(1, 6)}
CHAPTERS = ["CHAPTER I", "Lamps", *ARTICLES[1], *ARTICLES[2]], ["CHAPTER II", "Oil", *ARTICLES[3]]


def reading(*lines: str) -> Reading:
    body = "".join(f"<p>{line}</p>" for line in lines)
    return read(f"<html lang='en'><body>{body}</body></html>".encode(), ReadingContext(jurisdiction="eu"))


def is_told(act: Reading) -> bool:
    return any("is printed twice" in flaw.text for flaw in act.flaws)


def test_entries_without_a_name_before_the_chapters_are_told():
    assert is_told(reading(*TITLE, "CHAPTER I", "Lamps", "CHAPTER II", "Oil", *CHAPTERS[0], *CHAPTERS[1]))


@pytest.mark.parametrize(
    "last",
    [
        ["CHAPTER III", "Wicks", *ARTICLES[4]],
        ["CHAPTER II", "Wicks", *ARTICLES[4]],  # a slip of the press
        ["CHAPTER III", "Wicks", "SECTION 1", "Cotton", *ARTICLES[4], "SECTION 2", "Wool", *ARTICLES[5]],
    ],
)
def test_chapters_that_count_on_are_not(last):
    act = reading(*TITLE, *CHAPTERS[0], *CHAPTERS[1], *last)

    assert act.counts["chapter"] == 3
    assert not is_told(act)


def test_sections_begin_anew_in_each_chapter():
    sections = ["SECTION 1", "Cotton", *ARTICLES[1], "SECTION 2", "Wool", *ARTICLES[2]]
    more = ["SECTION 1", "Cans", *ARTICLES[3], "SECTION 2", "Lids", *ARTICLES[4]]

    assert not is_told(reading(*TITLE, "CHAPTER I", "Wicks", *sections, "CHAPTER II", "Oil", *more))
