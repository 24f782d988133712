"""Fixed intervals: each page at its own, from a drawn first look on, whatever its host bears."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random

from benchmarks.simulated.world import START, DrawnWorld

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


def weighted_delay(
    world: DrawnWorld, share: Callable[[float, float], float], looks_a_day: float
) -> list[tuple[float, float]]:
    """Return hours of delay and weight of each change, when *share* of weight and rate divides *looks_a_day*."""
    weights = [world.sources[page.source_id].importance for page in world.pages]
    shares = [share(weight, rate) for weight, rate in zip(weights, world.rates, strict=True)]
    whole, random, delays = sum(shares), Random(world.seed), []
    first = START + world.learning_days * _DAY
    for weight, part, changes in zip(weights, shares, world.changes, strict=True):
        every = _DAY * (whole / (part * looks_a_day))
        phase = every * random.random()
        for at in changes:
            if at >= first:
                delays.append(((every - (at - START + phase) % every) / _HOUR, weight))
    return delays
