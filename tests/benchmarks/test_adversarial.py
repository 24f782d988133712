"""A slice of the hostile inputs: each is read or refused, and twice the size takes about twice as long."""

import pytest

from benchmarks.adversarial.__main__ import measure_row, warm_up
from benchmarks.adversarial.inputs import hostile_inputs

SIZE = 8_000
SLICE = (
    "page: quotations after a colon",
    "page: titles in marks",
    "page: images",
    "text: one word",
    "text: quotations on lines",
    "text: one space",
    "nested: tables",
    "xml: side notes of a law",
    "json: markup in a text",
    "long page: paragraphs of a Chinese article",
)
CASES = [case for case in hostile_inputs() if case.name in SLICE and case.jurisdiction in {"", "eu"}]


@pytest.fixture(scope="module", autouse=True)
def _warm():
    warm_up()


def test_there_are_at_least_four_hundred_hostile_inputs():
    assert len(list(hostile_inputs())) >= 400


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.name} {case.jurisdiction}".strip())
def test_reading_is_linear_in_its_input(case):
    row = measure_row(case, SIZE)

    assert row.is_linear, (row.once, row.twice)
