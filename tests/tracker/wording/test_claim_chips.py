"""Chips tell a claim in two or three words, never a tag's name, and values only where every language can say them."""

import pytest

from storage.records import Change, ChangeKind, Claim, ClaimKind, Weight
from tracker.wording.claim_chips import chips_of
from tracker.wording.durations import duration_in_words, value_in_words
from tracker.wording.labels import ENGLISH, languages, words


def texts(*claims, weight=Weight.HIGH, language="en"):
    return [chip.text for chip in chips_of(Change(ChangeKind.MODIFIED, weight, claims=claims), words(language))]


@pytest.mark.parametrize("language", sorted(languages()))
def test_every_claim_has_a_chip(language):
    assert {f"chip.{kind.value}" for kind in ClaimKind} <= words(language).labels.keys()


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        (Claim(ClaimKind.DEADLINE_SET, new="PT24H"), "new time limit: 24 hours"),
        (Claim(ClaimKind.PENALTY_RAISED, old="USD 5000", new="USD 7500"), "higher penalty: USD 5,000 → USD 7,500"),
        (Claim(ClaimKind.DUTY_STRENGTHENED, old="permission", new="obligation"), "stricter duty"),
        (Claim(ClaimKind.DEFINITION_ADDED, subject="synthetic media"), "new definition: synthetic media"),
        (Claim(ClaimKind.DEADLINE_DROPPED, old="P1D"), "time limit gone: 1 day"),
        (Claim(ClaimKind.AGE_CHANGED, old="14", new="16"), "other age: 14 → 16"),
        (Claim(ClaimKind.ACTOR_CHANGED, old_text="提供者", new_text="使用者"), "concerns others"),
    ],
)
def test_a_claim_is_told_in_words(claim, text):
    assert texts(claim) == [text]


def test_mere_wording_is_a_chip_only_where_there_is_nothing_else():
    wording_claim, deadline = Claim(ClaimKind.REWORDED), Claim(ClaimKind.DEADLINE_SET, new="P3D")
    assert texts(wording_claim, deadline) == ["new time limit: 3 days"]
    assert texts(wording_claim) == ["reworded"]
    assert texts() == []


def test_values_are_said_in_the_readers_language():
    assert duration_in_words("P20WD", words("zh")) == "20个工作日"
    assert value_in_words("CNY 100000") == "CNY 100,000"
    assert value_in_words("2026-05-01") == "2026-05-01"
    assert duration_in_words("P1.5Y", ENGLISH) == "1.5 years"
