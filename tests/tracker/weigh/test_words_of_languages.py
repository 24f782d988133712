"""What a new tag, claim or word class needs elsewhere: nothing of it may be forgotten."""

import tomllib
from importlib.resources import files

import pytest

from storage.records import ClaimKind, TagName
from storage.records.change import TOLD_FIRST
from tracker.weigh.sentences import RANK
from tracker.weigh.weights import BY_TAG
from tracker.weigh.words import SECTIONS, vocabulary

FOLDER = files("tracker.weigh.words")
WORDS = {
    path.name.removesuffix(".toml"): tomllib.loads(path.read_text("utf-8"))
    for path in FOLDER.iterdir()
    if path.name.endswith(".toml")
}
LANGUAGES = sorted(WORDS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_names_every_word_class_and_says_so_when_it_has_no_word_of_it(language):
    assert set(SECTIONS) - WORDS[language].keys() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_gives_one_meaning_to_a_word_of_a_class(language):
    for section in SECTIONS:
        words = [word.lower() for word_list in WORDS[language][section].values() for word in word_list]

        assert sorted(words) == sorted(set(words)), section


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_found_where_it_stands_alone(language):
    words = vocabulary(language)

    for section in ("modality", "connective", "actor"):
        for meaning, word_list in WORDS[language][section].items():
            alone = [word for word in word_list if "…" not in word and meaning != "ignored"]
            assert [word for word in alone if not getattr(words, section).find(word)] == [], section


def test_every_tag_has_a_weight_and_a_place_in_the_telling():
    assert set(BY_TAG) == set(TagName)
    assert set(TOLD_FIRST) == set(TagName)
    assert len(TOLD_FIRST) == len(TagName)


def test_every_claim_has_one_place_among_the_others():
    assert set(RANK) == set(ClaimKind)
    assert len(RANK) == len(ClaimKind)
