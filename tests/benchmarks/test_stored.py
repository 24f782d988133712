"""A slice of the benchmark of stored bytes: the limits hold, whole database pages counted."""

from benchmarks.stored import FIRST, LATER, measure
from benchmarks.watching.pages import changed_article, page


def test_a_first_version_and_later_ones_cost_no_more_than_allowed(tmp_path):
    first, second, third = measure(tmp_path, 40, 3)

    assert 1000 < first.text <= FIRST
    assert 200 < (second.text + third.text) / 2 <= LATER


def test_the_pages_are_as_large_as_the_limit_says_and_change_one_article():
    for number in (1, 2):
        before, after = (page(number, edition).decode().replace("<h3>", "<p>").split("<p>") for edition in (1, 2))
        differ = [place for place, (a, b) in enumerate(zip(before, after, strict=True)) if a != b]

        assert 26_000 < len(page(number)) < 34_000
        assert len(differ) == 1
        assert str(changed_article(number, 2)) in "".join(after[max(differ[0] - 1, 0) : differ[0] + 1])
