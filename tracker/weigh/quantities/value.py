"""One value: its sort, its normal form and the words it came from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

_EXACT = re.compile(r"P([\d.]+)([YW])")
_SMALLER = {"Y": (12, "M"), "W": (7, "D")}  # always as long; a month is no number of days, a day no 24 hours


class Sort(StrEnum):
    """Which kind of thing a value is; only values of one sort are ever called raised or lowered."""

    MONEY = "money"
    SHARE = "share"
    TIMES = "times"
    POWER = "power"
    COUNT = "count"
    DURATION = "duration"
    DATE = "date"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Value:
    """One value: its sort, its normal form, the words it came from, and a size to compare by (None: no order).

    ``noun`` is what a count counts, ``unit`` the currency or unit of time.
    """

    sort: Sort
    normal: str
    text: str
    size: float | None
    start: int
    end: int
    unit: str = ""
    noun: str = ""

    @property
    def measure(self) -> str:
        """Return what is the same for what is as much: 1 year and 12 months, 2 weeks and 14 days, 10 % and a tenth."""
        if self.sort is Sort.SHARE:
            return f"{self.size:.6g} %"
        hit = _EXACT.fullmatch(self.normal) if self.sort is Sort.DURATION else None
        if hit is None:
            return self.normal
        many, smaller = _SMALLER[hit[2]]
        return f"P{float(hit[1]) * many:g}{smaller}"
