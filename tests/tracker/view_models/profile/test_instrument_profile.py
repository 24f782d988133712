"""The profile of an instrument, and what search engines read of it."""

import json
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from storage import instruments, milestones, versions
from storage.archive import Archive
from storage.records import Instrument, Milestone, MilestoneKind, Status, Version
from storage.schema.open import open_database
from tests.tracker.web.conftest import HOSTILE, NOW, fill, law
from tracker.render.control_characters import harmless
from tracker.view_models.profile.instrument_profile import legislation_json, profile_of
from tracker.wording.labels import words

TODAY = date(2026, 6, 1)


@pytest.fixture
def db(tmp_path):
    with closing(open_database(tmp_path / "clausewatch.db")) as new_db:
        fill(new_db, Archive(tmp_path / "archive"))
        yield new_db


def the_profile(db, language="en"):
    version = versions.find_latest(db, "cn_practice")
    days = milestones.of_instrument(db, "cn_practice")
    rows = versions.of_instrument(db, "cn_practice")
    instrument = instruments.get(db, "cn_practice")
    return profile_of(db, instrument, version, days, Status.IN_FORCE, rows, TODAY, words(language))


def an_instrument(db, name, place, topics):
    """Store another law with these topics."""
    instruments.add_if_new(db, Instrument(name, place, f"Law {name}", source_id="cn_test"))
    like = versions.find_latest(db, "cn_practice")
    reading = replace(law(30), topics=topics)
    versions.add(db, Version(f"{name}@1", name, "cn_test", like.page_id, like.snapshot_id, "zh", NOW, like.standing,
                             True, name, reading))  # fmt: skip


def test_it_says_what_changed_lately_in_the_readers_language(db):
    assert [item.kind for item in the_profile(db).lately] == ["date moved", "new version"]
    assert not any(item.kind.isascii() for item in the_profile(db, "zh").lately)
    assert "期限" in " ".join(gist.sentence for item in the_profile(db, "zh").lately for gist in item.gists)


def test_its_first_sentences_are_its_description(db):
    profile = the_profile(db)
    assert profile.description.startswith("Practice ")
    assert profile.description.count(". ") >= 1


def test_related_instruments_are_those_elsewhere_that_share_most_topics(db):
    topics = ("biometrics", "children", "copyright")
    an_instrument(db, "eu_three", "eu", topics)
    an_instrument(db, "eu_one", "eu", ("children",))
    an_instrument(db, "in_none", "in", ("cybersecurity",))
    an_instrument(db, "us_two", "us", ("children", "copyright"))
    an_instrument(db, "cn_here", "cn", topics)

    neighbours = instruments.related_elsewhere(db, topics, "cn")

    assert [(row.jurisdiction, row.id) for row in neighbours] == [
        ("eu", "eu_three"),
        ("eu", "eu_one"),
        ("us", "us_two"),
    ]
    assert sorted(neighbours[0].topics) == sorted(topics)
    assert [row.id for row in instruments.related_elsewhere(db, topics, "cn", most=1)] == ["eu_three", "us_two"]
    assert instruments.related_elsewhere(db, (), "cn") == []


def test_search_engines_read_a_legislation_whose_words_end_no_element(db):
    instrument = instruments.get(db, "cn_practice")
    days = [Milestone(MilestoneKind.IN_FORCE, date(2026, 5, 1), "施行")]
    text = legislation_json(instrument, law(30), days, Status.IN_FORCE, "https://watch.example/instruments/cn_practice")
    assert "<" not in text
    assert ">" not in text
    facts = json.loads(text)
    assert facts["@type"] == "Legislation"
    assert facts["name"] == harmless(f"Practice {HOSTILE}")
    assert facts["legislationDateOfApplicability"] == "2026-05-01"
    assert facts["legislationLegalForce"] == "InForce"
    assert "legislationIdentifier" not in facts
