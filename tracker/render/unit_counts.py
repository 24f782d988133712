"""How many provisions of a change set were added, removed, modified …: each once, counted here for all we show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_ORDER = ("modified", "added", "removed", "split", "merged", "moved", "reference", "renumbered", "unchanged")


def unit_counts(summary: Mapping[str, Any]) -> dict[str, int]:
    """Return how many units had what happen to them, without those that are none.

    In a summary ``modified`` holds those in which only a reference followed its target, too; here they stand apart.
    """
    numbers = {name: _number(summary.get(name)) for name in _ORDER}
    numbers["modified"] -= numbers["reference"]
    return {name: number for name, number in numbers.items() if number}


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
