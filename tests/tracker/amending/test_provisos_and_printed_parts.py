"""Provisos, Explanations, subparts and definitions of rules; numbers that name places beside each other."""

from __future__ import annotations

import pytest

from benchmarks.amendments.judge import Finding, judge
from benchmarks.amendments.labels import LabelledInstruction
from tracker.amending.instructions.europe_grammar import grammar_of


def judge_text(base: str, text: str, *texts: tuple[str, str], why: str | None = None) -> Finding:
    return judge(LabelledInstruction(base, 1, text, (), texts, why))


_IN = "2. In the said rules, in rule {}, {}"


@pytest.mark.parametrize(
    ("text", "eid", "words"),
    [
        (
            _IN.format(5, "the following proviso shall be inserted, namely:—\n“Provided that ice is free.”."),
            "rule_5__prov_1",
            "Provided that ice is free.",
        ),
        (
            _IN.format(
                3,
                "in sub-rule (1), after the proviso, the following proviso shall be inserted, namely:—"
                "\n“Provided further that ice is free.”.",
            ),
            "rule_3__subsec_1__prov_2",
            "Provided further that ice is free.",
        ),
        (
            _IN.format(5, "the following Explanation shall be inserted, namely:—\n“Explanation.—Ice is no ship.”."),
            "rule_5__expl_1",
            "Ice is no ship.",
        ),
    ],
    ids=["first proviso", "further proviso", "explanation"],
)
def test_a_proviso_or_explanation_stands_behind_what_it_qualifies(text: str, eid: str, words: str) -> None:
    assert judge_text("in_rules.piers", text, (eid, words)).texts[eid] == words


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (_IN.format(7, "the following proviso shall be inserted, namely:—\n“Provided that x.”."), "qualifies"),
        (
            _IN.format(3, "in sub-rule (1), the following proviso shall be inserted, namely:—\n“Provided that x.”."),
            "a proviso there already",
        ),
    ],
)
def test_a_proviso_whose_place_is_not_said_is_left_open(text: str, why: str) -> None:
    assert judge_text("in_rules.piers", text, why=why).is_right


def test_a_subpart_is_put_in_with_its_sections() -> None:
    text = "2. Add subpart C, consisting of § 9302.20, to read as follows:\nSubpart C—Ice\n§ 9302.20 Ice.\nIce is free."

    assert judge_text("us_cfr", text, ("sec_9302.20", "Ice. Ice is free.")).texts["sec_9302.20"] == "Ice. Ice is free."


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2. Add subpart C to read as follows:\nSubpart D—Ice\n§ 9302.20 Ice.\nIce is free.", "not printed"),
        ("2. Add subpart B to read as follows:\nSubpart B—Ice\n§ 9302.20 Ice.\nIce is free.", "already"),
        (
            '2. Amend § 9302.2 by revising the definition of "Ax" to read as follows:\n§ 9302.2 D.\nIce.',
            "not printed",
        ),
        ('2. Amend § 9302.2 by removing the definition of "Mast".', "not defined"),
        ("2. Remove subpart Z.", "there is no"),
    ],
)
def test_a_part_that_is_not_there_or_not_printed_is_left_open(text: str, why: str) -> None:
    finding = judge_text("us_cfr", text, why=why)

    assert finding.is_right, [operation.why for operation in finding.operations]


def test_a_definition_goes_where_the_alphabet_says() -> None:
    text = (
        '2. Amend § 9302.2 by adding in alphabetical order a definition for "Ice" to read as follows:'
        "\n§ 9302.2 Definitions.\n*\nIce means frozen water.\n*"
    )

    assert (
        judge_text("us_cfr", text, ("sec_9302.2__para_2", "")).texts["sec_9302.2__para_2"] == "Ice means frozen water."
    )


@pytest.mark.parametrize(
    ("numbers", "right_places"),
    [
        ("Articles 3(1) and 5(2)", ["unit3 paragraph1", "unit5 paragraph2"]),
        ("Articles 3 and 5", ["unit3,5"]),
        ("Article 11(1)(d) and (e)", ["unit11 paragraph1 pointd,e"]),
        ("Article 3(1) and (2)", ["unit3 paragraph1,2"]),
        ("Articles 3 to 5", ["unit3"]),
    ],
)
def test_numbers_with_inner_ones_of_their_own_name_several_places(numbers: str, right_places: list[str]) -> None:
    targets = grammar_of("en").sentence(f"in {numbers}, ⟦0⟧ is deleted").targets

    places = [" ".join(f"{s.level.value}{','.join(first for first, _ in s.numbers)}" for s in one) for one in targets]
    assert places == right_places
