"""Finding: by forms of words, in both Chinese scripts, by abbreviation and authority, narrowed, and by instrument."""

from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from storage import instruments, versions
from storage.archive import Archive
from storage.records import Authority, Instrument, Version
from storage.schema.open import open_database
from storage.search import index
from tests.tracker.web.conftest import NOW, fill
from tracker.reading import read
from tracker.reading.structure.draft import ReadingContext
from tracker.view_models.search_page import SearchFilters, search_page

TODAY = date(2026, 6, 1)
ENGLISH = """Article 1

Providers shall label synthetic content within 10 days.

Article 2

The labelling obligations of a provider are registered."""


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    root = tmp_path_factory.mktemp("search")
    with closing(open_database(root / "clausewatch.db")) as new_db:
        fill(new_db, Archive(root / "archive"))
        like = versions.find_latest(new_db, "cn_practice")
        reading = replace(read(ENGLISH.encode(), ReadingContext(jurisdiction="eu")), topics=("content-labelling",),
                          authorities=(Authority("eu_commission", "European Commission"),), language="en")  # fmt: skip
        title = "General Data Protection Regulation (practice)"
        instruments.add_if_new(new_db, Instrument("eu_practice", "eu", title, source_id="cn_test"))
        versions.add(new_db, Version("eu_practice@1", "eu_practice", "cn_test", like.page_id, like.snapshot_id, "en",
                                     NOW, like.standing, True, "eu", reading))  # fmt: skip
        index.index_new_provisions(new_db)
        yield new_db


def search(db, question, **filters):
    return search_page(db, question, SearchFilters(**filters), TODAY)


def names(page):
    return [group.id for group in page.groups]


def test_results_stand_by_instrument_with_the_words_marked(db):
    page = search(db, "provider")
    [group] = page.groups
    assert (group.id, len(group.hits), page.total) == ("eu_practice", 2, 2)
    assert {text.lower() for _, extract in group.hits for text, is_question in extract if is_question} == {"provid"}


@pytest.mark.parametrize("question", ["label", "labels", "labelled", "obligation", "registering"])
def test_other_forms_of_a_word_are_found(db, question):
    page = search(db, question)
    assert names(page) == ["eu_practice"]


def test_a_phrase_means_just_that_phrase(db):
    assert search(db, '"synthetic content"').total == 1
    assert search(db, '"content synthetic"').total == 0


def test_traditional_characters_find_simplified_law(db):
    assert search(db, "安全評估").total == search(db, "安全评估").total > 0


def test_an_abbreviation_finds_the_law_it_stands_for(db):
    page = search(db, "GDPR")
    assert [row[0] for row in page.titles] == ["eu_practice"]
    assert page.stands_for == "general data protection regulation"


@pytest.mark.parametrize("question", ["Commission", "european commission", "EUROPEAN COMMISSION"])
def test_an_authority_finds_what_it_issued(db, question):
    page = search(db, question)
    assert "eu_practice" in [row[0] for row in page.titles]
    assert page.issuers == ("Commission",)


@pytest.mark.parametrize(
    ("question", "suggestion"),
    [("provders", "providers"), ("synthetik content", "synthetic content"), ("zzzzqqq", ""), ("评佑", ""), ("xy", "")],
)
def test_what_is_misspelled_is_offered_rightly(db, question, suggestion):
    page = search(db, question)
    assert page.total == 0
    assert page.did_you_mean == suggestion


def test_filters_narrow_together(db):
    assert names(search(db, "label", topic="content-labelling")) == ["eu_practice"]
    assert names(search(db, "label", topic="biometrics")) == []
    assert names(search(db, "label", jurisdiction="cn")) == []
    assert names(search(db, "评估", status="in_force")) == ["cn_practice"]
    assert names(search(db, "评估", status="repealed")) == []
    assert names(search(db, "label", since=date(2026, 3, 2))) == ["eu_practice"]
    assert names(search(db, "label", since=date(2026, 3, 3))) == []
    assert search(db, "GDPR", topic="biometrics").titles == ()


@pytest.mark.parametrize(
    "question", ["", '"', "*", "AND OR NOT", "x" * 200, "(((", "' OR 1=1 --", "評" * 100, "\u202e"]
)
def test_nothing_anybody_types_breaks_it(db, question):
    assert search(db, question).total >= 0
