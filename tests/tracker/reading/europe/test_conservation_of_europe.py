"""Every visible word is in exactly one field: on our fixtures always, on the corpus where it is at hand."""

import os
import time
import warnings
from pathlib import Path

import pytest
from bs4 import XMLParsedAsHTMLWarning

from tests.tracker.reading.europe.acts_of_europe import FIXTURES
from tests.tracker.reading.europe.counting_words import visible_words, words_of_extract
from tracker.reading.europe import extract
from tracker.reading.formats.recognise import open_source
from tracker.reading.structure.draft import ReadingContext

CORPUS = os.environ.get("CLAUSEWATCH_CORPUS")
NEEDS_CORPUS = pytest.mark.skipif(not CORPUS, reason="CLAUSEWATCH_CORPUS is not set: no saved real pages")
FILES = [p for s in ("html", "xml") for p in sorted(Path(CORPUS or ".").glob(f"eu/**/*.{s}"))] if CORPUS else []


@pytest.mark.parametrize("path", sorted(FIXTURES.iterdir()), ids=lambda path: path.name)
def test_no_word_of_a_fixture_is_lost_or_doubled(path):
    _assert_conserved(path)


@NEEDS_CORPUS
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_word_of_a_real_page_is_lost_or_doubled(path):
    _assert_conserved(path)


@NEEDS_CORPUS
def test_a_large_act_is_taken_apart_in_time():
    source = open_source((Path(str(CORPUS)) / "eu/ai-act/html/32024R1689.nl.oj.html").read_bytes())
    began = time.process_time()
    _quietly(source)

    assert time.process_time() - began < 1.6  # 0.5 s on an idle machine; the limit of 0.8 s is the benchmark's


@pytest.mark.parametrize("path", sorted(FIXTURES.iterdir()), ids=lambda path: path.name)
def test_a_page_cut_anywhere_never_crashes_and_cut_xml_is_flagged(path):
    body = path.read_bytes()
    for twentieth in range(1, 20):
        cut = extract(open_source(body[: len(body) * twentieth // 20]), ReadingContext())
        assert path.suffix != ".xml" or cut.flaws[0].fatal


def _assert_conserved(path):
    source = open_source(path.read_bytes())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        visible = visible_words(source)
    kept_words = words_of_extract(extract(source, ReadingContext()))

    assert visible - kept_words == {}
    assert kept_words - visible == {}


def _quietly(source):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        return extract(source, ReadingContext())
