"""Every sentence is made of claims, and every claim is held against both texts."""

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from storage.records import ChangeKind, ClaimKind, Milestone, MilestoneKind, Note, Weight
from tests.tracker.compare.laws import a_list, a_reading, an_article, sentence, zh_article, zh_sentence
from tracker.compare import compare
from tracker.weigh import weigh
from tracker.weigh.sentences import RANK
from tracker.weigh.sentences import sentence as in_words

C = ClaimKind


def weigh_laws(*laws):
    return weigh(compare(*laws), *laws)


def change_of(old, new, language="en"):
    """Return what is told when the second article says *new* instead of *old*."""
    if language == "zh":
        others = [zh_article(n, zh_sentence(n)) for n in (1, 3)]
        laws = [a_reading(others[0], zh_article(2, text), others[1], language="zh") for text in (old, new)]
    else:
        others = [an_article(n, sentence(n)) for n in (1, 3)]
        laws = [a_reading(others[0], an_article(2, text), others[1], language=language) for text in (old, new)]
    return weigh_laws(*laws)


CASES = tomllib.loads((Path(__file__).parent / "claims.toml").read_text(encoding="utf-8"))["edit"]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in CASES])
def test_an_edit_is_told_as_what_it_is(case):
    comparison = change_of(case["old"], case["new"], case["language"])

    assert "; ".join(change.explanation for change in comparison.changes) == case["said"]
    assert comparison.changes[0].weight.value == case["weight"]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in CASES])
def test_an_edit_taken_back_claims_nothing_that_was_claimed_before(case):
    there = change_of(case["old"], case["new"], case["language"]).changes[0].claims
    back = change_of(case["new"], case["old"], case["language"]).changes[0].claims

    neutral = {C.REWORDED, C.RECAST, C.REFERENCE_RETARGETED, C.ACTOR_CHANGED}
    one_way = {claim for claim in there if claim.old != claim.new or claim.old_text != claim.new_text}
    assert not {claim for claim in one_way & set(back) if claim.claim not in neutral}


def test_a_value_is_not_told_as_removed_while_another_paragraph_of_the_unit_states_it():
    stays = "Requests must be answered no later than 30 days after filing."
    old = a_reading(an_article(1, ["The owner shall report within 30 days.", stays]), an_article(2, sentence(2)))
    new = a_reading(an_article(1, ["The owner shall report.", stays]), an_article(2, sentence(2)))

    [change] = weigh_laws(old, new).changes
    assert C.DEADLINE_DROPPED not in [claim.claim for claim in change.claims]
    assert "removed" not in change.explanation


def test_a_claim_carries_its_subject_values_words_and_place():
    [change] = change_of("It pays within 30 days of arrival.", "It pays within 10 days of arrival.").changes
    [claim] = change.claims

    assert (claim.claim, claim.old, claim.new) == (C.DEADLINE_SHORTENED, "P30D", "P10D")
    assert (claim.old_text, claim.new_text, claim.eid) == ("30 days", "10 days", "art_2")
    assert "of arrival" in claim.subject


def test_a_new_permission_weighs_less_than_a_new_duty():
    permission = weigh_laws(
        a_reading(an_article(1, sentence(1))), a_reading(an_article(1, sentence(1)), an_article(2, "It may go."))
    )
    duty = weigh_laws(
        a_reading(an_article(1, sentence(1))), a_reading(an_article(1, sentence(1)), an_article(2, "It shall go."))
    )

    assert [change.weight for change in permission.changes] == [Weight.MEDIUM]
    assert [change.weight for change in duty.changes] == [Weight.HIGH]


def test_a_new_article_is_one_change_with_its_whole_text_and_its_duties():
    points = [("a", "report a loss;"), ("b", "pay the due.")]
    old = a_reading(an_article(1, sentence(1)), an_article(2, sentence(2)))
    new = a_reading(an_article(1, sentence(1)), an_article(2, sentence(2)), a_list(3, "The owner shall:", points))

    [change] = weigh_laws(old, new).changes
    assert (change.kind, change.old_unit, change.new_unit, change.new_eid) == (ChangeKind.ADDED, None, "art_3", "art_3")
    assert change.new_text == "The owner shall:\nreport a loss;\npay the due."
    assert [claim.claim for claim in change.claims] == [C.DUTY_ADDED]


def test_words_that_left_one_article_for_another_are_told_as_moved():
    travels = "Nobody lends a buoy to a school that has no quay of its own."
    old = a_reading(an_article(1, f"{sentence(1)} {travels}"), an_article(2, sentence(2)), an_article(3, sentence(3)))
    new = a_reading(an_article(1, sentence(1)), an_article(2, sentence(2)), an_article(3, f"{sentence(3)} {travels}"))

    explanations = [change.explanation for change in weigh_laws(old, new).changes]
    assert explanations == ["Words that stood in Article 1 now stand in Article 3"] * 2


def test_every_claim_has_a_rank_and_a_sentence():
    assert set(RANK) == set(C)
    for kind in C:
        assert in_words(replace(a_claim(), claim=kind))


def a_claim():
    [change] = change_of("It pays within 30 days of arrival.", "It pays within 10 days of arrival.").changes
    return change.claims[0]


def applies(on, basis, eid="art_2"):
    return Milestone(MilestoneKind.APPLIES, on, basis, eid)


WHOLE = "It shall apply from 2 August 2026."
PART = "Chapter III shall apply from 2 December 2027 as regards systems of Annex III."
CHAPTER = "Chapter I shall apply from 2 February 2025."


def law_with_dates(*milestones):
    text = " ".join(milestone.basis for milestone in milestones)
    return replace(a_reading(an_article(1, sentence(1)), an_article(2, text)), dates=milestones)


@pytest.mark.parametrize(
    ("old", "new", "rows"),
    [
        (
            [(date(2026, 8, 2), WHOLE)],
            [(date(2026, 8, 2), WHOLE), (date(2027, 12, 2), PART)],
            [("systems of Annex III", date(2026, 8, 2), date(2027, 12, 2), "postponed")],
        ),
        (
            [(date(2026, 8, 2), WHOLE), (date(2027, 12, 2), PART)],
            [(date(2026, 8, 2), WHOLE), (date(2027, 1, 2), PART.replace("December", "January"))],
            [("systems of Annex III", date(2027, 12, 2), date(2027, 1, 2), "brought_forward")],
        ),
        (
            [(date(2026, 8, 2), WHOLE), (date(2025, 2, 2), CHAPTER)],
            [(date(2026, 8, 2), WHOLE)],
            [("Chapter I", date(2025, 2, 2), None, "dropped")],
        ),
        ([(date(2026, 8, 2), WHOLE)], [(date(2026, 8, 2), WHOLE)], []),
    ],
)
def test_dates_are_compared_scope_by_scope(old, new, rows):
    comparison = weigh_laws(*(law_with_dates(*(applies(on, basis) for on, basis in side)) for side in (old, new)))

    assert [(d.scope, d.old, d.new, d.move) for d in comparison.dates] == rows


def test_a_set_begins_with_what_matters_most_and_says_when_it_counts():
    comparison = change_of("The owner may lend the buoy.", "The owner shall not lend the buoy.")

    assert comparison.summary_text == (
        "Permission became prohibition (“may” to “shall not”) (Article 2). Takes effect: not stated."
    )


def test_the_day_a_new_version_counts_from_is_told_when_it_states_one():
    old = replace(a_reading(an_article(1, "It pays 5 % at once.")), dates=())
    force = Milestone(MilestoneKind.IN_FORCE, date(2027, 3, 1), "enters into force on 1 March 2027")
    new = replace(a_reading(an_article(1, "It pays 9 % at once.")), dates=(force,))

    comparison = weigh_laws(old, new)
    assert comparison.effect.on == date(2027, 3, 1)
    assert comparison.summary_text.endswith("Takes effect: 1 March 2027.")


@pytest.mark.parametrize(
    ("jurisdiction", "language", "note", "title", "number", "on"),
    [
        ("cn", "zh", "根据2026年3月2日《关于修改〈灯语规定〉的决定》修正", "关于修改〈灯语规定〉的决定", "",
         date(2026, 3, 2)),
        ("eu", "en", "►M1 Regulation (EU) 2026/777 of the Council of 2 March 2026", "Regulation (EU) 2026/777 of the "
         "Council of 2 March 2026", "2026/777", date(2026, 3, 2)),
        ("us", "en", "[71 FR 9262, Feb. 23, 2006]", "71 FR 9262, Feb. 23, 2006", "71 FR 9262, Feb. 23, 2006",
         date(2006, 2, 23)),
        ("in", "en", "Subs. by Act 12 of 2024.", "Act 12 of 2024", "", None),
    ],
)  # fmt: skip
def test_the_amending_act_is_named_when_only_the_new_version_names_it(jurisdiction, language, note, title, number, on):
    old = replace(a_reading(an_article(1, "It pays."), language=language), jurisdiction=jurisdiction)
    new = replace(old, notes=(Note("history", note),))

    act = weigh_laws(old, new).amended_by
    assert (act.title, act.number, act.on) == (title, number, on)
    assert weigh_laws(new, new).amended_by is None
