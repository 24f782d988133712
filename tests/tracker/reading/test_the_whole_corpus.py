"""Every real page at hand is read without a traceback, and all its words are found again."""

import os
from pathlib import Path

import pytest

from tracker.reading import read
from tracker.reading.conserve import NOT_READ, SAID_TWICE

CORPUS = Path(os.environ.get("CLAUSEWATCH_CORPUS", "/nonexistent"))
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="CLAUSEWATCH_CORPUS is not set: no real pages to read")
PAGES = sorted(
    p for p in CORPUS.glob("*/**/*") if p.suffix.lower() in {".html", ".xml", ".json", ".pdf", ".txt", ".md"}
)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(CORPUS)))
def test_every_real_page_is_read_and_its_words_are_conserved(path):
    reading = read(path.read_bytes())
    words = reading.words

    assert words["total"] == sum(count for part, count in words.items() if part != "total")
    assert words["problems"] <= 0.02 * words["total"]
    assert not [flaw for flaw in reading.flaws if flaw.cause == NOT_READ and (flaw.fatal or reading.is_law)]
    assert SAID_TWICE not in {flaw.cause for flaw in reading.flaws}


def test_of_three_pages_of_one_day_only_one_is_the_law():
    pages = sorted(CORPUS.glob("cn/pagetext/cac/*.txt"))

    assert sum(read(path.read_bytes()).is_law for path in pages) == 1
