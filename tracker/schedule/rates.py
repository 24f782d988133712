"""How often a page changes: a belief about its rate, sharpened by every look at it.

The belief is a posterior over 24 rates evenly spaced on a log scale. It starts from what is usual for pages of the
kind; a look that found a change after t days weighs each rate r by 1 - exp(-rt), one that found none by exp(-rt) (Cho
and Garcia-Molina, "Estimating frequency of change", 2003). Intervals are taken as their mean, so that counts suffice.
"""

from __future__ import annotations

import math
from datetime import timedelta
from enum import StrEnum

from storage.records import CheckHistory, Page, Source, SourceKind

MEMORY = timedelta(days=365)
"""How far back looks are counted: what an authority did two years ago says little."""


class PageKind(StrEnum):
    """What decides how often a page is expected to change before anything is known of it."""

    NEWS = "news"
    LIST = "list"
    GUIDANCE = "guidance"
    LAW = "law"
    FOUND = "found"


_USUAL = {  # changes a day; half of all persistent pages do not change in a year (Ntoulas et al., 2004)
    PageKind.NEWS: 1.0,
    PageKind.LIST: 1 / 4,
    PageKind.GUIDANCE: 1 / 120,
    PageKind.LAW: 1 / 300,
    PageKind.FOUND: 1 / 500,
}
_SPREAD = 0.9
"""Decades by which the rates of pages of one kind are spread around the usual one."""
_LOWEST, _HIGHEST, _POINTS = 1 / 2000, 8.0, 24
_RATES = [_LOWEST * (_HIGHEST / _LOWEST) ** (n / (_POINTS - 1)) for n in range(_POINTS)]
_ROOTS = [math.sqrt(rate) for rate in _RATES]
_PRIOR = {kind: [-((math.log10(rate / usual) / _SPREAD) ** 2) / 2 for rate in _RATES] for kind, usual in _USUAL.items()}


def kind_of(page: Page, source: Source) -> PageKind:
    """Return the kind of *page* that its change rate is guessed from."""
    if page.listing:
        return PageKind.NEWS if source.kind is SourceKind.NEWS else PageKind.LIST
    if page.url not in source.urls:
        return PageKind.FOUND
    return PageKind.LAW if source.kind is SourceKind.LAW else PageKind.GUIDANCE


def root_rate(kind: PageKind, rhythm: CheckHistory | None) -> float:
    """Return the expected square root of the change rate (in changes a day) of a page of *kind*.

    The root, since the best number of looks grows with it; the square of its mean is a cautious rate.
    """
    weights = _PRIOR[kind]
    history = _looks_of(rhythm)
    if history is not None:
        gap, same_looks, change_count = history
        weights = [
            prior
            - rate * gap * same_looks
            + (change_count * math.log(-math.expm1(-rate * gap)) if change_count else 0.0)
            for prior, rate in zip(weights, _RATES, strict=True)
        ]
    most = max(weights)
    likely = [math.exp(weight - most) for weight in weights]
    return sum(p * root for p, root in zip(likely, _ROOTS, strict=True)) / sum(likely)


def _looks_of(rhythm: CheckHistory | None) -> tuple[float, int, int] | None:
    """Return the mean days between two looks, and how many of them brought nothing and something."""
    if rhythm is None or rhythm.looks < 2 or rhythm.first_at is None or rhythm.last_good_at is None:
        return None
    days = (rhythm.last_good_at - rhythm.first_at) / timedelta(days=1)
    looks = rhythm.looks - 1
    change_count = min(rhythm.changes, looks)
    return (days / looks, looks - change_count, change_count) if days > 0 else None
