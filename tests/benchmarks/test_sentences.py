"""A slice of the planted edits: nothing false is told of them, and what is true is told."""

import pytest

from benchmarks.sentences.judging import judge
from benchmarks.sentences.plans import FAMILIES, case

VERDICTS = [judge(case(7, number)) for number in range(5 * len(FAMILIES))]


@pytest.mark.parametrize("family", FAMILIES)
def test_no_planted_edit_is_told_falsely(family):
    false_claims = [false for verdict in VERDICTS if verdict.case.family == family for false in verdict.false]
    assert false_claims == []


def test_nearly_every_true_claim_is_told():
    found_count, true = sum(v.found_count for v in VERDICTS), sum(v.true for v in VERDICTS)
    assert found_count >= 0.98 * true
    assert true > 80


def test_a_false_claim_would_be_seen():
    right = next(verdict for verdict in VERDICTS if verdict.case.family == "deadline")
    wrong = judge(type(right.case)(**{**right.case.__dict__, "truths": ()}))
    assert wrong.false
