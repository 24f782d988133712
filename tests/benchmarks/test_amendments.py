"""The labelled amendment instructions: what they do is read right, and nothing is wrongly applied."""

import pytest

from benchmarks.amendments.judge import judge
from benchmarks.amendments.labels import LabelledInstruction, labelled_instructions

LABELS = list(labelled_instructions())


def test_the_labels_cover_four_traditions_and_many_languages() -> None:
    bases = {label.base for label in LABELS}

    assert {base.split("_")[0] for base in bases} == {"eu", "cn", "us", "in"}
    assert len(bases) >= 13
    assert len(LABELS) >= 300
    assert sum(label.reason is not None for label in LABELS) >= 40


@pytest.mark.parametrize("base", sorted({label.base for label in LABELS}))
def test_instructions_are_read_right_and_none_is_wrongly_applied(base: str) -> None:
    findings = [judge(label) for label in LABELS if label.base == base]

    assert [finding.describe() for finding in findings if finding.is_wrong] == []
    assert sum(finding.is_right for finding in findings) >= 0.95 * len(findings)
    assert sum(finding.is_text_right for finding in findings) >= 0.9 * len(findings)


def test_a_wrong_application_is_told_apart_from_an_open_one() -> None:
    label = next(label for label in LABELS if label.texts and label.base == "eu_en")
    eid, words = label.texts[0]
    other = LabelledInstruction(label.base, 0, label.text, label.operations, ((eid, f"not {words}"),))

    assert judge(other).is_wrong
    assert not judge(label).is_wrong
