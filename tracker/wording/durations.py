"""Durations and amounts as readers say them: ``P10D`` is "10 days", ``CNY 50000`` is "CNY 50,000"."""

from __future__ import annotations

import re

from tracker.wording.labels import ENGLISH, Labels

_DURATION = re.compile(r"P(T?)([\d.]+)([A-Z]+)")


def duration_in_words(normal: str, words: Labels = ENGLISH) -> str:
    """Return a normal duration in words; what is none, as it stands.

    >>> duration_in_words("P15WD"), duration_in_words("PT1H"), duration_in_words("P9X")
    ('15 working days', '1 hour', 'P9X')
    """
    match = _DURATION.fullmatch(normal)
    label = f"unit.{match[1]}{match[3]}" if match else ""
    if match is None or label not in words.labels:
        return normal
    number = int(match[2]) if match[2].isdigit() else match[2]
    return words(label, n=number)


def value_in_words(normal: str, words: Labels = ENGLISH) -> str:
    """Return a normal value in words: a duration, an amount with its currency, a number with its thousands apart."""
    currency, _, amount = normal.partition(" ")
    if currency.isalpha() and amount.replace(".", "", 1).isdigit():
        return f"{currency} {float(amount):,.15g}"
    return f"{int(normal):,}" if normal.isdigit() else duration_in_words(normal, words)
