"""Whoever compares any two texts waits for a turn, and nobody can make the site busy with it."""

import asyncio

import pytest
from fastapi import HTTPException

from storage.records import ReviewState, Version
from tests.tracker.web.conftest import NOW, contrast, law
from tracker.view_models.comparison_cache import ComparisonCache


def version(days):
    name = f"cn_practice@{days}"
    return Version(name, "cn_practice", "cn_test", 1, 1, "zh", NOW, ReviewState.CONFIRMED, False, str(days), law(days))


def test_what_was_compared_is_kept_and_is_what_comparing_says():
    async def twice():
        cache = ComparisonCache()
        return await cache.of(version(30), version(10)), await cache.of(version(30), version(10))

    first, again = asyncio.run(twice())

    assert first == contrast(law(30), law(10))
    assert again is first


def test_of_many_who_ask_at_once_those_who_would_wait_long_are_sent_away():
    async def all_at_once():
        cache = ComparisonCache()
        return await asyncio.gather(*(cache.of(version(30), version(n)) for n in range(1, 9)), return_exceptions=True)

    answers = asyncio.run(all_at_once())

    refusals = [answer for answer in answers if isinstance(answer, HTTPException)]
    assert {refusal.status_code for refusal in refusals} == {503}
    assert 0 < len(refusals) < len(answers)


def test_a_text_that_was_read_again_is_compared_again():
    async def read_better():
        cache, old = ComparisonCache(), version(30)
        again = Version(old.id, *(getattr(old, name) for name in old.__slots__[1:-2]), "better", law(20))
        return await cache.of(old, version(10)), await cache.of(again, version(10))

    first, second = asyncio.run(read_better())

    assert first != second


@pytest.mark.parametrize("many", [12])
def test_only_the_last_few_are_kept(many):
    async def one_after_another():
        cache = ComparisonCache()
        comparisons = [await cache.of(version(30), version(n)) for n in range(1, many)]
        return comparisons[0] is await cache.of(version(30), version(1)), comparisons[-1] is await cache.of(
            version(30), version(many - 1)
        )

    assert asyncio.run(one_after_another()) == (False, True)
