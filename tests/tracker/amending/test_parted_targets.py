"""What one sentence names is one place from the outside in, or several that bear the same."""

from __future__ import annotations

import pytest

from tracker.amending.instructions.europe_grammar import grammar_of


def places(sentence: str, language: str = "en") -> list[str]:
    targets = grammar_of(language).sentence(sentence).targets
    return ["/".join(f"{step.level.value}{''.join(a for a, _ in step.numbers)}" for step in one) for one in targets]


@pytest.mark.parametrize(
    ("sentence", "right_places"),
    [
        ("in Title III, Chapter 3 is deleted", ["containerIII/container3"]),
        ("in Article 3(1) and Article 5(2), ⟦0⟧ is deleted", ["unit3/paragraph1", "unit5/paragraph2"]),
        ("in Article 3(1) and (2), ⟦0⟧ is deleted", ["unit3/paragraph12"]),
        ("in Article 4, paragraph 1 and paragraph 3 are deleted", ["unit4/paragraph1", "unit4/paragraph3"]),
        ("point (a) of Annex I and point (b) of Annex V is deleted", ["annexI/point(a)", "annexV/point(b)"]),
        ("in Article 4, first subparagraph, point (a) is deleted", ["unit4/subparagraph/point(a)"]),
        ("in Annex I, Section 2, point 3 is deleted", ["annexI/container2/point3"]),
        ("in Article 3(1) and Annex II, ⟦0⟧ is deleted", ["unit3/paragraph1", "annexII"]),
    ],
)  # fmt: skip
def test_a_level_named_anew_begins_another_place(sentence: str, right_places: list[str]) -> None:
    assert places(sentence) == right_places


def test_what_becomes_what_is_one_sentence_with_both_numbers() -> None:
    assert places("in Article 3, paragraph 3 becomes paragraph 4") == ["unit3/paragraph3/paragraph4"]


def test_a_sentence_of_the_us_parts_its_sections() -> None:
    assert len(places("section 3(a) and section 5(b) are amended by striking ⟦0⟧", "us")) == 2
